"""Staff look through sessions: getApplicationSessions and getApplicationSession."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.carts import TEN_OFF, add_coupon, item, update

pytestmark = pytest.mark.anyio

PAST, FUTURE = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


async def listed(shop: Shop, **query: Any) -> dict[str, Any]:
    """A page of sessions."""
    answer = await shop.manage("GET", f"{shop.path}/sessions", query=query)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def found(shop: Shop, **query: Any) -> list[str]:
    """The integration ids of the sessions that pass filters."""
    return [session["integrationId"] for session in (await listed(shop, **query))["data"]]


@pytest.fixture
async def busy(shop: Shop) -> Shop:
    """A shop with a closed, an open and an anonymous session, the first of which has ten off its hundred."""
    await shop.create(f"{shop.path}/stores", {"name": "Mitte", "description": "", "integrationId": "Berlin-Mitte"})
    await add_coupon(shop, "TEN-OFF", TEN_OFF)
    cart = [item("shoe", 50, 2)]
    await update(shop, "first", profileId="ann", cartItems=cart, couponCodes=["TEN-OFF", "OTHER"], state="closed")
    await update(shop, "second", profileId="bob", referralCode="FRIEND", storeIntegrationId="Berlin-Mitte")
    await update(shop, "third", profileId="", attributes={})
    return shop


async def test_a_session_is_told_with_what_was_entered_and_saved(busy: Shop) -> None:
    (listed_alone,) = (await listed(busy, integrationId="first"))["data"]
    answer = await busy.manage("GET", f"{busy.path}/sessions/{listed_alone['id']}")
    assert answer.status_code == 200
    told = answer.json()
    assert told == listed_alone
    expected = {
        "integrationId": "first",
        "applicationId": busy.application_id,
        "profileintegrationid": "ann",
        "coupon": "TEN-OFF,OTHER",
        "referral": "",
        "state": "closed",
        "discounts": {},
        "totalDiscounts": 10,
        "total": 100,
        "attributes": {},
    }
    assert told.items() >= expected.items()
    assert [(each["sku"], each["quantity"]) for each in told["cartItems"]] == [("shoe", 2)]
    customer = await busy.manage("GET", f"/v1/customers/{told['profileId']}")
    assert customer.json()["integrationId"] == "ann"


async def test_several_sessions_are_told_without_discounts_and_in_pages(busy: Shop) -> None:
    everything = await listed(busy)
    assert [each["integrationId"] for each in everything["data"]] == ["first", "second", "third"]
    assert {each["totalDiscounts"] for each in everything["data"]} == {0} and everything["hasMore"] is False
    assert "profileId" not in everything["data"][2] and "profileintegrationid" not in everything["data"][2]
    newest = await listed(busy, sort="-created", pageSize=2)
    assert ([each["integrationId"] for each in newest["data"]], newest["hasMore"]) == (["third", "second"], True)
    assert await found(busy, sort="-integrationId", skip=1) == ["second", "first"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"profile": "ann"}, ["first"]),
        ({"profile": "AN"}, []),
        ({"state": "open"}, ["second", "third"]),
        ({"state": "cancelled"}, []),
        ({"createdBefore": PAST}, []),
        ({"createdBefore": FUTURE, "createdAfter": PAST}, ["first", "second", "third"]),
        ({"createdAfter": FUTURE}, []),
        ({"coupon": "OTHER"}, ["first"]),
        ({"coupon": "TEN"}, []),
        ({"coupon": "ten", "partialMatch": "true"}, ["first"]),
        ({"coupon": "te", "partialMatch": "true"}, []),
        ({"referral": "FRIEND"}, ["second"]),
        ({"referral": "rien", "partialMatch": "true"}, ["second"]),
        ({"integrationId": "IRS", "partialMatch": "true"}, ["first"]),
        ({"profile": "bob", "partialMatch": "true"}, ["second"]),
        ({"storeIntegrationId": "Berlin-Mitte"}, ["second"]),
        ({"storeIntegrationId": "mitte", "partialMatch": "true"}, ["second"]),
        ({"storeIntegrationId": "mitte"}, []),
        ({"profile": "ann", "state": "open"}, []),
        ({"profile": ""}, ["first", "second", "third"]),
    ],
    ids=str,
)
async def test_filters(busy: Shop, query: dict[str, str], names: list[str]) -> None:
    assert await found(busy, **query) == names


async def test_refused(busy: Shop, other_shop: Shop) -> None:
    for query, where in (({"state": "lost"}, "state"), ({"sort": "total"}, "sort"), ({"pageSize": 1_001}, "pageSize")):
        answer = await busy.manage("GET", f"{busy.path}/sessions", query=query)
        assert (answer.status_code, pointers(answer)) == (400, [where])
    session_id = (await listed(busy, integrationId="first"))["data"][0]["id"]
    for asking, path in (
        (busy, f"{busy.path}/sessions/{10**12}"),
        (other_shop, f"{other_shop.path}/sessions/{session_id}"),
        (other_shop, f"{busy.path}/sessions/{session_id}"),
        (other_shop, f"{busy.path}/sessions"),
    ):
        assert (await asking.manage("GET", path)).status_code == 404
    assert await found(other_shop) == []
