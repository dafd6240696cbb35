"""One effect as it is returned to the shop and stored with the session: an envelope around the props of its type.

The field names are those of the published `Effect`; what is not set is left out on the wire. Source: rule language,
6.1.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from msgspec import UNSET, Struct, UnsetType, field, structs

from largesse.engine.budgets import CountBudget
from largesse.engine.codes.coupons import UseCoupon
from largesse.engine.loyalty.changes import UsePoints
from largesse.engine.money import ZERO
from largesse.engine.rewards.achievements import MoveProgress

# What an effect uses up once its session is closed, and taking the effect back gives back.
Use: TypeAlias = CountBudget | UseCoupon | UsePoints | MoveProgress

# Budgets of amounts: an effect that is taken back in part gives back a part of them.
_AMOUNTS = frozenset({"setDiscount", "createLoyaltyPoints", "redeemLoyaltyPoints"})


class Props(Struct, frozen=True, rename="camel", omit_defaults=True):
    """The props of one type of effect; each effect's file defines its own."""

    def undone(self) -> "tuple[str, Props] | None":
        """The type and props of the effect that takes this one back when its session is cancelled; None if nothing
        does.

        Where those props name an item of the cart, returning that item takes the effect back as well.
        """
        return None

    def lasts(self) -> bool:
        """Whether what it has used up is never given back, not even when its session is cancelled."""
        return False

    def discount(self) -> Decimal:
        """What the shopper pays less because of it; campaigns that compete are compared by the sum."""
        return ZERO

    def item(self) -> "tuple[int, int | None] | None":
        """The item it discounts, by position and sub-position; None where it is not about one item."""
        return None


class EffectRecord(Struct, frozen=True, rename="camel", omit_defaults=True):
    """An effect and the rule it came from.

    `rule_index` counts from 0 inside the ruleset. `triggered_by_coupon` is the id of the coupon of the pass. An
    effect without a campaign (a code nobody knows) carries zeros and an empty rule name, and no evaluation group.
    `used` is what it has used up, kept with a closed session and told to nobody. An effect on an item that has several
    prices says which one was taken.
    """

    campaign_id: int
    ruleset_id: int
    rule_index: int
    rule_name: str
    effect_type: str
    props: Props
    triggered_by_coupon: int | UnsetType = UNSET
    condition_index: int | UnsetType = UNSET
    evaluation_group_id: int | UnsetType = field(default=UNSET, name="evaluationGroupID")
    evaluation_group_mode: str | UnsetType = UNSET
    used: tuple[Use, ...] = ()
    selected_price_type: str | UnsetType = UNSET
    selected_price: Decimal | UnsetType = UNSET
    adjustment_reference_id: str | UnsetType = UNSET


def told(records: tuple[EffectRecord, ...]) -> tuple[EffectRecord, ...]:
    """Effects as the shop and the events know them: without what they used up."""
    if not any(record.used for record in records):
        return records
    return tuple(structs.replace(record, used=()) if record.used else record for record in records)


def is_amount(use: Use) -> bool:
    """Whether what was used is an amount that the effect gave, and not one effect more."""
    return isinstance(use, UseCoupon) or (isinstance(use, CountBudget) and use.action in _AMOUNTS)


def amounts_of(used: Iterable[Use], value: Decimal) -> list[Use]:
    """The uses of amounts, at `value`."""
    return [
        structs.replace(use, discount=value) if isinstance(use, UseCoupon) else structs.replace(use, amount=value)
        for use in used
        if is_amount(use)
    ]
