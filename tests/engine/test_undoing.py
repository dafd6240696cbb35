"""Applying and then undoing is doing nothing: whatever was returned before, cancelling or reopening leaves no counter
behind."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.loyalty.ledgers import Ledger
from largesse.engine.money import total
from tests.support.memory_shop import MemoryShop

START = datetime(2026, 3, 1, 23, tzinfo=UTC)
RULES = [
    {
        "title": "each item",
        "condition": ["and", ["couponValid"]],
        "effects": [["setDiscountPerItem", [".", "Session", "CartItems"], "each", Decimal("1.37")]],
    },
    {
        "title": "shared out",
        "condition": ["and"],
        "effects": [["setDiscountPerItemProRata", [".", "Session", "CartItems"], "shared", 7]],
    },
    {
        "title": "a big cart",
        "condition": ["and", [">=", [".", "Session", "CartItemTotal"], 200], ["couponValid"]],
        "effects": [["setDiscount", "big", ["*", [".", "Session", "CartItemTotal"], Decimal("0.01")]]],
    },
    {"title": "the cart", "condition": ["and"], "effects": [["setDiscount", "cart", 3]]},
]
BUDGETS = [
    {"action": "setDiscount", "limit": 1000, "entities": []},
    {"action": "setDiscount", "limit": 900, "entities": ["Profile"], "period": "daily"},
    {"action": "setDiscount", "limit": 800, "entities": ["Identifier"]},
    {"action": "setDiscountEffect", "limit": 700, "entities": ["Coupon"]},
    {"action": "redeemCoupon", "limit": 5, "entities": ["Profile"], "period": "monthly"},
]

STARS = {
    "id": 1,
    "name": "stars",
    "title": "Stars",
    "timezone": "UTC",
    "cardBased": False,
    "sandbox": False,
    "allowSubledger": True,
    "defaultValidity": "unlimited",
    "defaultPending": "immediate",
}

LINES = st.fixed_dictionaries(
    {
        "sku": st.sampled_from(["shoe", "hat", "sock"]),
        "price": st.decimals(0, 1000, places=2),
        "quantity": st.integers(1, 5),
    }
)
UPDATES = st.fixed_dictionaries(
    {
        "profileId": st.sampled_from(["", "ann"]),
        "couponCodes": st.lists(st.sampled_from(["GIFT", "PLAIN", "NOPE"]), max_size=3),
        "identifiers": st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True),
        "cartItems": st.lists(LINES, max_size=4),
    },
    optional={"storeIntegrationId": st.sampled_from(["mitte", "harbour"])},
)
ITEMS = st.one_of(
    st.fixed_dictionaries({"sku": st.sampled_from(["shoe", "hat", "sock"])}, optional={"quantity": st.integers(1, 4)}),
    st.fixed_dictionaries({"position": st.integers(0, 3)}, optional={"quantity": st.integers(1, 4)}),
)
POLICIES = st.sampled_from(["only_pending", "within_balance", "unlimited"])
DISCOUNTS = ("setDiscount", "setDiscountPerItem")
# The items of each return, and whether campaigns are evaluated again.
RETURNS = st.lists(st.tuples(st.lists(ITEMS, min_size=1, max_size=2), st.booleans()), max_size=4)


Returns = list[tuple[list[dict[str, Any]], bool]]


def shop_plan(*, flattened: bool, cascading: bool, policy: str = "unlimited", points: int = 9000) -> dict[str, Any]:
    """A shop with a campaign that has every kind of budget, a gift card and a plain code, two that compete for each
    item, one that is for stores, with a budget in one of them, and one that awards and spends so many points at
    most, which come back as the return policy has it."""
    sale = {
        "name": "sale",
        "limits": BUDGETS,
        "coupons": [{"value": "GIFT", "usageLimit": 3, "discountLimit": 500}, {"value": "PLAIN", "usageLimit": 3}],
        "reevaluateOnReturn": True,
        "ruleset": {"rules": RULES, "bindings": []},
    }
    settings = {"enableFlattenedCartItems": flattened, "enableCascadingDiscounts": cascading}
    group = {"name": "rivals", "evaluationMode": "highestDiscount", "evaluationScope": "cartItem", "parentId": 1}
    return {
        "application": settings,
        "attributes": [],
        "additionalCosts": [],
        "evaluationGroups": [group | {"id": 2, "position": 0}],
        "stores": [_store(1, "mitte"), _store(2, "harbour")],
        "loyaltyPrograms": [STARS | {"returnPolicy": policy}],
        "campaigns": [
            sale | {"position": 1},
            _rival("half", Decimal("0.5")),
            _rival("a tenth", Decimal("0.1")),
            _opening(),
            _stars(points),
        ],
    }


def _store(store_id: int, name: str) -> dict[str, Any]:
    return {"id": store_id, "integrationId": name, "name": name, "description": ""}


def _opening() -> dict[str, Any]:
    """A campaign for two stores, one of which may give 20 a month."""
    part = ["*", [".", "Session", "CartItemTotal"], Decimal("0.2")]
    rules = [{"title": "opening", "condition": ["and"], "effects": [["setDiscount", "opening", part, True]]}]
    budget = {"action": "setDiscount", "period": "monthly", "storeLimits": [{"storeId": 1, "limit": 20}]}
    opening = {
        "name": "opening",
        "limits": [],
        "coupons": [],
        "linkedStoreIds": [1, 2],
        "storeBudgets": [budget],
        "position": 2,
    }
    return opening | {"ruleset": {"rules": rules, "bindings": []}, "reevaluateOnReturn": True}


def _stars(points: int) -> dict[str, Any]:
    """A campaign that awards points for the cart, later ones for a big cart, and some for each item, and spends ten."""
    cart = [".", "Session", "CartItemTotal"]
    earn = ["addLoyaltyPoints", 1, "", "", "euro", cart, ["kv", ["validity", "1Y"]]]
    later = ["addLoyaltyPoints", 1, "", "", "later", ["*", cart, Decimal("0.1")], ["kv", ["pending", "3D"]]]
    each = ["addLoyaltyPointsPerItem", [".", "Session", "CartItems"], 1, "", "", "each", 2]
    rules = [
        {"title": "euro", "condition": ["and"], "effects": [earn]},
        {"title": "later", "condition": ["and", [">=", cart, 200]], "effects": [later]},
        {"title": "each", "condition": ["and"], "effects": [each]},
        {
            "title": "spend",
            "condition": ["and", [">=", cart, 20]],
            "effects": [["deductLoyaltyPoints", 1, "", "spent", 10], ["setDiscount", "spent", 1]],
        },
    ]
    limits = [
        {"action": "createLoyaltyPoints", "limit": points, "entities": []},
        {"action": "createLoyaltyPoints", "limit": 6000, "entities": ["Profile"], "period": "daily"},
        {"action": "createLoyaltyPointsEffect", "limit": 40, "entities": []},
        {"action": "redeemLoyaltyPoints", "limit": 30, "entities": [], "period": "daily"},
    ]
    stars = {"name": "stars", "limits": limits, "coupons": [], "position": 3, "reevaluateOnReturn": True}
    return stars | {"ruleset": {"rules": rules, "bindings": []}}


def _rival(name: str, part: Decimal) -> dict[str, Any]:
    """A campaign that takes a part off each item, but at most 150 in all."""
    items, price = [".", "Session", "CartItems"], [[["Item"], ["*", [".", "Item", "Price"], part]]]
    rules = [{"title": name, "condition": ["and"], "effects": [["setDiscountPerItem", items, name, *price]]}]
    limits = [{"action": "setDiscount", "limit": 150, "entities": []}]
    ruleset = {"rules": rules, "bindings": []}
    rival = {"name": name, "limits": limits, "coupons": [], "ruleset": ruleset, "reevaluateOnReturn": name == "half"}
    return rival | {"evaluationGroupId": 2, "position": 0 if name == "half" else 1}


def shop_with(*, flattened: bool, cascading: bool, policy: str = "unlimited", points: int = 9000) -> MemoryShop:
    """The same, ready to use."""
    return MemoryShop(shop_plan(flattened=flattened, cascading=cascading, policy=policy, points=points))


def counters(shop: MemoryShop) -> Any:
    """Everything that counts, without what counts nothing."""
    return (
        {key: used for key, used in shop.used.items() if used},
        {code: (coupon.usage_counter, coupon.discount_counter) for code, coupon in shop.coupons.items()},
        {who: (each.closed_sessions, each.total_sales) for who, each in shop.profiles.items() if each.closed_sessions},
        {key: points for key, ledger in shop.points.ledgers.items() if (points := net(ledger))},
    )


def net(ledger: Ledger) -> Decimal:
    """All points in a ledger, expired ones too, less what is owed."""
    return total([*(lot.remaining for lot in ledger.lots), -ledger.owed])


def close_and_return(shop: MemoryShop, update: dict[str, Any], returns: Returns) -> None:
    """Close a session and return items of it, one day after the other, as far as they can be returned."""
    assert isinstance(shop.update("s", update | {"state": "closed"}, START), Outcome)
    for day, (items, again) in enumerate(returns, 1):
        shop.return_items("s", items, START + timedelta(days=day), again=again)


@settings(max_examples=100, deadline=None)
@given(UPDATES, UPDATES, RETURNS, st.booleans(), st.booleans())
@example(
    {"profileId": "ann", "couponCodes": ["GIFT"], "cartItems": [{"sku": "shoe", "price": Decimal(9), "quantity": 3}]},
    {},
    [([{"sku": "shoe", "quantity": 1}], False), ([{"position": 0, "quantity": 1}], True), ([{"position": 0}], False)],
    False,
    True,
)
def test_cancelling_takes_back_what_returns_have_left(
    update: dict[str, Any], other: dict[str, Any], returns: Returns, flattened: bool, cascading: bool
) -> None:
    shop = shop_with(flattened=flattened, cascading=cascading)
    shop.update("other", other | {"state": "closed"}, START)
    before = counters(shop)
    close_and_return(shop, update, returns)
    assert isinstance(shop.update("s", {"state": "cancelled"}, START + timedelta(days=40)), Outcome)
    assert counters(shop) == before
    stored = shop.sessions["s"]
    assert {record.effect_type for record in stored.effects} <= {"rejectCoupon"}
    assert stored.consumed == ()


@settings(max_examples=100, deadline=None)
@given(UPDATES, UPDATES, st.booleans())
def test_reopening_takes_back_what_closing_did(update: dict[str, Any], other: dict[str, Any], flattened: bool) -> None:
    shop = shop_with(flattened=flattened, cascading=False)
    shop.update("other", other | {"state": "closed"}, START)
    before = counters(shop)
    close_and_return(shop, update, [])
    closed = counters(shop), shown(shop)
    assert isinstance(shop.reopen("s", START + timedelta(days=40)), Outcome)
    assert counters(shop) == before
    # Closed once more, on another day: the same again.
    assert isinstance(shop.update("s", {"state": "closed"}, START), Outcome)
    assert (counters(shop), shown(shop)) == closed


@settings(max_examples=100, deadline=None)
@given(UPDATES, RETURNS, POLICIES, st.booleans())
def test_points_told_and_taken_back_are_those_that_hold(
    update: dict[str, Any], returns: Returns, policy: str, flattened: bool
) -> None:
    shop = shop_with(flattened=flattened, cascading=False, policy=policy)
    outcomes = [shop.update("s", update | {"state": "closed"}, START)]
    outcomes += [shop.return_items("s", items, START, again=again) for items, again in returns]
    told = [record for outcome in outcomes if isinstance(outcome, Outcome) for record in outcome.effects]
    given_in_all, taken = points_in(told, "addLoyaltyPoints"), points_in(told, "rollbackAddedLoyaltyPoints")
    held = points_in(shop.sessions["s"].effects, "addLoyaltyPoints")
    assert held == given_in_all - taken
    spent = points_in(told, "deductLoyaltyPoints")
    assert sum((net(ledger) for ledger in shop.points.ledgers.values()), Decimal(0)) == held - spent


@settings(max_examples=150, deadline=None)
@given(UPDATES, UPDATES, st.lists(UPDATES, max_size=2), POLICIES, st.booleans())
def test_closing_reopening_and_closing_is_closing(
    update: dict[str, Any], other: dict[str, Any], between: list[dict[str, Any]], policy: str, flattened: bool
) -> None:
    once, again = (shop_with(flattened=flattened, cascading=False, policy=policy) for _ in range(2))
    for shop in (once, again):
        shop.update("s", update | {"state": "closed"}, START)
        shop.update("spends", other | {"state": "closed", "couponCodes": []}, START)
    for changed in between:
        assert isinstance(again.reopen("s", START), Outcome)
        again.update("s", {"cartItems": changed["cartItems"], "couponCodes": changed["couponCodes"]}, START)
        again.update("s", update | {"state": "open"}, START)
        again.update("s", {"state": "closed"}, START)
    assert counters(again) == counters(once)
    assert shown_points(again) == shown_points(once)


@settings(max_examples=100, deadline=None)
@given(UPDATES, RETURNS, st.booleans())
def test_rollbacks_and_what_holds_add_up_to_what_was_given(
    update: dict[str, Any], returns: Returns, flattened: bool
) -> None:
    shop = shop_with(flattened=flattened, cascading=False)
    assert isinstance(shop.update("s", update | {"state": "closed"}, START), Outcome)
    given_in_all = values(shop.sessions["s"].effects, *DISCOUNTS)
    taken: dict[str, Decimal] = defaultdict(Decimal)
    for items, again in returns:
        outcome = shop.return_items("s", items, START, again=again)
        if isinstance(outcome, Outcome):
            for name, value in values(outcome.effects, "rollbackDiscount").items():
                taken[name] += value
            for name, value in values(outcome.effects, *DISCOUNTS).items():
                given_in_all[name] += value
    holds = values(shop.sessions["s"].effects, *DISCOUNTS)
    assert given_in_all == {name: total([holds.get(name, Decimal(0)), taken[name]]) for name in given_in_all}
    effects, session = shop.sessions["s"].effects, shop.sessions["s"].session
    for (campaign_id, key), used in shop.used.items():
        of_campaign = [record for record in effects if record.campaign_id == campaign_id]
        if "setDiscount|" in key:
            assert used == total(list(values(of_campaign, *DISCOUNTS).values())), key
    if session.profile_id:
        assert shop.profiles[session.profile_id].total_sales == session.totals.total


def points_in(effects: Any, effect_type: str) -> Decimal:
    """The points of all effects of one type."""
    return sum((record.props.value for record in effects if record.effect_type == effect_type), Decimal(0))


def shown_points(shop: MemoryShop) -> Decimal:
    """The points that the session has awarded in all."""
    return points_in(shop.sessions["s"].effects, "addLoyaltyPoints")


def shown(shop: MemoryShop) -> Any:
    """What the session holds, without what is named anew each time."""
    return [
        (record.effect_type, getattr(record.props, "name", None), getattr(record.props, "value", None))
        for record in shop.sessions["s"].effects
    ]


def values(effects: Any, *types: str) -> dict[str, Decimal]:
    """The discounts or rollbacks among some effects, by name."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for record in effects:
        if record.effect_type in types:
            found[record.props.name] += record.props.value
    return found
