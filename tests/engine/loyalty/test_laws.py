"""Laws of points that hold whatever sessions do: none is made or lost or spent twice, and undoing leaves nothing."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.loyalty.changes import AddPoints
from largesse.engine.loyalty.ledgers import LedgerKey, balances
from largesse.engine.money import ZERO
from tests.support.memory_shop import MemoryShop

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN = LedgerKey(1, "ann", "")
RULES = [
    {
        "title": "each item",
        "condition": ["and"],
        "effects": [
            [
                "addLoyaltyPointsPerItem",
                [".", "Session", "CartItems"],
                1,
                "",
                "",
                "each",
                [["Item"], [".", "Item", "Price"]],
            ]
        ],
    },
    {
        "title": "later",
        "condition": ["and", [">", [".", "Session", "CartItemTotal"], 50]],
        "effects": [["addLoyaltyPoints", 1, "", "", "later", Decimal("12.5"), ["kv", ["pending", "2D"]]]],
    },
    {
        "title": "spend",
        "condition": ["and", [">=", [".", "Loyalty", "stars", "CurrentBalance"], 20]],
        "effects": [["deductLoyaltyPoints", 1, "", "spent", 20]],
    },
]
LINES = st.lists(
    st.fixed_dictionaries({"sku": st.just("hat"), "price": st.integers(0, 40), "quantity": st.integers(1, 3)}),
    max_size=2,
)
HATS = {"sku": "hat", "price": 1, "quantity": 1}
SESSIONS = st.sampled_from(["s1", "s2", "s3"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("close"), SESSIONS, LINES),
        st.tuples(st.just("cancel"), SESSIONS, st.none()),
        st.tuples(st.just("reopen"), SESSIONS, st.none()),
        st.tuples(st.just("return"), SESSIONS, st.integers(1, 2)),
    ),
    max_size=12,
)
POLICIES = st.sampled_from(["only_pending", "within_balance", "unlimited"])


def shop_with(policy: str) -> MemoryShop:
    """A shop whose rules award and spend points."""
    campaign = {"name": "points", "ruleset": {"rules": RULES, "bindings": []}}
    program = {"name": "stars", "title": "Stars", "returnPolicy": policy}
    return MemoryShop({"loyaltyPrograms": [program], "campaigns": [campaign]})


def do(shop: MemoryShop, step: tuple[str, str, Any], now: datetime) -> None:
    """One step, as far as the session is in a state for it."""
    what, session_id, more = step
    stored = shop.sessions.get(session_id)
    match what:
        case "close":
            shop.update(session_id, {"profileId": "ann", "cartItems": more, "state": "closed"}, now)
        case "cancel" if stored is not None:
            shop.update(session_id, {"state": "cancelled"}, now)
        case "reopen" if stored is not None:
            shop.reopen(session_id, now)
        case "return" if stored is not None and stored.session.state in ("closed", "partially_returned"):
            shop.return_items(session_id, [{"sku": "hat", "quantity": more}], now)
        case _:
            pass


def net(shop: MemoryShop, now: datetime) -> Decimal:
    """All points there are, less what is owed."""
    ledger = shop.points.ledgers.get(ANN)
    if ledger is None:
        return ZERO
    found = balances(ledger, now)
    return found.active + found.pending - found.negative


def logged(shop: MemoryShop) -> Decimal:
    """What the log says there should be."""
    added = ZERO
    for entry in shop.points.log:
        is_addition = isinstance(entry, AddPoints) or entry.transaction_type == "addition"
        added += entry.amount if is_addition else -entry.amount
    return added


@settings(max_examples=150, deadline=None)
@given(POLICIES, STEPS)
def test_no_point_is_made_or_lost_and_none_is_spent_twice(policy: str, steps: list[tuple[str, str, Any]]) -> None:
    shop = shop_with(policy)
    for day, step in enumerate(steps):
        now = START + timedelta(days=day)
        do(shop, step, now)
        assert net(shop, now) == logged(shop)
        ledger = shop.points.ledgers.get(ANN)
        if ledger is not None:
            assert all(lot.remaining >= ZERO for lot in ledger.lots)
            assert policy == "unlimited" or ledger.owed == ZERO


# Which of several lots of one moment are spent first is a matter of chance: they are tried more than once.
@example([("close", "s1", [HATS | {"price": 7, "quantity": 3}]), ("close", "s2", [HATS])])
@example([("close", "s1", [HATS | {"price": 7, "quantity": 3}]), ("close", "s2", [HATS | {"price": 2}])])
@example([("close", "s1", [HATS | {"price": 7, "quantity": 3}]), ("close", "s2", [HATS | {"price": 3}])])
@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_without_limit_cancelling_everything_leaves_nothing(steps: list[tuple[str, str, Any]]) -> None:
    shop = shop_with("unlimited")
    for step in steps:
        if step[0] != "reopen":
            do(shop, step, START)
    for session_id, stored in list(shop.sessions.items()):
        if stored.session.state != "cancelled":
            assert isinstance(shop.update(session_id, {"state": "cancelled"}, START), Outcome)
    assert net(shop, START) == ZERO
