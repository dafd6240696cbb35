"""Values that are restricted: to suggestions, and to allowed lists that come in files by importAllowedList."""

from typing import Any

import httpx
import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

BASE: dict[str, Any] = {"type": "string", "description": "", "suggestions": [], "editable": True}


async def restricted(shop: Shop, entity: str, kind: str = "string", **settings: Any) -> int:
    """An attribute called `size` with suggestions only, or with an allowed list; its id."""
    body = BASE | {"entity": entity, "name": "size", "title": "size", "type": kind, "restrictedBySuggestions": True}
    attribute_id: int = (await shop.create("/v1/attributes", body | settings))["id"]
    return attribute_id


async def send(shop: Shop, attribute_id: int, content: str) -> httpx.Response:
    """The answer to importAllowedList."""
    headers = {"Authorization": f"Bearer {shop.staff.token}"}
    path = f"/v1/attributes/{attribute_id}/allowed_list/import"
    return await shop.client.post(path, files={"upFile": ("list.csv", content.encode())}, headers=headers)


async def put(shop: Shop, **session: Any) -> httpx.Response:
    """The answer to an update of a session."""
    return await shop.integrate("PUT", "/v2/customer_sessions/s1", {"customerSession": session})


async def test_a_file_says_which_values_a_session_may_have(shop: Shop) -> None:
    attribute_id = await restricted(shop, "CustomerSession", suggestions=["XS"])
    assert (await put(shop, attributes={"size": "S"})).status_code == 400
    made = await send(shop, attribute_id, "item\nS\nM\nS\n")
    assert (made.status_code, made.json()["amount"], made.json()["entity"]) == (200, 2, "AttributeAllowedList")
    assert (await shop.manage("GET", f"/v1/attributes/{attribute_id}")).json()["hasAllowedList"] is True
    for value, status in (("S", 200), ("M", 200), ("XS", 200), ("s", 400), ("L", 400), ("", 400), (None, 200)):
        answer = await put(shop, attributes={"size": value})
        assert answer.status_code == status, value
        assert status == 200 or pointers(answer) == ["/customerSession/attributes/size"]

    assert (await send(shop, attribute_id, "item\nL\n")).json()["amount"] == 1
    assert (await put(shop, attributes={"size": "L"})).status_code == 200
    assert (await put(shop, attributes={"size": "S"})).status_code == 400


async def test_an_attribute_that_is_not_restricted_takes_any_value(shop: Shop) -> None:
    attribute_id = await restricted(shop, "CustomerSession", restrictedBySuggestions=False)
    assert (await send(shop, attribute_id, "item\nS\n")).status_code == 200
    assert (await put(shop, attributes={"size": "anything"})).status_code == 200


@pytest.mark.parametrize(
    ("kind", "content", "allowed", "refused"),
    [
        ("number", "1\n2.50\n", [1, 1.0, 2.5], [2, 2.51]),
        ("(list string)", "a\nb\n", [["a"], ["a", "b"], []], [["a", "c"], ["A"]]),
        ("(list number)", "1\n2\n", [[1, 2.0], []], [[3], [1, 3]]),
        ("string", '"a,b"\n" c "\n', ["a,b", "c"], ["a", "b"]),
    ],
)
async def test_values_of_every_type_that_can_be_listed(
    shop: Shop, kind: str, content: str, allowed: list[Any], refused: list[Any]
) -> None:
    attribute_id = await restricted(shop, "CartItem", kind)
    assert (await send(shop, attribute_id, f"item\n{content}")).status_code == 200
    for value in [*allowed, *refused]:
        item = {"sku": "a", "quantity": 1, "price": 1, "attributes": {"size": value}}
        answer = await put(shop, cartItems=[item | {"attributes": {}}, item])
        assert answer.status_code == (200 if value in allowed else 400), value
        assert value in allowed or pointers(answer) == ["/customerSession/cartItems/1/attributes/size"]


async def test_lists_hold_for_all_that_has_attributes(shop: Shop) -> None:
    for entity in ("CustomerProfile", "Coupon", "Campaign", "Store", "CartItem", "Referral", "Application"):
        await send(shop, await restricted(shop, entity), "item\nS\n")
    await send(shop, await restricted(shop, "Event", eventType="liked"), "item\nS\n")
    campaign_id = (await shop.campaign())["id"]
    catalog = await shop.create(
        "/v1/catalogs", {"name": "C", "description": "", "subscribedApplicationsIds": [shop.application_id]}
    )
    for value, is_fine in (("S", True), ("M", False)):
        attributes = {"attributes": {"size": value}}
        campaign = {"name": "C", "state": "enabled", "tags": [], "features": [], "limits": []}
        place = f"{shop.path}/campaigns/{campaign_id}/coupons"
        store = {"name": "s", "description": "", "integrationId": "s"}
        item = {"actions": [{"type": "ADD", "payload": {"sku": "a"} | attributes}]}
        application = {"name": "Shop", "timezone": "Europe/Berlin", "currency": "EUR"}
        referral = {"campaignId": campaign_id, "advocateProfileIntegrationId": "ann"}
        answers = [
            await shop.integrate("PUT", "/v2/customer_profiles/ann", attributes),
            await shop.manage("POST", place, {"usageLimit": 1, "numberOfCoupons": 1} | attributes),
            await shop.manage("POST", f"{shop.path}/campaigns", campaign | attributes),
            await shop.manage("POST", f"{shop.path}/campaigns", campaign | {"couponAttributes": {"size": value}}),
            await shop.manage("POST", f"{shop.path}/stores", store | attributes),
            await shop.integrate("PUT", f"/v1/catalogs/{catalog['id']}/sync", item),
            await shop.integrate("POST", "/v1/referrals", referral | attributes),
            await shop.manage("PUT", shop.path, application | attributes),
            await shop.integrate("POST", "/v2/events", {"profileId": "ann", "type": "liked"} | attributes),
            await shop.integrate(
                "PUT", "/v2/customer_profiles", {"customerProfiles": [{"integrationId": "ann"} | attributes]}
            ),
        ]
        assert [answer.status_code < 300 for answer in answers] == [is_fine] * len(answers), [a.text for a in answers]
        assert is_fine or all(pointers(answer)[0].endswith("ttributes/size") for answer in answers)


async def test_a_wrong_file_leaves_the_list_as_it_was(shop: Shop) -> None:
    attribute_id = await restricted(shop, "CustomerSession")
    await send(shop, attribute_id, "item\nS\n")
    answer = await send(shop, attribute_id, f'item\nM\n""\n{"x" * 1001}\n')
    places = [(error["title"], error["source"]["line"]) for error in answer.json()["errors"]]
    assert (answer.status_code, places) == (400, [("Required", "3"), ("Too long", "4")])
    for content in ("size\nM\n", "item,other\nM,1\n", "item\n"):
        assert (await send(shop, attribute_id, content)).status_code == 400
    assert (await put(shop, attributes={"size": "S"})).status_code == 200
    assert (await send(shop, 0, "item\nM\n")).status_code == 404
    number = await restricted(shop, "CartItem", "number")
    assert (await send(shop, number, "item\none\n")).status_code == 400
    place = await restricted(shop, "Store", "location")
    assert (await send(shop, place, "item\none\n")).status_code == 400


# An attribute's type: values that are of it, and values that are not.
TYPES: dict[str, tuple[list[Any], list[Any]]] = {
    "string": (["", "x", "1"], [1, True, ["x"], {"a": 1}]),
    "number": ([0, -1.5, 1e3], ["1", True, [1], {}]),
    "boolean": ([True, False], ["true", 0, [True]]),
    "time": (["2026-01-01T00:00:00Z", "2026-01-01T00:00:00+02:00"], ["2026-01-01T00:00:00", "today", 0, True]),
    "(list string)": ([[], ["x", ""]], ["x", [1], ["x", None], {}]),
    "(list number)": ([[], [1, 2.5]], [1, ["1"], [True]]),
    "(list time)": ([[], ["2026-01-01T00:00:00Z"]], ["2026-01-01T00:00:00Z", ["today"]]),
    "location": ([{"lat": 1, "lon": 2.5}, [1, 2]], [{"lat": 1}, [1], [1, 2, 3], {"lat": "1", "lon": 2}, "1,2"]),
    "(list location)": ([[], [{"lat": 1, "lon": 2}], [[1, 2]]], [{"lat": 1, "lon": 2}, [1, 2], [{"lat": 1}]]),
}


@pytest.mark.parametrize("kind", TYPES)
async def test_values_must_be_of_the_type_and_names_in_their_own_case(shop: Shop, kind: str) -> None:
    await restricted(shop, "CustomerSession", kind, restrictedBySuggestions=False)
    right, wrong = TYPES[kind]
    for value in right:
        answer = await put(shop, attributes={"size": value})
        assert answer.status_code == 200, (value, answer.text)
    for value in wrong:
        answer = await put(shop, attributes={"size": value})
        titles = [error["title"] for error in answer.json()["errors"]]
        assert (answer.status_code, titles, pointers(answer)) == (
            400,
            ["Invalid type"],
            ["/customerSession/attributes/size"],
        ), value
    for name in ("Size", "SIZE", "size "):
        answer = await put(shop, attributes={name: right[0]})
        assert [error["title"] for error in answer.json()["errors"]] == ["Unknown"]


async def test_mandatory_attributes_of_coupons_and_campaigns(shop: Shop) -> None:
    for entity in ("Coupon", "Campaign"):
        await restricted(shop, entity, restrictedBySuggestions=False)
    application = {"name": "Shop", "timezone": "Europe/Berlin", "currency": "EUR"}
    mandatory = {"attributesSettings": {"mandatory": {"coupons": ["size"], "campaigns": ["size"]}}}
    campaign = await shop.campaign()
    assert (await shop.manage("PUT", shop.path, application | mandatory)).status_code == 200

    settings = {"name": "C", "state": "enabled", "tags": [], "features": [], "limits": []}
    one = f"{shop.path}/campaigns/{campaign['id']}"
    coupons = {"usageLimit": 1, "numberOfCoupons": 1}
    made = await shop.manage("POST", f"{one}/coupons?silent=no", coupons | {"attributes": {"size": "S"}})
    (coupon,) = made.json()["data"]
    for method, path, body, status in (
        ("POST", f"{shop.path}/campaigns", settings, 201),
        ("PUT", one, settings, 200),
        ("POST", f"{one}/coupons?silent=no", coupons, 200),
        ("PUT", f"{one}/coupons/{coupon['id']}", {}, 200),
    ):
        for attributes, is_fine in (({"size": "S"}, True), ({"size": None}, False)):
            answer = await shop.manage(method, path, body | {"attributes": attributes})
            assert answer.status_code == (status if is_fine else 400), (method, path, attributes, answer.text)
            assert is_fine or pointers(answer) == ["/attributes/size"]
