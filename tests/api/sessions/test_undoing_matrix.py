"""What becomes of everything a closed session has done: a column each for cancelling, returning one of two items, and
reopening, a row each for what may be undone."""

from typing import Any

import httpx
import pytest

from largesse.plumbing.database import Database
from tests.support.api import Shop
from tests.support.carts import item, profile_of, put_session, told
from tests.support.files import download
from tests.support.shop_plans import build

pytestmark = pytest.mark.anyio

ITEMS = [".", "Session", "CartItems"]
CAMPAIGN, ME = [".", "Campaign", "Id"], [".", "Profile", "IntegrationId"]
ACTIONS = (
    "redeemCoupon",
    "createCoupon",
    "createReferral",
    "setDiscount",
    "setDiscountEffect",
    "createLoyaltyPoints",
    "createLoyaltyPointsEffect",
    "redeemLoyaltyPoints",
    "redeemLoyaltyPointsEffect",
    "customEffect",
    "awardGiveaway",
    "addFreeItemEffect",
    "reserveCoupon",
)
EFFECTS = [
    ["reserveCoupon"],
    ["createCoupon", CAMPAIGN, ME],
    ["createReferral", CAMPAIGN, ME],
    ["setDiscountPerItem", ITEMS, "each", 10],
    ["setDiscount", "cart", 5],
    ["addLoyaltyPointsPerItem", ITEMS, 1, "", "", "each", 4],
    ["addLoyaltyPoints", 1, "", "", "cart", 30],
    ["deductLoyaltyPoints", 1, "", "voucher", 20],
    ["customEffect", 7, "confetti"],
    ["awardGiveaway", 1],
    ["addFreeItem", "hat", "a hat"],
    ["increaseAchievementProgress", 1, 3],
    ["increaseAchievementProgress", 2, 10],
    ["increaseAchievementProgress", 3, 10],
    ["addToAudience", "Current", 1],
    ["updateAttribute", "Profile.Attributes.visits", "increaseBy", 1],
    ["updateAttribute", "Session.Attributes.tier", "gold"],
]


def achievement(number: int, name: str, **more: Any) -> dict[str, Any]:
    fields = {"id": number, "name": name, "title": name, "target": 10, "description": "", "period": "30D"}
    return fields | {"recurrencePolicy": "no_recurrence", "activationPolicy": "user_action"} | more


PLAN: dict[str, Any] = {
    "application": {},
    "attributes": [
        {"entity": "CustomerProfile", "name": "visits", "title": "visits", "type": "number"},
        {"entity": "CustomerSession", "name": "tier", "title": "tier", "type": "string"},
    ],
    "additionalCosts": [],
    "audiences": [{"id": 1, "name": "vip"}],
    "giveawaysPools": [{"id": 1, "name": "cards", "giveaways": [{"code": "CARD-1"}, {"code": "CARD-2"}]}],
    "loyaltyPrograms": [
        {
            "id": 1,
            "name": "stars",
            "title": "Stars",
            "timezone": "UTC",
            "cardBased": False,
            "sandbox": False,
            "allowSubledger": False,
            "defaultValidity": "unlimited",
            "defaultPending": "immediate",
            "returnPolicy": "within_balance",
        }
    ],
    "campaigns": [
        {
            "name": "everything",
            "position": 0,
            "features": ["coupons", "referrals"],
            "limits": [{"action": action, "limit": 1000, "entities": []} for action in ACTIONS],
            "coupons": [{"value": "CODE", "usageLimit": 5, "reservationLimit": 5}],
            "achievements": [
                achievement(1, "begun"),
                achievement(2, "completed"),
                achievement(3, "undoable", allowRollbackAfterCompletion=True),
            ],
            "ruleset": {
                "rules": [{"title": "r", "condition": ["and", ["couponValid"]], "effects": EFFECTS}],
                "bindings": [],
            },
        },
        {
            "name": "friends",
            "position": 1,
            "features": ["referrals"],
            "limits": [{"action": "redeemReferral", "limit": 1000, "entities": []}],
            "coupons": [],
            "referrals": [{"code": "FRIEND", "advocateProfileIntegrationId": "ann", "usageLimit": 5}],
            "ruleset": {
                "rules": [{"title": "r", "condition": ["and", ["referralValid"]], "effects": []}],
                "bindings": [],
            },
        },
    ],
}


async def open_shop(client: httpx.AsyncClient, database: Database) -> tuple[Shop, str]:
    """The shop of the plan, where bob has 100 points, and the path of what he has of them."""
    shop = await build(client, database, PLAN)
    await put_session(shop, "before", profileId="bob")
    programs = (await shop.manage("GET", "/v1/loyalty_programs")).json()["data"]
    points = f"/v1/loyalty_programs/{programs[0]['id']}/profile/bob"
    assert (await shop.manage("PUT", f"{points}/add_points", {"points": 100})).status_code == 204
    return shop, points


async def everything(shop: Shop, points: str) -> dict[str, Any]:
    """All that a session may have changed, by name."""
    campaigns = (await shop.manage("GET", f"{shop.path}/campaigns", query={"sort": "id"})).json()["data"]
    own, friends = (f"{shop.path}/campaigns/{each['id']}" for each in campaigns)
    coupons = (await shop.manage("GET", f"{own}/coupons/no_total")).json()["data"]
    made = (await shop.manage("GET", f"{own}/referrals/no_total")).json()["data"]
    (friend,) = (await shop.manage("GET", f"{friends}/referrals/no_total")).json()["data"]
    reserved = (await shop.integrate("GET", "/v1/coupon_reservations/customerprofiles/CODE")).json()
    session = (await shop.integrate("GET", "/v2/customer_sessions/s")).json()
    bob = await profile_of(shop, "bob")
    balance = (await shop.integrate("GET", f"{points}/balances")).json()["balance"]
    achievements = (await shop.integrate("GET", "/v1/customer_profiles/bob/achievements")).json()["data"]
    giveaways = await download(shop, f"/v1/giveaways/pools/{shop.pools[1]}/export")
    used = giveaways[0].index("used")
    budgets = [budget for campaign in campaigns for budget in campaign["budgets"]]
    return {
        "state": session["customerSession"]["state"],
        "coupon used": next(each["usageCounter"] for each in coupons if each["value"] == "CODE"),
        "coupons made": len(coupons) - 1,
        "referrals made": len(made),
        "referral used": friend["usageCounter"],
        "reserved by": [each["integrationId"] for each in reserved["data"]],
        "effects": [kind for kind, _ in told(session)],
        "giveaways": sum(row[used] == "true" for row in giveaways[1:]),
        "points": (balance["activePoints"], balance["spentPoints"]),
        "progress": [each["currentProgress"]["progress"] for each in achievements],
        "audiences": [each["name"] for each in bob["audienceMemberships"]],
        "attributes": (bob["attributes"], session["customerSession"]["attributes"]),
        "closed sessions": bob["closedSessions"],
        "total sales": bob["totalSales"],
    } | {budget["action"]: budget["counter"] for budget in budgets}


KEPT = [
    "reserveCoupon",
    "couponCreated",
    "referralCreated",
    "customEffect",
    "awardGiveaway",
    "addFreeItem",
    "increaseAchievementProgress",
    "addToAudience",
    "updateAttribute",
    "updateAttribute",
]
HELD = [
    "acceptCoupon",
    "reserveCoupon",
    "couponCreated",
    "referralCreated",
    "setDiscountPerItem",
    "setDiscountPerItem",
    "setDiscount",
    "addLoyaltyPoints",
    "addLoyaltyPoints",
    "addLoyaltyPoints",
    "deductLoyaltyPoints",
    "customEffect",
    "awardGiveaway",
    "addFreeItem",
    "increaseAchievementProgress",
    "increaseAchievementProgress",
    "increaseAchievementProgress",
    "addToAudience",
    "updateAttribute",
    "updateAttribute",
    "acceptReferral",
]
LESS = [
    kind
    for index, kind in enumerate(HELD)
    if index not in (HELD.index("setDiscountPerItem"), HELD.index("addLoyaltyPoints"))
]
COLUMNS = ("close", "cancel", "return", "reopen", "return and cancel")
# What there is after each of the columns.
MATRIX: dict[str, tuple[Any, ...]] = {
    "state": ("closed", "cancelled", "partially_returned", "open", "cancelled"),
    "coupon used": (1, 0, 1, 0, 0),
    "referral used": (1, 0, 1, 0, 0),
    "effects": (HELD, KEPT, LESS, KEPT, KEPT),
    # What was made stays made, and what was handed out is not asked for again.
    "coupons made": (1, 1, 1, 1, 1),
    "referrals made": (1, 1, 1, 1, 1),
    "reserved by": (["bob"],) * 5,
    "giveaways": (1, 1, 1, 1, 1),
    "audiences": (["vip"],) * 5,
    "attributes": (({"visits": 1}, {"tier": "gold"}),) * 5,
    # 100 there were, 38 are earned, 20 spent; an item brought 4.
    "points": ((118, 20), (100, 0), (114, 20), (100, 0), (100, 0)),
    # Begun, completed for good, completed and undoable.
    "progress": ([3, 10, 10], [0, 10, 0], [3, 10, 10], [0, 10, 0], [0, 10, 0]),
    "closed sessions": (1, 0, 1, 0, 0),
    "total sales": (200, 0, 100, 0, 0),
    "redeemCoupon": (1, 0, 1, 0, 0),
    "redeemReferral": (1, 0, 1, 0, 0),
    "setDiscount": (25, 0, 15, 0, 0),
    "setDiscountEffect": (3, 0, 2, 0, 0),
    "createLoyaltyPoints": (38, 0, 34, 0, 0),
    "createLoyaltyPointsEffect": (3, 0, 2, 0, 0),
    "redeemLoyaltyPoints": (20, 0, 20, 0, 0),
    "redeemLoyaltyPointsEffect": (1, 0, 1, 0, 0),
    # Cancelling gives back the budgets of what stays handed out, reopening does not.
    "customEffect": (1, 0, 1, 1, 0),
    "awardGiveaway": (1, 0, 1, 1, 0),
    "addFreeItemEffect": (1, 0, 1, 1, 0),
    "createCoupon": (1, 1, 1, 1, 1),
    "createReferral": (1, 1, 1, 1, 1),
    "reserveCoupon": (1, 1, 1, 1, 1),
}


async def close(shop: Shop) -> None:
    cart = [item(price=100, quantity=2)]
    answer = await put_session(
        shop, profileId="bob", couponCodes=["CODE"], referralCode="FRIEND", cartItems=cart, state="closed"
    )
    assert answer.status_code == 200, answer.text


async def undo(shop: Shop, what: str) -> None:
    path = "/v2/customer_sessions/s"
    match what:
        case "cancel":
            answer = await put_session(shop, state="cancelled")
        case "return":
            back = {"returnedCartItems": [{"position": 0, "quantity": 1}]}
            answer = await shop.integrate("POST", f"{path}/returns", {"return": back})
        case _:
            answer = await shop.integrate("PUT", f"{path}/reopen", {})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("column", COLUMNS)
async def test_what_becomes_of_everything(client: httpx.AsyncClient, database: Database, column: str) -> None:
    shop, points = await open_shop(client, database)
    await close(shop)
    if column != "close":
        for what in column.split(" and "):
            await undo(shop, what)
    assert await everything(shop, points) == {name: row[COLUMNS.index(column)] for name, row in MATRIX.items()}
