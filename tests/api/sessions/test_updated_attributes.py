"""Attributes that rules set, as they are stored: of an advocate and a referral, of the lines of a cart."""

import pytest

from tests.support.api import Shop
from tests.support.carts import profile_of, update

pytestmark = pytest.mark.anyio


async def test_what_rules_set_of_an_advocate_is_stored(shop: Shop) -> None:
    friends = {"name": "friends", "title": "friends", "type": "number", "description": "", "suggestions": []}
    for entity in ("CustomerProfile", "Referral"):
        await shop.create("/v1/attributes", friends | {"entity": entity, "editable": True})
    campaign = await shop.campaign()
    credit = [
        ["updateAttribute", f"{who}.Attributes.friends", "increaseBy", 1] for who in ("AdvocateProfile", "Referral")
    ]
    await shop.rules(campaign["id"], {"title": "r", "condition": ["and", ["referralValid"]], "effects": credit})
    body = {"campaignId": campaign["id"], "advocateProfileIntegrationId": "ann", "usageLimit": 0}
    referral = (await shop.integrate("POST", "/v1/referrals", body)).json()
    await update(shop, "hers", profileId="ann")
    for friend in ("bob", "cec"):
        state = await update(
            shop, friend, profileId=friend, referralCode=referral["code"], content=("customerProfile",)
        )
        assert state["customerProfile"]["integrationId"] == friend
    assert (await profile_of(shop, "ann"))["attributes"] == {"friends": 2}
    found = await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}/referrals/no_total")
    assert [each["attributes"] for each in found.json()["data"]] == [{"friends": 2}]


async def test_what_rules_set_of_items_is_stored_with_the_session(shop: Shop) -> None:
    mark = {"name": "mark", "title": "mark", "type": "string", "description": "", "suggestions": [], "editable": True}
    await shop.create("/v1/attributes", mark | {"entity": "CartItem"})
    campaign = await shop.campaign()
    items = [".", "Session", "CartItems"]
    update_items = ["updateItemAttribute", items, "mark", "setTo", [["Item"], [".", "Item", "SKU"]]]
    await shop.rules(campaign["id"], {"title": "r", "condition": ["and"], "effects": [update_items]})
    lines = [{"sku": sku, "price": 5, "quantity": 2} for sku in "ab"]
    state = await update(shop, cartItems=lines)
    assert [effect["props"] for effect in state["effects"]] == [
        {"path": f"Session.CartItems[{position}].Attributes.mark", "value": sku} for position, sku in enumerate("ab")
    ]
    stored = (await shop.integrate("GET", "/v2/customer_sessions/s")).json()["customerSession"]["cartItems"]
    assert [line["attributes"] for line in stored] == [{"mark": "a"}, {"mark": "b"}]
