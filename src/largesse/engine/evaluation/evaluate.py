"""Deciding a session: campaigns in play, one after the other, pass by pass, rule by rule.

The line: codes nobody can use are rejected; each campaign runs once per coupon of the session that belongs to it, or
once with none; in a pass, each rule whose conditions hold applies its effects or, if one of them meets a limit, none;
what came of it is turned into changes. Source: semantics, section 9.
"""

from decimal import localcontext

from largesse.engine.coupons import Coupon
from largesse.engine.evaluation import activation, coupon_fates
from largesse.engine.evaluation.conclusion import conclude
from largesse.engine.evaluation.outcome import Outcome, RuleFailure
from largesse.engine.evaluation.passes import run_pass
from largesse.engine.evaluation.programs import CampaignProgram, Programs
from largesse.engine.evaluation.rollback import cancel
from largesse.engine.evaluation.stage import Stage, set_stage
from largesse.engine.facts import Facts, Moment, Subjects
from largesse.engine.money import EXACT
from largesse.engine.sessions import SessionEvent


def evaluate(programs: Programs, subjects: Subjects, facts: Facts, moment: Moment, event: SessionEvent) -> Outcome:
    """Decide what an update of a session leads to. Pure: equal arguments give equal outcomes."""
    with localcontext(EXACT):
        if event in ("talon_session_cancelled", "talon_session_revoked"):
            assert subjects.before is not None  # noqa: S101 - only a stored session can be cancelled
            return cancel(subjects.session, subjects.profile, subjects.before, moment, event)
        stage = set_stage(programs, subjects, facts, moment, event)
        triggered, failures = run_campaigns(stage)
        return conclude(stage, tuple(triggered), tuple(failures))


def run_campaigns(stage: Stage) -> tuple[list[int], list[RuleFailure]]:
    """Evaluate all campaigns in play: the ids of those triggered, and why rules did not fire."""
    coupons = coupon_fates.reject_unusable(stage)
    triggered: list[int] = []
    failures: list[RuleFailure] = []
    for program in activation.in_play(stage.programs, stage.moment):
        fired = False
        for coupon in _coupons_of(program, coupons):
            fired |= run_pass(stage, program, coupon, failures)
        if fired:
            triggered.append(program.campaign.id)
    return triggered, failures


def _coupons_of(program: CampaignProgram, coupons: dict[int, list[Coupon]]) -> list[Coupon] | list[None]:
    return coupons.get(program.campaign.id) or [None]
