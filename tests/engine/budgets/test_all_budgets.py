"""Every action, counted per every entity, several of them, and per every period, against a model of a few lines.

A budget of one use is offered one session after the other: the same again, one with another customer, code, identifier
and so on, one that lacks each of them, and the same when the calendar has moved on. What is given must be what the
model allows, and what was counted must be what was given.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import combinations, product
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from largesse.engine.budgets import Action, BudgetEntity, Period
from largesse.engine.evaluation.outcome import Outcome
from tests.support.memory_shop import MemoryShop

Plain = dict[str, Any]

BERLIN = ZoneInfo("Europe/Berlin")
EARLIER = datetime(2026, 12, 1, 12, tzinfo=BERLIN)
NEW_YEARS_EVE = datetime(2026, 12, 31, 23, 30, tzinfo=BERLIN)
# Half an hour of UTC before the year ends there too, in the week of the old year's last days.
NEW_YEARS_DAY = datetime(2027, 1, 1, 0, 30, tzinfo=BERLIN)
MONDAY = datetime(2027, 1, 4, 0, 30, tzinfo=BERLIN)

# What a rule does, what it gives for it, and how much of the budget that takes.
EFFECTS: dict[Action, tuple[list[Any], str, int]] = {
    "redeemCoupon": (["showNotification", "Info", "a", "b"], "acceptCoupon", 1),
    "redeemReferral": (["showNotification", "Info", "a", "b"], "acceptReferral", 1),
    "createCoupon": (["createCoupon", 1, ""], "couponCreated", 1),
    "createReferral": (["createReferral", 1, ""], "referralCreated", 1),
    "setDiscount": (["setDiscount", "five", 5], "setDiscount", 5),
    "setDiscountEffect": (["setDiscount", "five", 5], "setDiscount", 1),
    "createLoyaltyPoints": (["addLoyaltyPoints", 1, "", "", "five", 5], "addLoyaltyPoints", 5),
    "createLoyaltyPointsEffect": (["addLoyaltyPoints", 1, "", "", "five", 5], "addLoyaltyPoints", 1),
    "redeemLoyaltyPoints": (["deductLoyaltyPoints", 1, "", "five", 5], "deductLoyaltyPoints", 5),
    "redeemLoyaltyPointsEffect": (["deductLoyaltyPoints", 1, "", "five", 5], "deductLoyaltyPoints", 1),
    "customEffect": (["customEffect", 7, "greet"], "customEffect", 1),
    "callApi": (["callApi", 1], "triggerWebhook", 1),
    "awardGiveaway": (["awardGiveaway", 1], "awardGiveaway", 1),
    "addFreeItemEffect": (["addFreeItem", "SOCKS", "free"], "addFreeItem", 1),
    "reserveCoupon": (["reserveCoupon"], "reserveCoupon", 1),
}
ASKS = {"redeemCoupon": ["couponValid"], "redeemReferral": ["referralValid"]}
NEEDS_PROFILE = ("LoyaltyPoints", "awardGiveaway", "reserveCoupon", "createReferral")

ENTITIES: tuple[BudgetEntity, ...] = get_args(BudgetEntity)
PERIODS: tuple[Period | None, ...] = (None, *get_args(Period))

BASE: Plain = {
    "Profile": "ann",
    "Coupon": "CODE-1",
    "Referral": "REF-1",
    "Identifier": ["device-1"],
    "Store": "north",
}
OTHERS: Plain = {
    "Profile": "bob",
    "Coupon": "CODE-2",
    "Referral": "REF-2",
    "Identifier": ["device-2"],
    "Store": "south",
}
LACKING: Plain = {"Profile": "", "Coupon": "", "Referral": "", "Identifier": [], "Store": ""}
SHOPPING: list[tuple[datetime, Plain]] = [
    (NEW_YEARS_EVE, BASE),
    (NEW_YEARS_EVE, BASE),
    *((NEW_YEARS_EVE, BASE | {entity: value}) for entity, value in OTHERS.items()),
    *((NEW_YEARS_EVE, BASE | {entity: value}) for entity, value in LACKING.items()),
    (NEW_YEARS_EVE, BASE | {"Identifier": ["device-2", "device-3"]}),
    (NEW_YEARS_EVE, BASE | {"Identifier": ["device-3", "device-4", "device-3"]}),
    (NEW_YEARS_DAY, BASE),
    (NEW_YEARS_DAY, BASE),
    (MONDAY, BASE),
]


def shop_with(action: Action, limits: list[Plain]) -> MemoryShop:
    """A shop whose one rule for small carts does what the action counts; large carts earn points to spend."""
    effect, _, _ = EFFECTS[action]
    small = ["<", [".", "Session", "Total"], 1000]
    asked = [ASKS[action]] if action in ASKS else []
    rules = [{"title": "do it", "condition": ["and", small, *asked], "effects": [effect]}]
    fund = {
        "title": "points to spend",
        "condition": ["and", [">=", [".", "Session", "Total"], 1000]],
        "effects": [["addLoyaltyPoints", 1, "", "", "fund", 1000]],
    }
    return MemoryShop(
        {
            "application": {"timezone": "Europe/Berlin"},
            "loyaltyPrograms": [{"id": 1, "name": "stars", "title": "Stars", "tiers": []}],
            "giveawaysPools": [{"id": 1, "name": "cards", "giveaways": [{"code": f"C{n}"} for n in range(40)]}],
            "webhooks": [
                {"id": 1, "title": "Tell", "url": "https://shop.example", "payload": "", "draft": False}
                | {"enabled": True, "verb": "POST", "headers": [], "params": []}
            ],
            "stores": [{"id": n, "integrationId": name, "name": name} for n, name in enumerate(("north", "south"), 1)],
            "campaigns": [
                {
                    "limits": limits,
                    "ruleset": {"rules": rules},
                    "coupons": [{"value": f"CODE-{n}", "usageLimit": 0} for n in (1, 2)],
                    "referrals": [
                        {"code": f"REF-{n}", "advocateProfileIntegrationId": "eve", "usageLimit": 0} for n in (1, 2)
                    ],
                },
                {"ruleset": {"rules": [fund]}},
            ],
        }
    )


def close(shop: MemoryShop, session_id: str, who: Plain, now: datetime, *, price: int = 100) -> Outcome:
    """Close a new session of somebody."""
    sent = {
        "state": "closed",
        "profileId": who["Profile"],
        "couponCodes": [who["Coupon"]],
        "referralCode": who["Referral"],
        "identifiers": who["Identifier"],
        "cartItems": [{"sku": "shoe", "quantity": 1, "price": price}],
    } | ({"storeIntegrationId": who["Store"]} if who["Store"] else {})
    outcome = shop.update(session_id, sent, now)
    assert isinstance(outcome, Outcome), outcome
    return outcome


def given(outcome: Outcome, action: Action) -> int:
    """How often the action's effect was given; a reservation that is there already is none."""
    _, wanted, _ = EFFECTS[action]
    effects = [each for each in outcome.effects if each.effect_type == wanted]
    return sum(getattr(each.props, "is_new_reservation", True) for each in effects)


def is_able(action: Action, who: Plain, done: set[tuple[str, ...]]) -> bool:
    """Whether somebody can have the action's effect at all, as far as no budget is concerned."""
    if any(word in action for word in NEEDS_PROFILE) and not who["Profile"]:
        return False
    match action:
        case "redeemCoupon":
            return bool(who["Coupon"])
        case "redeemReferral":
            return bool(who["Referral"]) and ("friend", who["Profile"]) not in done
        case "reserveCoupon":
            return bool(who["Coupon"]) and ("holder", who["Profile"], who["Coupon"]) not in done
        case _:
            return True


def bucket(period: Period | None, now: datetime) -> tuple[int, ...]:
    """The period of a moment, by the calendar."""
    match period:
        case None:
            return ()
        case "daily":
            return now.year, now.month, now.day
        case "weekly":
            return now.isocalendar()[:2]
        case "monthly":
            return now.year, now.month
        case "yearly":
            return (now.year,)


def counted_for(chosen: tuple[BudgetEntity, ...], who: Plain, session_id: str) -> list[tuple[str, ...]]:
    """What one use is counted for: nothing where an entity is lacking."""
    values = {name: [value] if value else [] for name, value in who.items() if name != "Identifier"}
    values |= {"Session": [session_id], "Identifier": sorted(set(who["Identifier"]))}
    return list(product(*(values[entity] for entity in chosen)))


def combinations_for(action: Action, period: Period | None) -> Iterable[tuple[BudgetEntity, ...]]:
    """For all time the entities one by one, by two and all of them, and for one action any set; in periods, fewer."""
    sizes: Iterable[int] = (0, 1, 2, len(ENTITIES))
    if action == "setDiscount":
        sizes = (0, 1) if period else range(len(ENTITIES) + 1)
    elif period:
        return [(), ("Profile",)]
    return (chosen for size in sizes for chosen in combinations(ENTITIES, size))


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("action", EFFECTS)
def test_a_budget_of_one_use(action: Action, period: Period | None) -> None:
    _, _, amount = EFFECTS[action]
    for chosen in combinations_for(action, period):
        limit = {"action": action, "limit": amount, "entities": list(chosen)} | ({"period": period} if period else {})
        shop = shop_with(action, [limit])
        for name in ("ann", "bob"):
            close(shop, f"fund {name}", BASE | {"Profile": name, "Coupon": "", "Referral": ""}, EARLIER, price=1000)
        model: Counter[tuple[Any, ...]] = Counter()
        done: set[tuple[str, ...]] = set()
        for number, (now, shopper) in enumerate(SHOPPING):
            # Nobody is referred twice, so friends are strangers, or a new one each time.
            friend = f"friend {number}" if "Profile" in chosen and shopper["Profile"] else ""
            who = shopper | {"Profile": friend} if action == "redeemReferral" else shopper
            places = [(bucket(period, now), *place) for place in counted_for(chosen, who, f"s{number}")]
            free = not any(model[place] for place in places) and ("Profile" not in chosen or bool(who["Profile"]))
            expected = int(free and is_able(action, who, done))
            assert given(close(shop, f"s{number}", who, now), action) == expected, (chosen, number, who)
            if expected:
                model.update(places)
                done |= {("friend", who["Profile"])} if who["Profile"] else set()
                done.add(("holder", who["Profile"], who["Coupon"]))
        counters = sorted(value for (campaign_id, _), value in shop.used.items() if campaign_id == 1 and value)
        assert counters == sorted(amount * uses for uses in model.values() if uses), chosen


def test_no_action_is_left_out() -> None:
    assert set(EFFECTS) == set(get_args(Action))
