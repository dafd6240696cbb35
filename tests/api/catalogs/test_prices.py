"""Prices of catalog items by type and time: syncCatalog with ADD_PRICE_ADJUSTMENT, and our own createPriceType,
getPriceTypes and updatePriceType."""

from datetime import timedelta
from typing import Any

import pytest

from largesse.plumbing import clock
from tests.api.catalogs.test_catalogs import opened, sync
from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

REFERENCE = "68851723-e6fa-488f-ace9-112581e6c19b"


def member(price: Any, **settings: Any) -> dict[str, Any]:
    """A price for members."""
    return {"priceType": "member", "price": price, "referenceId": REFERENCE} | settings


async def furnished(shop: Shop, **settings: Any) -> str:
    """The path of a catalog with one item at 100, and a type of prices called member."""
    path = await opened(shop)
    await sync(shop, path, "ADD", {"sku": "boot", "price": 100})
    await shop.create("/v1/price_types", {"name": "member", "title": "Members"} | settings)
    return path


async def adjust(shop: Shop, path: str, *adjustments: dict[str, Any]) -> Any:
    """The answer to other prices of the item."""
    return await sync(shop, path, "ADD_PRICE_ADJUSTMENT", {"sku": "boot", "adjustments": list(adjustments)})


async def item(shop: Shop, **session: Any) -> dict[str, Any]:
    """The item in a cart that leaves its price to the catalog."""
    cart = {"cartItems": [{"sku": "boot", "quantity": 1}]} | session
    body = {"customerSession": cart, "responseContent": ["customerSession"]}
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s1", body)
    assert answer.status_code == 200, answer.text
    (found,) = answer.json()["customerSession"]["cartItems"]
    only: dict[str, Any] = found
    return only


async def test_a_price_type_is_created_listed_and_changed(shop: Shop) -> None:
    sent = {"name": "member", "title": "Members", "description": "Of the club"}
    made = await shop.manage("POST", "/v1/price_types", sent)
    assert made.status_code == 201
    price_type = made.json()
    assert price_type.items() >= (sent | {"targetedAudiencesIds": [], "subscribedCatalogsIds": []}).items()
    again = await shop.manage("POST", "/v1/price_types", sent)
    assert (again.status_code, pointers(again)) == (409, ["/name"])
    one = f"/v1/price_types/{price_type['id']}"
    changed = (await shop.manage("PUT", one, sent | {"title": "Club"})).json()
    assert (changed["title"], changed["name"]) == ("Club", "member")
    assert (await shop.manage("GET", "/v1/price_types")).json()["data"] == [changed]
    assert (await shop.manage("PUT", "/v1/price_types/0", sent)).status_code == 404
    for change, pointer in (
        ({"name": "base"}, "/name"),
        ({"name": "1st"}, "/name"),
        ({"targetedAudiencesIds": [0]}, "/targetedAudiencesIds/0"),
        ({"subscribedCatalogsIds": [0]}, "/subscribedCatalogsIds/0"),
    ):
        refused = await shop.manage("POST", "/v1/price_types", sent | {"name": "other"} | change)
        assert (refused.status_code, pointers(refused)) == (400, [pointer])


async def test_the_lowest_price_is_taken_and_told(shop: Shop) -> None:
    path = await furnished(shop)
    campaign = await shop.campaign()
    half = ["setDiscountPerItem", [".", "Session", "CartItems"], "half", [["Item"], ["/", [".", "Item", "Price"], 2]]]
    await shop.rules(campaign["id"], {"title": "r", "condition": ["and"], "effects": [half]}, activate=True)
    assert "selectedPriceType" not in await item(shop)

    synced = await adjust(shop, path, member(90, contextId="summer"))
    assert (synced.status_code, synced.json()["version"]) == (200, 3)
    found = await item(shop)
    assert (found["price"], found["selectedPriceType"], found["adjustmentReferenceId"]) == (90, "member", REFERENCE)
    assert found["prices"] == {
        "base": {"price": 100},
        "member": {"price": 90, "adjustmentContextId": "summer", "adjustmentReferenceId": REFERENCE},
    }
    stored = (await shop.integrate("GET", "/v2/customer_sessions/s1")).json()
    (effect,) = stored["effects"]
    told = (effect["props"]["value"], effect["selectedPriceType"], effect["selectedPrice"])
    assert (told, effect["adjustmentReferenceId"]) == ((45, "member", 90), REFERENCE)
    assert stored["customerSession"]["cartItems"][0]["prices"] == found["prices"]

    sent = await item(shop, cartItems=[{"sku": "boot", "quantity": 1, "price": 95}])
    assert (sent["price"], "selectedPriceType" in sent, "prices" in sent) == (95, False, False)
    await adjust(shop, path, member(110))
    assert (await item(shop))["selectedPriceType"] == "base"
    await adjust(shop, path, member(None))
    assert "prices" not in await item(shop)


async def test_prices_hold_for_their_time_and_the_last_one_calculated_wins(shop: Shop) -> None:
    path = await furnished(shop)
    now = clock.now()

    def at(hours: int) -> str:
        return (now + timedelta(hours=hours)).isoformat()

    await adjust(shop, path, member(80, effectiveUntil=at(-1)), member(70, effectiveFrom=at(1)))
    assert (await item(shop))["price"] == 100
    await adjust(shop, path, member(85, effectiveFrom=at(-1), effectiveUntil=at(1), calculatedAt=at(-1)))
    assert (await item(shop))["price"] == 85
    await adjust(shop, path, member(60, calculatedAt=at(-2)))
    assert (await item(shop))["price"] == 85
    await adjust(shop, path, member(95))
    assert (await item(shop))["price"] == 95


async def test_prices_for_an_audience_are_for_its_members(shop: Shop) -> None:
    made = await shop.integrate("POST", "/v2/audiences", {"name": "Club"})
    audience_id = made.json()["id"]
    path = await furnished(shop, targetedAudiencesIds=[audience_id])
    await adjust(shop, path, member(90))
    joins = {"attributes": {}, "audiencesChanges": {"adds": [audience_id], "deletes": []}}
    assert (await shop.integrate("PUT", "/v2/customer_profiles/ann", joins)).status_code == 200
    assert (await item(shop))["price"] == 100
    assert (await item(shop, profileId="bob"))["price"] == 100
    assert (await item(shop, profileId="ann"))["price"] == 90
    assert (await item(shop))["price"] == 90
    assert (await item(shop, profileId=""))["price"] == 100


async def test_an_item_with_a_price_for_nobody_else_needs_one(shop: Shop) -> None:
    path = await furnished(shop)
    await sync(shop, path, "ADD", {"sku": "sock"})
    cart = {"customerSession": {"cartItems": [{"sku": "sock", "quantity": 1}]}}
    refused = await shop.integrate("PUT", "/v2/customer_sessions/s2", cart)
    assert pointers(refused) == ["/customerSession/cartItems/0/price"]
    await sync(shop, path, "ADD_PRICE_ADJUSTMENT", {"sku": "sock", "adjustments": [member(5)]})
    assert (await shop.integrate("PUT", "/v2/customer_sessions/s2", cart)).status_code == 200


async def test_a_wrong_adjustment_is_refused(shop: Shop) -> None:
    path = await furnished(shop)
    other = await shop.create("/v1/catalogs", {"name": "Other", "description": ""})
    elsewhere = {"name": "elsewhere", "title": "E", "subscribedCatalogsIds": [other["id"]]}
    await shop.create("/v1/price_types", elsewhere)
    dates = {"effectiveFrom": "2026-01-02T00:00:00Z", "effectiveUntil": "2026-01-01T00:00:00Z"}
    wrong = [member(-1), member(1, priceType="guest"), member(1, priceType="elsewhere"), member(1, **dates)]
    answer = await adjust(shop, path, *wrong)
    places = ["0/price", "1/priceType", "2/priceType", "3/effectiveUntil"]
    assert (answer.status_code, pointers(answer)) == (
        400,
        [f"/actions/0/payload/adjustments/{each}" for each in places],
    )
    for count, status in ((0, 400), (100, 200), (101, 400)):
        assert (await adjust(shop, path, *[member(1)] * count)).status_code == status
    nowhere = await sync(shop, path, "ADD_PRICE_ADJUSTMENT", {"sku": "none", "adjustments": [member(1)]})
    assert (nowhere.status_code, pointers(nowhere)) == (400, ["/actions/0/payload/sku"])
