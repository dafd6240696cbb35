"""changeLoyaltyTierLevel: points have brought a customer to a higher tier."""

from datetime import datetime

from msgspec import UNSET, UnsetType

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.frame import EvaluationFrame
from largesse.engine.loyalty.ledgers import Ledger, LedgerKey
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.loyalty.tiers import standing


class ChangeLoyaltyTierLevelProps(Props, frozen=True):
    """The tier reached, the tier before (absent: none), and when the new one expires, if it does."""

    rule_title: str
    program_id: int
    sub_ledger_id: str
    new_tier_name: str
    previous_tier_name: str | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET


def raise_tier(frame: EvaluationFrame, program: LoyaltyProgram, key: LedgerKey, before: Ledger, after: Ledger) -> None:
    """Tell that points have raised a tier; of a ledger that was not read nothing is known."""
    state = frame.state
    if program.tiers and state.knows(key):
        props = risen_tier(program, key, state.rule_name, before, after, state.moment.now)
        if props is not None:
            state.emit("changeLoyaltyTierLevel", props)


def risen_tier(
    program: LoyaltyProgram, key: LedgerKey, rule_name: str, before: Ledger, after: Ledger, now: datetime
) -> ChangeLoyaltyTierLevelProps | None:
    """What is told where a ledger has come to a higher tier."""
    was, new = standing(program, before, now), standing(program, after, now)
    if new.tier is None or (was.tier is not None and was.tier.points_min >= new.tier.points_min):
        return None
    return ChangeLoyaltyTierLevelProps(
        rule_name,
        program.id,
        key.subledger_id,
        new.tier.name,
        UNSET if was.tier is None else was.tier.name,
        UNSET if new.expiry is None else new.expiry,
    )


CHANGE_LOYALTY_TIER_LEVEL = Effect(
    name="changeLoyaltyTierLevel",
    props=ChangeLoyaltyTierLevelProps,
    doc="The points of the effect before have brought the customer to a higher tier.",
    example={"programId": 1, "subLedgerId": "", "newTierName": "Platinum", "previousTierName": "Gold"},
)
