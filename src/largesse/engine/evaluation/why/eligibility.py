"""For which campaigns a session qualifies: every campaign in play, pass by pass and rule by rule. [IA
CampaignEligibility]"""

from collections.abc import Iterator
from typing import Literal

from msgspec import UNSET, Struct, structs

from largesse.engine.campaigns import Campaign
from largesse.engine.evaluation.activation import takes_part
from largesse.engine.evaluation.outcome import Outcome, RuleFailure, RuleTrace
from largesse.engine.evaluation.programs import CampaignProgram, Programs
from largesse.engine.evaluation.questions import folded_codes
from largesse.engine.facts import Moment

AUDIENCE = "audiencemember"
"""The function that asks for an audience, in the spelling of explanations."""

CampaignFailureCode = Literal["ALL_RULES_FAILED", "SKIPPED", "AUDIENCE_NOT_MATCHED"]


class PassStanding(Struct, frozen=True):
    """How one pass came out, with a coupon or ("") with none; None: at least one rule fired, and it counts."""

    coupon_code: str
    failure_code: CampaignFailureCode | None = None


class RunStanding(Struct, frozen=True):
    """How one rule came out in one pass; None: it fired."""

    coupon_code: str
    failure: RuleFailure | None = None


class RuleStanding(Struct, frozen=True):
    """One rule in every pass."""

    title: str
    runs: tuple[RunStanding, ...]


class CampaignStanding(Struct, frozen=True):
    """One campaign that was in play; it has no runs where its evaluation group had made its choice before."""

    campaign: Campaign
    passes: tuple[PassStanding, ...]
    rules: tuple[RuleStanding, ...]


def standings(programs: Programs, outcome: Outcome, moment: Moment) -> Iterator[CampaignStanding]:
    """All campaigns in play, in the order of the evaluation tree; `outcome` is that of a traced evaluation."""
    skipped = {exclusion.campaign_id for exclusion in outcome.excluded}
    entered = folded_codes(programs, outcome.session)
    # In groups that share out items a campaign runs more than once; the last run is the one that counts.
    traces: dict[int, dict[tuple[str, int], RuleTrace]] = {}
    for trace in outcome.trace:
        traces.setdefault(trace.campaign_id, {})[trace.coupon_code, trace.rule_index] = trace
    for program in programs.campaigns:
        campaign = program.campaign
        if takes_part(campaign, moment):
            found = [
                structs.replace(trace, coupon_code=entered.get(trace.coupon_code, trace.coupon_code))
                for trace in traces.get(campaign.id, {}).values()
            ]
            yield _standing(program, found, campaign.id in skipped)


def _standing(program: CampaignProgram, traces: list[RuleTrace], is_skipped: bool) -> CampaignStanding:
    codes = list(dict.fromkeys(trace.coupon_code for trace in traces)) or [""]
    return CampaignStanding(
        program.campaign,
        tuple(PassStanding(code, _failure_code(code, traces, is_skipped)) for code in codes),
        tuple(
            RuleStanding(
                title,
                tuple(RunStanding(trace.coupon_code, trace.failure) for trace in traces if trace.rule_index == index),
            )
            for index, title in enumerate(program.rule_names)
        ),
    )


def _failure_code(code: str, traces: list[RuleTrace], is_skipped: bool) -> CampaignFailureCode | None:
    if is_skipped:
        return "SKIPPED"
    runs = [trace for trace in traces if trace.coupon_code == code]
    if any(trace.fired for trace in runs):
        return None
    return "AUDIENCE_NOT_MATCHED" if runs and all(map(_ended_at_an_audience, runs)) else "ALL_RULES_FAILED"


def _ended_at_an_audience(trace: RuleTrace) -> bool:
    """Whether a rule did not fire because the customer is not in an audience."""
    index = UNSET if trace.failure is None else trace.failure.condition_index
    return index is not UNSET and trace.condition.children[index].function == AUDIENCE
