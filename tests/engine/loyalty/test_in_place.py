"""Points in place: which of them meet an award, and what they count for then."""

from decimal import Decimal

import pytest

from largesse.engine.budgets import Action, CountBudget
from largesse.engine.loyalty.in_place import Award, PointsInPlace, joined, meet
from largesse.engine.loyalty.ledgers import LedgerKey

KEY = LedgerKey(1, "ann", "")
CART = Award(1, "earn", "euros")
ITEM = Award(1, "earn", "euros", (0, 0))
OTHER_ITEM = Award(1, "earn", "euros", (1, None))
OTHER_REASON = Award(1, "earn", "stars")
OTHER_RULE = Award(1, "give", "euros")
OTHER_CAMPAIGN = Award(2, "earn", "euros")


def count(action: Action, amount: int) -> CountBudget:
    return CountBudget(1, action, action, "overall", Decimal(amount), Decimal(100))


def points(uuid: str, amount: int, award: Award = CART) -> PointsInPlace:
    used = (count("createLoyaltyPointsEffect", 1), count("createLoyaltyPoints", amount))
    return PointsInPlace(KEY, uuid, Decimal(amount), award, used=used)


def shown(parts: tuple[PointsInPlace, ...]) -> list[tuple[str, int, bool]]:
    for part in parts:
        assert [use.amount for use in part.used if use.action == "createLoyaltyPoints"] == [part.amount]
    return [(part.transaction_uuid, int(part.amount), part.counts) for part in parts]


@pytest.mark.parametrize(
    ("parts", "amount", "award", "by", "left"),
    [
        ([], 5, CART, [], []),
        ([points("a", 5)], 5, CART, [("a", 5, True)], []),
        # What is left of an effect is none of its own.
        ([points("a", 5)], 3, CART, [("a", 3, True)], [("a", 2, False)]),
        ([points("a", 5)], 9, CART, [("a", 5, True)], []),
        # Several together count as one effect.
        ([points("a", 5), points("b", 5)], 7, CART, [("a", 5, True), ("b", 2, False)], [("b", 3, False)]),
        # The same item first, then the same reason, then whatever the rule has awarded; of other rules nothing.
        (
            [points("other", 1, OTHER_ITEM), points("item", 1, ITEM)],
            2,
            ITEM,
            [("item", 1, True), ("other", 1, False)],
            [],
        ),
        ([points("other", 1, OTHER_REASON), points("cart", 1)], 1, CART, [("cart", 1, True)], [("other", 1, True)]),
        ([points("rule", 4, OTHER_RULE)], 4, CART, [], [("rule", 4, True)]),
        ([points("campaign", 4, OTHER_CAMPAIGN)], 4, CART, [], [("campaign", 4, True)]),
    ],
)
def test_what_meets_an_award(
    parts: list[PointsInPlace],
    amount: int,
    award: Award,
    by: list[tuple[str, int, bool]],
    left: list[tuple[str, int, bool]],
) -> None:
    met = meet(parts, Decimal(amount), award)
    assert (shown(met.by), shown(met.left)) == (by, left)


def test_parts_of_one_award_are_joined() -> None:
    met = meet([points("a", 5), points("b", 1)], Decimal(3), CART)
    assert shown(joined([*met.left, *met.by])) == [("a", 5, True), ("b", 1, True)]
