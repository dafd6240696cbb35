"""A shop with everything that a call of the SDK may want to touch, and things that are there to be deleted."""

from dataclasses import dataclass
from typing import Any

from tests.sdk.furnished_sets import Sets, make_sets
from tests.support.api import PASSWORD, Shop
from tests.support.loyalty import make_wait, open_cards, open_program
from tests.support.server import Server, real_shop

SHIPPING_PRICE = [".", "Session", "AdditionalCosts", "shipping", "Price"]
TEXTILES = {
    "name": "Textiles",
    "type": "cartItemFilter",
    "expression": [
        "filter",
        [".", "Session", "CartItems"],
        [["Item"], ["catch", False, ["=", [".", "Item", "Category"], "textile"]]],
    ],
}
RULES = [
    {
        "title": "10 % off, and textiles",
        "condition": ["and", ["couponValid"]],
        "effects": [
            ["setDiscount", "10 % off", ["*", [".", "Session", "CartItemTotal"], ["/", 10, 100]]],
            ["setDiscountPerItem", [".", "Textiles"], "Textiles", [["Item"], 5]],
        ],
    },
    {
        "title": "Free shipping",
        "condition": ["and", ["couponValid"], [">", ["catch", 0, SHIPPING_PRICE], 0]],
        "effects": [["setDiscountPerAdditionalCost", "shipping", "Free shipping", SHIPPING_PRICE]],
    },
]
NOTHING = {"title": "Nothing", "condition": ["and"], "effects": []}
WEBHOOK = {
    "title": "Tell the warehouse",
    "draft": False,
    "verb": "POST",
    "url": "https://warehouse.example/orders/${$order_id}",
    "headers": ["X-Shop: 1"],
    "params": [{"type": "string", "title": "Order ID", "ui": {}}],
    "enabled": True,
    "applicationIds": [],
}
# Sessions with two hats, one to return items of and one to open again.
CLOSED_SESSIONS = ("returned", "reopened")


@dataclass(frozen=True)
class Rewards:
    """Ids of a pool of giveaways, of an achievement nobody has begun, and of one to delete."""

    pool_id: int
    achievement_id: int
    doomed_achievement_id: int


@dataclass(frozen=True)
class Known:
    """Our ids of the session "early" and of the customer "mia"."""

    session_id: int
    customer_id: int


@dataclass(frozen=True)
class Furnished:
    """Ids and secrets of what is there; `staff` and `key` are what the SDK signs in with."""

    account_id: int
    application_id: int
    email: str
    password: str
    staff: str
    spare_staff: str
    key: str
    session_id: str
    attribute_id: int
    cost_id: int
    campaign_id: int
    ruleset_id: int
    code: str
    coupon_id: int
    doomed_coupon_id: int
    doomed_campaign_id: int
    plain_campaign_id: int
    plain_ruleset_id: int
    batch_campaign_id: int
    batch_id: str
    doomed_batch_id: str
    referral_id: int
    doomed_referral_id: int
    store_id: int
    doomed_store_id: int
    store_campaign_id: int
    filed_campaign_id: int
    audience_id: int
    doomed_audience_id: int
    rewards: Rewards
    known: Known
    program_id: int
    cards_program_id: int
    waiting_points: str
    catalog_id: int
    sets: Sets
    webhook_id: int


async def furnish(server: Server) -> Furnished:
    """A new shop."""
    async with real_shop(server.url, server.database_url) as shop:
        attribute = await shop.create("/v1/attributes", named("channel") | {"entity": "CustomerSession"})
        await shop.create("/v1/attributes", named("tier") | {"entity": "CustomerProfile"})
        await shop.create("/v1/attributes", named("what") | {"entity": "Event", "eventType": "liked"})
        cost = await shop.create("/v1/additional_costs", named("shipping") | {"type": "session"})
        campaign = await shop.campaign(name="Evenings", features=["coupons"])
        ruleset = await shop.rules(campaign["id"], *RULES, bindings=[TEXTILES], activate=True)
        first, second, doomed = await make_coupons(shop, campaign["id"], 3)
        plain = await shop.campaign(name="Plain", state="disabled")
        batch_campaign = await shop.campaign(name="Batch")
        batch, doomed_batch = [await make_coupons(shop, batch_campaign["id"], 2) for _ in range(2)]
        await shop.integrate("PUT", "/v2/customer_sessions/early", {"customerSession": {}})
        hats = {"cartItems": [{"sku": "hat", "quantity": 2, "price": 4}], "state": "closed"}
        for session_id in CLOSED_SESSIONS:
            await shop.integrate("PUT", f"/v2/customer_sessions/{session_id}", {"customerSession": hats})
        store_id = await open_store(shop, "mitte")
        audience, doomed_audience = [(await audience_of(shop, name))["id"] for name in ("Members", "Doomed")]
        login = await shop.create("/v1/sessions", {"email": shop.staff.email, "password": PASSWORD})
        program_id = await open_program(shop)
        return Furnished(
            account_id=shop.staff.account_id,
            application_id=shop.application_id,
            email=shop.staff.email,
            password=PASSWORD,
            staff=f"Bearer {shop.staff.token}",
            spare_staff=f"Bearer {login['token']}",
            key=shop.key,
            session_id="early",
            attribute_id=attribute["id"],
            cost_id=cost["id"],
            campaign_id=campaign["id"],
            ruleset_id=ruleset["id"],
            code=first["value"],
            coupon_id=second["id"],
            doomed_coupon_id=doomed["id"],
            doomed_campaign_id=(await shop.campaign(name="Doomed"))["id"],
            plain_campaign_id=plain["id"],
            plain_ruleset_id=(await shop.rules(plain["id"], NOTHING, activate=True))["id"],
            batch_campaign_id=batch_campaign["id"],
            batch_id=batch[0]["batchId"],
            doomed_batch_id=doomed_batch[0]["batchId"],
            referral_id=await refer(shop, batch_campaign["id"], "kay"),
            doomed_referral_id=await refer(shop, batch_campaign["id"], "leo"),
            store_id=store_id,
            doomed_store_id=await open_store(shop, "doomed"),
            store_campaign_id=await spend_in(shop, store_id),
            filed_campaign_id=(await shop.campaign(name="Filed"))["id"],
            audience_id=audience,
            doomed_audience_id=doomed_audience,
            rewards=await make_rewards(shop, batch_campaign["id"]),
            known=await look_up(shop),
            program_id=program_id,
            cards_program_id=await open_cards(shop),
            waiting_points=await make_wait(shop, program_id),
            catalog_id=await fill_catalog(shop),
            sets=await make_sets(shop),
            webhook_id=(await shop.create("/v1/webhooks", WEBHOOK))["id"],
        )


async def make_coupons(shop: Shop, campaign_id: int, count: int) -> list[dict[str, Any]]:
    """So many coupons, each good once."""
    place = f"{shop.path}/campaigns/{campaign_id}/coupons?silent=no"
    made = await shop.create(place, {"usageLimit": 1, "numberOfCoupons": count, "couponPattern": "EVENING-####"})
    coupons: list[dict[str, Any]] = made["data"]
    return coupons


async def look_up(shop: Shop) -> Known:
    """Ids that only the lists of staff tell."""
    session, customer = [
        (await shop.manage("GET", f"{shop.path}/{what}", query={"integrationId": name})).json()["data"][0]["id"]
        for what, name in (("sessions", "early"), ("customers", "mia"))
    ]
    return Known(session, customer)


async def make_rewards(shop: Shop, campaign_id: int) -> Rewards:
    """A pool, two achievements, and a customer called stamper."""
    await shop.integrate("PUT", "/v2/customer_profiles/stamper", {})
    pool = await shop.create("/v1/giveaways/pools", {"name": "Cards", "sandbox": False})
    stamps, doomed = [await achieve(shop, campaign_id, name) for name in ("Stamps", "Doomed")]
    return Rewards(pool["id"], stamps, doomed)


async def achieve(shop: Shop, campaign_id: int, name: str) -> int:
    """An achievement of ten; its id."""
    body = {"name": name, "title": f"Ten {name.lower()}", "description": "", "target": 10}
    made: int = (await shop.create(f"{shop.path}/campaigns/{campaign_id}/achievements", body))["id"]
    return made


async def refer(shop: Shop, campaign_id: int, advocate: str) -> int:
    """A referral of an advocate; its id."""
    body = {"campaignId": campaign_id, "advocateProfileIntegrationId": advocate}
    made: int = (await shop.integrate("POST", "/v1/referrals", body)).json()["id"]
    return made


async def open_store(shop: Shop, name: str) -> int:
    """A store; its id."""
    body = {"name": name, "description": "", "integrationId": name}
    made: int = (await shop.create(f"{shop.path}/stores", body))["id"]
    return made


async def fill_catalog(shop: Shop) -> int:
    """A catalog with one item; its id."""
    body = {"name": "Textiles", "description": "", "subscribedApplicationsIds": [shop.application_id]}
    catalog_id: int = (await shop.create("/v1/catalogs", body))["id"]
    actions = [{"type": "ADD", "payload": {"sku": "scarf", "price": 12}}]
    answer = await shop.integrate("PUT", f"/v1/catalogs/{catalog_id}/sync", {"actions": actions})
    assert answer.status_code == 200, answer.text
    return catalog_id


async def spend_in(shop: Shop, store_id: int) -> int:
    """A campaign linked to a store, where it may spend 50; its id."""
    campaign_id: int = (await shop.campaign(name="Opening", linkedStoreIds=[store_id]))["id"]
    body = {"action": "setDiscount", "storeLimits": [{"storeId": store_id, "limit": 50}]}
    answer = await shop.manage("POST", f"{shop.path}/campaigns/{campaign_id}/stores/budgets", body)
    assert answer.status_code == 201, answer.text
    return campaign_id


async def audience_of(shop: Shop, name: str) -> dict[str, Any]:
    """An audience with one member."""
    audience: dict[str, Any] = (await shop.integrate("POST", "/v2/audiences", {"name": name})).json()
    action = {"action": "add", "profileIntegrationId": "kim", "audienceId": audience["id"]}
    await shop.integrate("POST", "/v2/customer_audiences", {"data": [action]})
    return audience


def named(name: str) -> dict[str, Any]:
    """What attributes and costs need beside their kind."""
    return {"name": name, "title": name, "description": "", "type": "string", "suggestions": [], "editable": True}
