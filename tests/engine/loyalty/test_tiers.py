"""Tiers: what points earn, how long it is held, and where it goes when it expires."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from largesse.engine.loyalty.ledgers import HeldTier, Ledger, LedgerKey, Lot
from largesse.engine.loyalty.programs import LoyaltyProgram, TierLevel
from largesse.engine.loyalty.tiers import deserved, next_expiry, standing, tier_to_hold
from largesse.engine.money import ZERO

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BRONZE, SILVER, GOLD = (
    TierLevel(n, name, Decimal(points)) for n, name, points in ((1, "b", 0), (2, "s", 100), (3, "g", 200))
)
PROGRAM = LoyaltyProgram(id=1, name="stars", tiers=(BRONZE, SILVER, GOLD))
HOLDING: dict[str, Any] = {
    "tiers_expiration_policy": "tier_start_date",
    "tiers_expire_in": "30D",
    "tiers_downgrade_policy": "one_down",
}


def points(amount: object, *, expiry: datetime | None = None, held: HeldTier | None = None) -> Ledger:
    """A ledger with so many active points."""
    return Ledger((Lot("a", Decimal(str(amount)), NOW - 90 * DAY, NOW - 90 * DAY, expiry),), held=held)


@pytest.mark.parametrize(
    ("amount", "tier", "following", "missing"),
    [
        (0, "b", "s", "100"),
        ("99.99", "b", "s", "0.01"),
        (100, "s", "g", "100"),
        (200, "g", None, None),
        (99999, "g", None, None),
    ],
)
def test_the_balance_decides_where_tiers_do_not_expire(
    amount: object, tier: str, following: str | None, missing: str | None
) -> None:
    at = standing(PROGRAM, points(amount), NOW)
    assert at.tier is not None
    assert (at.tier.name, at.next_tier and at.next_tier.name) == (tier, following)
    assert at.points_to_next == (None if missing is None else Decimal(missing))
    assert (at.start, at.expiry, at.held) == (None, None, None)


def test_below_the_lowest_tier_is_none() -> None:
    at = standing(structs.replace(PROGRAM, tiers=(SILVER, GOLD)), points(5), NOW)
    assert (at.tier, at.next_tier, at.points_to_next) == (None, SILVER, Decimal(95))


def test_cards_have_no_tiers() -> None:
    assert standing(structs.replace(PROGRAM, card_based=True), points(500), NOW).tier is None


def test_more_points_raise_a_tier_that_is_held_and_begin_its_time_anew() -> None:
    program = structs.replace(PROGRAM, **HOLDING)
    held = HeldTier(SILVER.id, NOW - DAY, NOW + DAY)
    assert standing(program, points(150, held=held), NOW).expiry == NOW + DAY
    risen = standing(program, points(250, held=held), NOW)
    assert (risen.tier, risen.start, risen.expiry) == (GOLD, NOW, NOW + 30 * DAY)
    assert tier_to_hold(program, LedgerKey(1, "ann", ""), points(150, held=held), NOW) is None


def test_fewer_points_lower_a_held_tier_only_when_it_expires() -> None:
    program = structs.replace(PROGRAM, **HOLDING)
    held = HeldTier(GOLD.id, NOW - 30 * DAY, NOW)
    assert standing(program, points(5, held=held), NOW - DAY).tier == GOLD
    lowered = standing(program, points(5, held=held), NOW)
    assert (lowered.tier, lowered.start, lowered.expiry) == (SILVER, NOW, NOW + 30 * DAY)
    assert standing(program, points(5, held=held), NOW + 30 * DAY).tier == BRONZE
    by_balance = structs.replace(program, tiers_downgrade_policy="balance_based")
    assert standing(by_balance, points(5, held=held), NOW).tier == BRONZE
    enough = standing(program, points(200, held=held), NOW)
    assert (enough.tier, enough.expiry) == (GOLD, NOW + 30 * DAY)


def test_a_tier_nobody_looked_at_for_ages_begins_now() -> None:
    program = structs.replace(PROGRAM, **HOLDING | {"tiers_expire_in": "1s"})
    held = HeldTier(GOLD.id, NOW - 900 * DAY, NOW - 899 * DAY)
    at = standing(program, points(300, held=held), NOW)
    assert (at.tier, at.start, at.expiry) == (GOLD, NOW, NOW + timedelta(seconds=1))


def test_the_lowest_tier_begins_with_the_first_point() -> None:
    program = structs.replace(PROGRAM, **HOLDING)
    nobody = standing(program, Ledger(), NOW)
    assert (nobody.tier, nobody.start) == (BRONZE, None)
    assert standing(program, points(1), NOW).expiry == NOW + 30 * DAY


@pytest.mark.parametrize(
    ("policy", "expiry"),
    [
        ("tier_start_date", datetime(2026, 4, 1, 12, tzinfo=UTC)),
        ("program_join_date", datetime(2026, 3, 20, tzinfo=UTC)),
        ("absolute_expiration", datetime(2026, 3, 5, tzinfo=UTC)),
    ],
)
def test_when_a_tier_expires(policy: Any, expiry: datetime) -> None:
    program = structs.replace(
        PROGRAM,
        tiers_expiration_policy=policy,
        tiers_expire_in="1M",
        tiers_downgrade_policy="one_down",
        tier_cycle_start_date=datetime(2000, 1, 5, tzinfo=UTC),
    )
    assert next_expiry(program, Ledger(joined=datetime(2019, 7, 20, tzinfo=UTC)), NOW) == expiry


@given(st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2))
def test_more_points_never_deserve_less(few: Decimal, more: Decimal) -> None:
    lower, higher = deserved(PROGRAM, min(few, more)), deserved(PROGRAM, max(few, more))
    assert (lower.points_min if lower else ZERO) <= (higher.points_min if higher else ZERO)
