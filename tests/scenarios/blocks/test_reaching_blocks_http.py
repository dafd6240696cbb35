"""Blocks that reach beyond the cart, over HTTP: points, friends, codes that are made or put aside, webhooks. With them
every type of block there is has been run over HTTP."""

from pathlib import Path
from typing import Any, get_args

import pytest

from largesse.engine.formats.structured.blocks import PromotionBlock
from largesse.plumbing.database import Database
from tests.support.api import Shop, open_door, open_shop
from tests.support.blocks import Plain, numbered
from tests.support.effect_props import check_props
from tests.support.loyalty import open_cards, open_program

pytestmark = pytest.mark.anyio

WEBHOOK = {
    "title": "Tell the warehouse",
    "verb": "POST",
    "url": "https://warehouse.example/told",
    "headers": [],
    "payload": "{}",
    "params": [],
    "enabled": True,
    "draft": False,
    "applicationIds": [],
}


def shown(title: str) -> Plain:
    """A message."""
    return {"type": "showNotification", "notificationType": "Info", "title": title}


def passed(*expression: Any) -> Plain:
    """A condition without a block of its own."""
    return {"type": "passthrough", "expression": [*expression]}


async def open_everything(shop: Shop) -> tuple[int, dict[str, list[Plain]]]:
    """A campaign with a coupon and a referral, and rules in blocks by title, with ids of what there is."""
    campaign_id: int = (await shop.campaign(features=["coupons", "referrals"]))["id"]
    place = f"{shop.path}/campaigns/{campaign_id}"
    await shop.create(f"{place}/coupons?silent=no", {"usageLimit": 0, "numberOfCoupons": 1, "couponPattern": "SPRING"})
    friends = {"campaignId": campaign_id, "advocateProfileIntegrationIds": ["ann"], "referralPattern": "OF-ANN"}
    made = await shop.integrate("POST", "/v1/referrals_for_multiple_advocates", friends | {"usageLimit": 1})
    assert made.is_success, made.text
    cards = await open_cards(shop)
    stars = {"id": await open_program(shop), "name": "stars", "title": "Stars"}
    webhook = await shop.create("/v1/webhooks", WEBHOOK)
    points = {"type": "checkLoyaltyBalance", "program": stars, "subledger": "", "balance": "current"}
    rules: dict[str, list[Plain]] = {
        "points": [points | {"operator": "greaterThanOrEqual", "value": 100}, shown("points")],
        "not so many": [points | {"operator": "greaterThan", "value": 100}, shown("too many")],
        "card": [passed("loyaltyCardValid"), passed("loyaltyCardValid", cards), shown("card")],
        "not registered": [passed("loyaltyCardRegistered"), shown("registered")],
        "friend": [{"type": "checkReferral", "redeem": True}, shown("friend")],
        "friend, kept": [{"type": "checkReferral", "redeem": False}, shown("friend, kept")],
        "codes": [
            {
                "type": "createCoupon",
                "campaignId": campaign_id,
                "recipientId": "{{$Profile.IntegrationId}}",
                "storeInSession": False,
                "pattern": "NEXT-########",
            },
            {
                "type": "createReferral",
                "campaignId": "{{$Campaign.Id}}",
                "friendId": "",
                "storeInSession": False,
                "pattern": "PASS-########",
            },
        ],
        "put aside": [{"type": "checkCoupon", "redeem": False}, {"type": "reserveCoupon"}],
        "told": [{"type": "triggerWebhook", "webhook": {"id": webhook["id"], "title": WEBHOOK["title"]}}],
    }
    return campaign_id, rules


async def test_what_reaches_beyond_the_cart(database: Database, database_url: str) -> None:
    async with open_door(database_url) as client:
        shop = await open_shop(client, database)
        campaign_id, rules = await open_everything(shop)
        path = f"{shop.path}/campaigns/{campaign_id}/rulesets".replace("/v1/", "/v2/")
        written = [{"title": title, "blocks": numbered(blocks)} for title, blocks in rules.items()]
        ruleset = await shop.create(path, {"promotionRules": written})
        session = {"profileId": "mia", "couponCodes": ["SPRING"], "referralCode": "OF-ANN", "state": "closed"}
        session |= {"loyaltyCards": ["HERS-1"]}
        answer = await shop.integrate("PUT", "/v2/customer_sessions/one", {"customerSession": session})
        assert answer.status_code == 200, answer.text
        state = answer.json()
        for effect in state["effects"]:
            check_props(effect)
        assert [told(effect) for effect in state["effects"] if effect["effectType"] != "rejectCoupon"] == [
            "points",
            "card",
            "acceptReferral",
            "friend",
            "friend, kept",
            "couponCreated",
            "referralCreated",
            "reserveCoupon",
            "triggerWebhook",
        ]
        assert [each["value"][:5] for each in state["createdCoupons"]] == ["NEXT-"]
        assert [each["code"][:5] for each in state["createdReferrals"]] == ["PASS-"]
        read = (await shop.manage("GET", f"{path}/{ruleset['id']}")).json()
        assert [rule["title"] for rule in read["promotionRules"]] == list(rules)


def told(effect: dict[str, Any]) -> str:
    """The title of a message, the type of any other effect."""
    title: str = effect["props"].get("title", effect["effectType"])
    return title


def test_every_type_of_block_is_run_over_http() -> None:
    texts = "\n".join(file.read_text() for file in Path(__file__).parent.glob("test_*blocks_http.py"))
    types = {str(shape.__struct_config__.tag) for shape in get_args(PromotionBlock)}
    assert len(types) == 22
    assert sorted(tag for tag in types if f'"type": "{tag}"' not in texts) == []
