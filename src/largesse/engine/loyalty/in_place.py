"""Points in place: what a session has awarded already, so that what it awards now is not awarded twice.

A session that was closed may be decided once more: it was opened again, and its return policy has left points with the
customer, or items of it came back and its campaigns decide anew. What it awards then in the same ledger is met by the
points in place first; only what is still missing is new. Points in place keep the budgets that they have used.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct, structs

from largesse.engine.budgets import CountBudget
from largesse.engine.loyalty.ledgers import LedgerKey
from largesse.engine.money import EXACT, ZERO

# The position of a line of the cart and of a unit of it, where units are told apart.
Place = tuple[int, int | None]


class Award(Struct, frozen=True):
    """What awards points: a rule of a campaign, for a reason, perhaps for an item."""

    campaign_id: int
    rule_name: str
    name: str
    place: Place | None = None


class PointsInPlace(Struct, frozen=True):
    """So many points of one lot, and what awarded them. `used` is what they count for in budgets of amounts, and in
    those of effects where the effect is theirs."""

    key: LedgerKey
    transaction_uuid: str
    amount: Decimal
    award: Award
    start: datetime | None = None
    expiry: datetime | None = None
    validity: str = ""
    used: tuple[CountBudget, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether they count as an effect."""
        return any(_is_count(use) for use in self.used)


class Met(NamedTuple):
    """What meets an award: the points of it that are in place, and the points in place that it leaves."""

    by: tuple[PointsInPlace, ...]
    left: tuple[PointsInPlace, ...]


def meet(parts: Iterable[PointsInPlace], amount: Decimal, award: Award) -> Met:
    """Meet an award with points that the same rule has put into its ledger, first with those for the same item and the
    same reason; all together count as one effect at most."""
    by: list[PointsInPlace] = []
    left: list[PointsInPlace] = []
    counts = False
    for part in sorted(parts, key=lambda each: (each.award.place != award.place, each.award.name != award.name)):
        is_of_rule = (part.award.campaign_id, part.award.rule_name) == (award.campaign_id, award.rule_name)
        taken = min(amount, part.amount) if is_of_rule else ZERO
        amount = EXACT.subtract(amount, taken)
        if taken:
            by.append(_some_of(part, taken, with_count=not counts))
            counts = counts or part.counts
        if taken < part.amount:
            left.append(_some_of(part, EXACT.subtract(part.amount, taken), with_count=not taken))
    return Met(tuple(by), tuple(left))


def budgets_used(parts: Iterable[PointsInPlace]) -> tuple[CountBudget, ...]:
    """All that points in place count for."""
    return tuple(use for part in parts for use in part.used)


def joined(parts: Iterable[PointsInPlace]) -> tuple[PointsInPlace, ...]:
    """The same points, those of one lot and one award together."""
    found: dict[tuple[str, Award], PointsInPlace] = {}
    for part in parts:
        share = (part.transaction_uuid, part.award)
        first = found.get(share)
        found[share] = part if first is None else _sum_of(first, part)
    return tuple(found.values())


def by_ledger(parts: Iterable[PointsInPlace]) -> dict[LedgerKey, tuple[PointsInPlace, ...]]:
    """Points in place by the ledger that they lie in."""
    found: dict[LedgerKey, tuple[PointsInPlace, ...]] = {}
    for part in parts:
        found[part.key] = (*found.get(part.key, ()), part)
    return found


def _some_of(part: PointsInPlace, amount: Decimal, *, with_count: bool) -> PointsInPlace:
    used = tuple(
        use if _is_count(use) else structs.replace(use, amount=amount)
        for use in part.used
        if with_count or not _is_count(use)
    )
    return structs.replace(part, amount=amount, used=used)


def _sum_of(first: PointsInPlace, second: PointsInPlace) -> PointsInPlace:
    used = {(use.campaign_id, use.key): use for use in first.used}
    for use in second.used:
        counted = used.get((use.campaign_id, use.key))
        amount = use.amount if counted is None else EXACT.add(counted.amount, use.amount)
        used[use.campaign_id, use.key] = structs.replace(use, amount=amount)
    return structs.replace(first, amount=EXACT.add(first.amount, second.amount), used=tuple(used.values()))


def _is_count(use: CountBudget) -> bool:
    return use.action == "createLoyaltyPointsEffect"
