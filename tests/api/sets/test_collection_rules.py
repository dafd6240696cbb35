"""Rules that compare with collections: of texts at hand, and of texts that they come up with."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.files import upload

pytestmark = pytest.mark.anyio


async def filled(shop: Shop, path: str, name: str, *items: str, **settings: Any) -> dict[str, Any]:
    """A collection with these items."""
    made = await shop.create(path, {"name": name} | settings)
    await upload(shop, f"{path}/{made['id']}/import", "\n".join(["item", *items]))
    return made


async def shown(shop: Shop, **session: Any) -> list[str]:
    """The titles of the messages that a session gets."""
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": session})
    assert answer.status_code == 200, answer.text
    return [effect["props"]["title"] for effect in answer.json()["effects"]]


def tells(title: str, condition: Any) -> dict[str, Any]:
    """A rule that shows a message."""
    return {"title": title, "condition": ["and", condition], "effects": [["showNotification", "Info", title]]}


ITEMS = [".", "Session", "CartItems"]
PROFILE = [".", "Profile", "IntegrationId"]
MADE_UP = ["concat", "ANN-", [".", "x", "SKU"]]


async def test_texts_of_the_session_the_profile_and_of_nobody(shop: Shop) -> None:
    usable = {"subscribedApplicationsIds": [shop.application_id]}
    made = await filled(shop, "/v1/collections", "Things", "boot", "ann", "ANN-boot", "7", **usable)
    campaign = await shop.campaign()
    await shop.rules(
        campaign["id"],
        tells("a sku", ["exists", ITEMS, [["Item"], ["inCollection", [".", "Item", "SKU"], made["id"]]]]),
        tells("another sku", ["every", ITEMS, [["Item"], ["inCollection", [".", "Item", "SKU"], made["id"]]]]),
        tells("a customer", ["inCollection", PROFILE, "Things"]),
        tells("made up", ["do", ["item", ITEMS, 0], [["x"], ["inCollection", MADE_UP, "Things"]]]),
        tells("a number", ["inCollection", ["+", 3, 4], "Things"]),
        tells("not a number", ["not", ["inCollection", ["+", 3, 5], "Things"]]),
    )
    items = [{"sku": sku, "quantity": 1, "price": 1} for sku in ("boot", "hat")]
    assert await shown(shop, cartItems=items) == ["a sku", "made up", "a number", "not a number"]
    told = await shown(shop, cartItems=items[:1], profileId="ann")
    assert told == ["a sku", "another sku", "a customer", "made up", "a number", "not a number"]
    await upload(shop, f"/v1/collections/{made['id']}/import", "item\nhat\n")
    assert await shown(shop, cartItems=items) == ["a sku", "not a number"]


async def test_a_campaign_has_collections_of_its_own(shop: Shop) -> None:
    usable = {"subscribedApplicationsIds": [shop.application_id]}
    await filled(shop, "/v1/collections", "Things", "hat", **usable)
    theirs, mine = await shop.campaign(), await shop.campaign()
    path = f"{shop.path}/campaigns/{mine['id']}/collections"
    await filled(shop, path, "Things", "boot")
    for campaign, title in ((theirs, "theirs"), (mine, "mine")):
        rule = tells(title, ["exists", ITEMS, [["Item"], ["inCollection", [".", "Item", "SKU"], "Things"]]])
        await shop.rules(campaign["id"], rule)
    assert await shown(shop, cartItems=[{"sku": "boot", "quantity": 1, "price": 1}]) == ["mine"]
    assert await shown(shop, cartItems=[{"sku": "hat", "quantity": 1, "price": 1}]) == ["theirs"]


async def test_items_that_come_back_are_compared_again(shop: Shop) -> None:
    usable = {"subscribedApplicationsIds": [shop.application_id]}
    await filled(shop, "/v1/collections", "Things", "x-boot", **usable)
    campaign = await shop.campaign(reevaluateOnReturn=True)
    made_up = [["Item"], ["inCollection", ["concat", "x-", [".", "Item", "SKU"]], "Things"]]
    off = ["setDiscount", "x", ["count", ["filter", ITEMS, made_up]]]
    await shop.rules(campaign["id"], {"title": "r", "condition": ["and"], "effects": [off]})
    items = [{"sku": sku, "quantity": 2, "price": 9} for sku in ("boot", "hat")]
    session = {"cartItems": items, "state": "closed"}
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": session})
    assert [effect["props"]["value"] for effect in answer.json()["effects"]] == [2]
    body = {"return": {"returnedCartItems": [{"position": 0, "quantity": 1}]}}
    answer = await shop.integrate("POST", "/v2/customer_sessions/s/returns?runRuleEngine=true", body)
    assert [(each["effectType"], each["props"]["value"]) for each in answer.json()["effects"]] == [
        ("rollbackDiscount", 2),
        ("setDiscount", 1),
    ]


async def test_only_collections_that_can_be_used_may_be_named(shop: Shop) -> None:
    hidden = await shop.create("/v1/collections", {"name": "Hidden"})
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets"
    for named in (hidden["id"], "Hidden", 987_654, ["+", 1, 1.5]):
        rule = tells("r", ["inCollection", PROFILE, named])
        refused = await shop.manage("POST", path, {"rules": [rule], "bindings": []})
        assert (refused.status_code, pointers(refused)) == (400, ["/rules/0/condition/1"]), refused.text


async def test_a_collection_that_is_gone_holds_nothing(shop: Shop) -> None:
    usable = {"subscribedApplicationsIds": [shop.application_id]}
    made = await filled(shop, "/v1/collections", "Things", "ann", **usable)
    campaign = await shop.campaign()
    await shop.rules(campaign["id"], tells("in", ["inCollection", PROFILE, "Things"]))
    assert await shown(shop, profileId="ann") == ["in"]
    await shop.manage("DELETE", f"/v1/collections/{made['id']}")
    assert await shown(shop, profileId="ann") == []
