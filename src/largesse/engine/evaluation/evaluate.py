"""Deciding a session or an event: campaigns in play, one after the other, pass by pass, rule by rule.

The line: codes nobody can use are rejected; the evaluation tree is walked; each campaign runs once per coupon of the
session that belongs to it, or once with none; in a pass, each rule whose conditions hold applies its effects or, if one
of them meets a limit, none; what came of it is turned into changes. Source: semantics, section 9.
"""

from decimal import localcontext

from largesse.engine.evaluation.conclusion import conclude, conclude_event
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.programs import Programs
from largesse.engine.evaluation.rollback import cancel, taking_back
from largesse.engine.evaluation.stage import set_stage
from largesse.engine.evaluation.tree import walk_tree
from largesse.engine.facts import Facts, Moment, Subjects
from largesse.engine.money import EXACT
from largesse.engine.shopping.events import Event
from largesse.engine.shopping.sessions import SessionEvent


def evaluate(programs: Programs, subjects: Subjects, facts: Facts, moment: Moment, event: SessionEvent) -> Outcome:
    """Decide what an update of a session leads to. Pure: equal arguments give equal outcomes."""
    with localcontext(EXACT):
        if event in ("talon_session_cancelled", "talon_session_revoked"):
            assert subjects.before is not None  # noqa: S101 - only a stored session can be cancelled
            taking = taking_back(programs, subjects.session, facts, moment.now)
            return cancel(subjects.session, subjects.profile, subjects.before, moment, event, taking, facts.trackers)
        return conclude(walk_tree(set_stage(programs, subjects, facts, moment, Event(event))))


def evaluate_event(programs: Programs, subjects: Subjects, facts: Facts, moment: Moment, event: Event) -> Outcome:
    """Decide what an event leads to that is not about a session; that of the subjects is empty. Pure, too."""
    with localcontext(EXACT):
        return conclude_event(walk_tree(set_stage(programs, subjects, facts, moment, event)))
