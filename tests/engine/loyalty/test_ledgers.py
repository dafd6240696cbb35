"""Ledgers: balances at a moment, the order of spending, and that no point is made or lost on the way."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from largesse.engine.loyalty.history import Entry, replay
from largesse.engine.loyalty.ledgers import (
    NO_POINTS,
    Balances,
    Ledger,
    Lot,
    balances,
    spending_order,
    take,
    with_expiry,
    with_lot,
    without,
)
from largesse.engine.money import ZERO, total

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def lot(name: str, points: object, *, start: int | None = 0, expiry: int | None = None, age: int = 0) -> Lot:
    """Points that start and expire so many days from now; no start awaits an action."""
    return Lot(
        name,
        Decimal(str(points)),
        NOW - age * DAY,
        None if start is None else NOW + start * DAY,
        None if expiry is None else NOW + expiry * DAY,
    )


def test_balances_at_a_moment() -> None:
    lots = (
        lot("active", 10),
        lot("till tomorrow", "5.50", expiry=1),
        lot("from tomorrow", 3, start=1),
        lot("on action", 2, start=None),
        lot("lost", 7, start=-9, expiry=-1),
        lot("lost now", 1, expiry=0),
    )
    ledger = Ledger(lots)
    assert balances(ledger, NOW) == Balances(Decimal("15.50"), Decimal(5), ZERO, Decimal(8))
    assert balances(ledger, NOW + DAY) == Balances(Decimal(13), Decimal(2), ZERO, Decimal("13.50"))
    assert balances(NO_POINTS, NOW) == Balances()


def test_what_is_owed_is_paid_by_what_is_active() -> None:
    owing = Ledger((lot("active", 10), lot("pending", 50, start=1)), Decimal(30))
    assert balances(owing, NOW) == Balances(ZERO, Decimal(50), Decimal(20))
    assert balances(owing, NOW + DAY).active == Decimal(30)


def test_what_expires_first_is_spent_first_and_the_oldest_of_what_never_does() -> None:
    lots = [
        lot("new", 1, age=1),
        lot("old", 1, age=9),
        lot("in a year", 1, expiry=365, age=30),
        lot("tomorrow", 1, expiry=1),
    ]
    assert [each.transaction_uuid for each in spending_order(lots)] == ["tomorrow", "in a year", "old", "new"]
    taken = take(Ledger(tuple(lots)), Decimal("2.5"), NOW)
    assert [(part.lot.transaction_uuid, part.amount) for part in taken] == [
        ("tomorrow", 1),
        ("in a year", 1),
        ("old", Decimal("0.5")),
    ]


def test_only_active_points_are_taken() -> None:
    ledger = Ledger((lot("pending", 5, start=1), lot("lost", 5, expiry=-1), lot("action", 5, start=None)))
    assert take(ledger, Decimal(1), NOW) == ()


def test_another_expiry() -> None:
    ledger = with_expiry(Ledger((lot("a", 1, expiry=1), lot("b", 1))), "b", NOW + DAY)
    assert balances(ledger, NOW + DAY).active == ZERO


LOTS = st.lists(
    st.builds(
        lot,
        st.uuids().map(str),
        st.decimals("0.01", 1000, places=2),
        start=st.sampled_from([-3, 0, 1, None]),
        expiry=st.sampled_from([None, -1, 1, 5]),
        age=st.integers(0, 9),
    ),
    max_size=6,
)


@given(LOTS, st.decimals("0.01", 5000, places=2))
def test_points_are_conserved_and_never_below_zero(lots: list[Lot], wanted: Decimal) -> None:
    ledger = Ledger(tuple(lots))
    before = balances(ledger, NOW)
    taken = take(ledger, wanted, NOW)
    spent = total([part.amount for part in taken])
    after = balances(without(ledger, taken), NOW)
    assert spent == min(wanted, before.active)
    assert after.active == before.active - spent >= ZERO
    assert (after.pending, after.expired, after.negative) == (before.pending, before.expired, before.negative)
    back = [structs.replace(part.lot, remaining=part.amount) for part in taken]
    assert balances(Ledger((*without(ledger, taken).lots, *back)), NOW) == before


@given(LOTS, st.lists(st.decimals("0.01", 500, places=2), max_size=4))
def test_the_log_played_again_gives_the_same_balances(lots: list[Lot], spendings: list[Decimal]) -> None:
    ledger, log = NO_POINTS, []
    for each in sorted(lots, key=lambda lot: lot.created):
        ledger = with_lot(ledger, each)
        log.append(Entry("addition", each.transaction_uuid, each.remaining, each.created, each.start, each.expiry))
    for wanted in spendings:
        amount = min(wanted, balances(ledger, NOW).active)
        if amount:
            ledger = without(ledger, take(ledger, amount, NOW))
            log.append(Entry("subtraction", "spent", amount, NOW, None, None))
    assert balances(replay(log), NOW) == balances(ledger, NOW)


def test_what_a_log_takes_beyond_active_points_comes_out_of_pending_ones_and_is_then_owed() -> None:
    log = [
        Entry("addition", "a", Decimal(10), NOW, NOW, None),
        Entry("addition", "b", Decimal(5), NOW, NOW + DAY, None),
        Entry("subtraction", "c", Decimal(17), NOW, None, None),
    ]
    assert balances(replay(log), NOW) == Balances(negative=Decimal(2))
