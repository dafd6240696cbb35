"""From what was decided to what must be stored.

Until a session is closed nothing of it is used up: budgets, coupons and the profile's counters move on closing only.
What moved is kept so that it can be given back: with each effect what that effect used, with the session the rest.
Attributes that rules set are stored at once. Source: semantics, section 10, "When an effect becomes durable".
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import structs

from largesse.engine import attributes
from largesse.engine.attributes import JSON, RelyOnAttributes
from largesse.engine.budgets import CountBudget
from largesse.engine.changes import Change, Consumption, RecordEvent, SaveSession, consumed_by, moved, together
from largesse.engine.codes.coupons import ReserveCoupon, SetCouponAttributes, UseCoupon
from largesse.engine.codes.creations import CreateCoupon, CreateReferral
from largesse.engine.codes.referrals import SetReferralAttributes, UseReferral
from largesse.engine.customers.audiences import ChangeMembership
from largesse.engine.customers.profiles import Profile, SetProfileAttributes, UpdateProfile
from largesse.engine.effects.loyalty.storing import points_changes
from largesse.engine.effects.record import EffectRecord, told
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.stage import Stage
from largesse.engine.evaluation.tree import Walk
from largesse.engine.loyalty.in_place import budgets_used
from largesse.engine.money import ZERO
from largesse.engine.shopping.cart import CartItem
from largesse.engine.shopping.events import TrackEvent
from largesse.engine.shopping.sessions import Session


def conclude(walk: Walk) -> Outcome:
    """The outcome of an evaluation that has run all its campaigns."""
    stage = walk.stage
    kept = tuple(stage.state.effects)
    effects = told(kept)
    session = _written_session(stage)
    closing = stage.state.durable
    rewarding = _rewarding(kept) if closing else ()
    if rewarding != session.rewarding_campaigns:
        session = structs.replace(session, rewarding_campaigns=rewarding)
    consumed = tuple(_consumption(stage)) if closing else ()
    used = consumed_by(kept, consumed) if closing else ()
    in_place = session.points_in_place
    if closing and in_place:
        left = tuple(part for parts in stage.state.in_place.values() for part in parts)
        used = moved(budgets_used(in_place), [*used, *budgets_used(left)])
        session = structs.replace(session, points_in_place=left)
    before = stage.subjects.before
    changes: tuple[Change, ...] = (
        SaveSession(session, before.session.update_count if before else 0, kept if closing else effects, consumed),
        *_events(stage, effects),
        *_immediate(stage),
        *(_final(stage, kept) if closing else ()),
        *lasting(stage, used),
    )
    return Outcome(
        session,
        _written_profile(stage, consumed),
        effects,
        () if stage.moment.dry else changes,
        tuple(walk.triggered),
        tuple(walk.failures),
        tuple(stage.trace),
        tuple(walk.excluded),
        stage.state.ledgers,
        frozenset(stage.state.unanswered),
    )


def conclude_event(walk: Walk) -> Outcome:
    """The outcome of an evaluation without a session: all of it counts at once, and nothing of it is kept to be given
    back."""
    stage = walk.stage
    kept = tuple(stage.state.effects)
    effects = told(kept)
    session = stage.subjects.session
    changes: tuple[Change, ...] = (
        TrackEvent(stage.event, session.profile_id, session.store_integration_id, effects),
        *_immediate(stage),
        *_final(stage, kept),
        *lasting(stage, consumed_by(kept, ())),
    )
    return Outcome(
        session,
        _written_profile(stage, ()),
        effects,
        () if stage.moment.dry else changes,
        tuple(walk.triggered),
        tuple(walk.failures),
        tuple(stage.trace),
        tuple(walk.excluded),
        stage.state.ledgers,
        frozenset(stage.state.unanswered),
    )


def _events(stage: Stage, effects: tuple[EffectRecord, ...]) -> Iterable[RecordEvent]:
    """What happened; a session created closed is two events, evaluated once, as its closing."""
    if stage.subjects.before is None and stage.event.type == "talon_session_closed":
        yield RecordEvent("talon_session_created", ())
    yield RecordEvent(stage.event.type, effects)


def _final(stage: Stage, kept: tuple[EffectRecord, ...]) -> Iterable[Change]:
    """What counts once the session is closed and, where there is none, at once, beside what is consumed."""
    in_place = {part.transaction_uuid for part in stage.subjects.session.points_in_place}
    yield from points_changes(stage.state, kept, stage.programs.definitions.loyalty_programs.values(), in_place)
    yield from reservations(stage)
    yield from stage.state.awards.values()
    yield from stage.state.calls.values()


def _consumption(stage: Stage) -> Iterable[Consumption]:
    """What closing the session uses up beside its effects."""
    session = stage.subjects.session
    for coupon_id in stage.state.accepted:
        yield UseCoupon(coupon_id, session.profile_id, 1)
    for referral_id in stage.state.referred:
        yield UseReferral(referral_id, session.profile_id, session.integration_id, 1)
    if session.profile_id:
        yield UpdateProfile(session.profile_id, closed_sessions=1, total_sales=session.totals.total)


def reservations(stage: Stage) -> Iterable[ReserveCoupon]:
    """Coupons that their recipient has redeemed: they are reserved, so that wallets show them as used."""
    profile_id = stage.subjects.session.profile_id
    for coupon in stage.state.accepted.values():
        if coupon.recipient_integration_id and not coupon.reserved_for_profile:
            yield ReserveCoupon(coupon.id, profile_id)


def lasting(stage: Stage, consumed: Iterable[Consumption]) -> Iterable[Change]:
    """What rules have made for good, and what is consumed beside it, each counter of a budget once."""
    made = [change for changes in stage.state.lasting.values() for change in changes]
    counts = [change for change in made if isinstance(change, CountBudget)]
    yield from together([*counts, *consumed]) if counts else consumed
    yield from (change for change in made if not isinstance(change, CountBudget))


def _rewarding(effects: Iterable[EffectRecord]) -> tuple[int, ...]:
    """The campaigns that have produced something; turning down a code is no effect of the campaign's own."""
    return tuple(dict.fromkeys(each.campaign_id for each in effects if each.effect_type != "rejectCoupon"))


def _immediate(stage: Stage) -> Iterable[Change]:
    """What is stored whether or not the session is closed."""
    session = stage.subjects.session
    writes = stage.state.writes
    yield from _relied(stage)
    if session.profile_id:
        yield UpdateProfile(session.profile_id, attributes=writes.get(("Profile", 0), {}), active_at=stage.moment.now)
    for (root, entity_id), values in writes.items():
        if root == "Coupon" and values:
            yield SetCouponAttributes(entity_id, values)
        elif root == "Referral" and values:
            yield SetReferralAttributes(entity_id, values)
        elif root == "AdvocateProfile" and values and stage.state.referral is not None:
            yield SetProfileAttributes(stage.state.referral.advocate_profile_integration_id, values)
    for (profile_id, audience_id), is_member in stage.state.memberships.items():
        yield ChangeMembership(profile_id, audience_id, is_member)


def _relied(stage: Stage) -> Iterable[RelyOnAttributes]:
    """The attributes that rules have computed new values from. Those of the session and its items are stored with the
    session, which has a guard of its own."""
    profile, referral = stage.subjects.profile, stage.state.referral
    coupons = {coupon.id: coupon for coupon in stage.facts.coupons.values()}
    for (root, entity_id), names in stage.state.relied.items():
        match root:
            case "Profile" if profile is not None:
                yield _as_they_were("CustomerProfile", profile.integration_id, profile.attributes, names)
            case "AdvocateProfile" if referral is not None:
                before = {} if referral.advocate is None else referral.advocate.attributes
                yield _as_they_were("CustomerProfile", referral.advocate_profile_integration_id, before, names)
            case "Referral" if referral is not None:
                yield _as_they_were("Referral", str(referral.id), referral.attributes, names)
            case "Coupon":
                yield _as_they_were("Coupon", str(entity_id), coupons[entity_id].attributes, names)
            case _:
                pass


def _as_they_were(
    entity: Literal["CustomerProfile", "Coupon", "Referral"], key: str, before: Mapping[str, JSON], names: Iterable[str]
) -> RelyOnAttributes:
    return RelyOnAttributes(entity, key, {name: before.get(name) for name in names})


def _written_session(stage: Stage) -> Session:
    session = stage.subjects.session
    values = stage.state.writes.get(("Session", 0))
    if values:
        session = structs.replace(session, attributes=attributes.merge(session.attributes, values))
    if any(root == "CartItem" for root, _ in stage.state.writes):
        session = structs.replace(session, cart_items=_written_items(session.cart_items, stage.state.writes))
    for made, *_ in stage.state.lasting.values():
        match made:
            case CreateCoupon(code=code, in_session=True):
                session = structs.replace(session, coupon_codes=(*session.coupon_codes, code))
            case CreateReferral(code=code, in_session=True) if not session.referral_code:
                session = structs.replace(session, referral_code=code)
    return session


def _written_items(
    items: tuple[CartItem, ...], writes: Mapping[tuple[str, int], dict[str, JSON]]
) -> tuple[CartItem, ...]:
    """The lines of the cart with the attributes that rules have set."""
    return tuple(
        structs.replace(item, attributes=attributes.merge(item.attributes, values))
        if (values := writes.get(("CartItem", position)))
        else item
        for position, item in enumerate(items)
    )


def _written_profile(stage: Stage, consumed: Iterable[Consumption]) -> Profile | None:
    """The profile as it will stand, for the answer."""
    profile = stage.subjects.profile
    if profile is None or stage.moment.dry:
        return profile
    values = stage.state.writes.get(("Profile", 0), {})
    closing = [change for change in consumed if isinstance(change, UpdateProfile)]
    return structs.replace(
        profile,
        attributes=attributes.merge(profile.attributes, values),
        closed_sessions=profile.closed_sessions + sum(change.closed_sessions for change in closing),
        total_sales=profile.total_sales + sum((change.total_sales for change in closing), ZERO),
        last_activity=stage.moment.now,
    )
