"""The stage: everything one evaluation works with, set up once and handed from step to step."""

from dataclasses import dataclass

from largesse.engine.evaluation.outcome import RuleTrace
from largesse.engine.evaluation.programs import Programs
from largesse.engine.evaluation.questions import folded_codes, folded_referral
from largesse.engine.facts import Facts, Moment, Subjects
from largesse.engine.frame import EvaluationFrame
from largesse.engine.loyalty.in_place import by_ledger
from largesse.engine.shopping.events import Event
from largesse.engine.shopping.sessions import Session
from largesse.engine.state import State
from largesse.engine.views.event import EventView
from largesse.engine.views.items import units_of
from largesse.engine.views.profile import ProfileView
from largesse.engine.views.session import SessionView
from largesse.engine.views.store import StoreView
from largesse.engine.views.values import rule_values


@dataclass(frozen=True, slots=True)
class Stage:
    """The compiled campaigns, what is evaluated, what is known, and the working copy that rules write to.

    `codes` are the session's codes as the customer entered them, by stored spelling, `referral_code` is the one of a
    friend as stored; `frame` is what rules read, in one pass after the other.
    """

    programs: Programs
    subjects: Subjects
    facts: Facts
    moment: Moment
    event: Event
    codes: dict[str, str]
    referral_code: str
    state: State
    frame: EvaluationFrame
    trace: list[RuleTrace]


def set_stage(programs: Programs, subjects: Subjects, facts: Facts, moment: Moment, event: Event) -> Stage:
    """Prepare an evaluation. Without a session of its own it is that of an empty one."""
    session, connected = subjects.session, subjects.connected
    definitions = programs.definitions.attributes
    profile, store = subjects.profile, moment.store
    state = State(
        programs.application,
        _view(programs, session),
        facts,
        moment,
        session.state == "closed" or not event.is_of_session,
        subjects.moves,
        with_session=event.is_of_session,
    )
    state.in_place = by_ledger(session.points_in_place)
    frame = EvaluationFrame(
        programs.local(moment.now),
        state,
        programs.definitions,
        EventView(
            event,
            rule_values("Event", event.attributes, definitions),
            session.integration_id or event.connected_session_id,
            moment.now,
        ),
        profile=None
        if profile is None
        else ProfileView(
            profile, rule_values("CustomerProfile", profile.attributes, definitions), state, programs.definitions
        ),
        store=None if store is None else StoreView(store, rule_values("Store", store.attributes, definitions)),
        connected_session=None if connected is None else _view(programs, connected),
    )
    codes, referral_code = folded_codes(programs, session), folded_referral(programs, session)
    return Stage(programs, subjects, facts, moment, event, codes, referral_code, state, frame, [])


def _view(programs: Programs, session: Session) -> SessionView:
    definitions = programs.definitions.attributes
    units = units_of(session.cart_items, programs.application.enable_flattened_cart_items, definitions)
    return SessionView(session, units, rule_values("CustomerSession", session.attributes, definitions))
