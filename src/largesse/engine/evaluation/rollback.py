"""Cancelling: what a session's closing did is taken back, effect by effect and change by change.

A cancelled open session has nothing to give back: nothing of it was used up. Source: semantics, section 17.
"""

from collections.abc import Iterable

from msgspec import structs

from largesse.engine.changes import RecordEvent, SaveSession, inverses
from largesse.engine.effects.record import EffectRecord
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.facts import Moment, StoredSession
from largesse.engine.profiles import Profile, UpdateProfile
from largesse.engine.sessions import Session, SessionEvent


def cancel(
    session: Session, profile: Profile | None, before: StoredSession, moment: Moment, event: SessionEvent
) -> Outcome:
    """Cancel a session: `session` is it after the update, `before` as it is stored."""
    given_back = inverses(before.consumed)
    effects = tuple(_rollbacks(before.effects)) if event == "talon_session_revoked" else ()
    activity = (UpdateProfile(session.profile_id, active_at=moment.now),) if session.profile_id else ()
    changes = (
        SaveSession(session, before.session.update_count, ()),
        RecordEvent(event, effects),
        *activity,
        *given_back,
    )
    return Outcome(session, _after(profile, given_back), effects, () if moment.dry else changes)


def _rollbacks(effects: Iterable[EffectRecord]) -> Iterable[EffectRecord]:
    for record in effects:
        undone = record.props.undone()
        if undone is not None:
            effect_type, props = undone
            yield structs.replace(record, effect_type=effect_type, props=props)


def _after(profile: Profile | None, given_back: Iterable[object]) -> Profile | None:
    for change in given_back:
        if profile is not None and isinstance(change, UpdateProfile):
            profile = structs.replace(
                profile,
                closed_sessions=profile.closed_sessions + change.closed_sessions,
                total_sales=profile.total_sales + change.total_sales,
            )
    return profile
