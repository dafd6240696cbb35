"""Items come back (returnCartItems) and sessions are opened again (reopenCustomerSession), through the front door."""

import asyncio
from typing import Any, get_args

import httpx
import pytest
import talon_one
from talon_one.models.integration_state_v2 import IntegrationStateV2
from talon_one.models.return_integration_request import ReturnIntegrationRequest

from largesse.api.shopping.sessions.wire import ReturnContent
from largesse.plumbing.database import Database, Query
from tests.support.api import Shop, integration_sdk, pointers
from tests.support.carts import add_coupon, item, profile_of, stored, told, update

pytestmark = pytest.mark.anyio

EACH_ITEM = {
    "title": "each item",
    "condition": ["and", ["couponValid"]],
    "effects": [["setDiscountPerItem", [".", "Session", "CartItems"], "each", 2], ["setDiscount", "cart", 5]],
}
EVENTS = Query("events", "SELECT type FROM events WHERE account_id = $1 AND session_integration_id = $2 ORDER BY id")
RETURNS_LEFT = Query("returns_left", "SELECT count(*) FROM returns WHERE account_id = $1")


async def give_back(
    shop: Shop, *items: dict[str, Any], session_id: str = "s", content: tuple[str, ...] = (), query: Any = None
) -> httpx.Response:
    """A return, as it is answered."""
    body = {"return": {"returnedCartItems": list(items)}, "responseContent": list(content)}
    return await shop.integrate("POST", f"/v2/customer_sessions/{session_id}/returns", body, query=query)


async def returned(shop: Shop, *items: dict[str, Any], **asked: Any) -> dict[str, Any]:
    """A return that must succeed: what it answers."""
    answer = await give_back(shop, *items, **asked)
    assert answer.status_code == 200, answer.text
    state: dict[str, Any] = answer.json()
    return state


async def reopen(shop: Shop, session_id: str = "s") -> httpx.Response:
    return await shop.integrate("PUT", f"/v2/customer_sessions/{session_id}/reopen")


async def close(shop: Shop, **said: Any) -> dict[str, Any]:
    """Close a session of ann's with three shoes at 10 and a hat at 4, with a code that discounts all of it."""
    await add_coupon(shop, "EACH", EACH_ITEM, discountLimit=100)
    cart = [item("shoe", 10, 3), item("hat", 4)]
    return await update(shop, cartItems=cart, couponCodes=["EACH"], state="closed", **({"profileId": "ann"} | said))


async def test_a_return_answers_with_all_its_parts(shop: Shop) -> None:
    await close(shop)
    state = await returned(shop, {"sku": "shoe", "quantity": 2}, content=get_args(ReturnContent))
    assert told(state) == [("rollbackDiscount", 2)] * 2
    read = IntegrationStateV2.from_dict(state)
    assert read is not None
    session, profile, event, made = read.customer_session, read.customer_profile, read.event, read.var_return
    assert session is not None
    assert profile is not None
    assert event is not None
    assert made is not None
    assert [(line.returned_quantity, line.remaining_quantity) for line in session.cart_items or []] == [(2, 1), (0, 1)]
    assert (session.state, session.total, session.cart_item_total, session.update_count) == (
        "partially_returned",
        14,
        14,
        2,
    )
    assert (profile.closed_sessions, profile.total_sales) == (1, 14)
    assert (event.type, event.id) == ("talon_session_partially_returned", made.event_id)
    assert [(line.position, line.sku, line.quantity) for line in made.returned_cart_items] == [(0, "shoe", 2)]
    assert (made.session_id, made.session_integration_id) == (session.id, "s")
    assert (made.profile_id, made.profile_integration_id) == (profile.id, "ann")
    assert (made.application_id, made.account_id, made.created_by) == (shop.application_id, shop.staff.account_id, None)
    assert [(coupon.value, coupon.discount_counter, coupon.usage_counter) for coupon in read.coupons or []] == [
        ("EACH", 9, 1)
    ]
    assert (read.previous_returns, read.triggered_campaigns) == ([], [])


async def test_a_return_answers_with_nothing_unasked(shop: Shop) -> None:
    await close(shop, profileId="")
    state = await returned(shop, {"position": 1})
    assert set(state) == {"effects", "createdCoupons", "createdReferrals", "return"}
    assert not {"profileId", "profileIntegrationId", "createdBy"} & set(state["return"])


async def test_earlier_returns_are_shown_from_then_on(shop: Shop) -> None:
    await close(shop)
    first = (await returned(shop, {"position": 0, "quantity": 1}))["return"]
    state = await returned(shop, {"sku": "hat"}, {"sku": "shoe", "quantity": 1}, content=("previousReturns",))
    second = state["return"]
    assert second["returnedCartItems"] == [
        {"position": 0, "sku": "shoe", "quantity": 1},
        {"position": 1, "sku": "hat", "quantity": 1},
    ]
    assert state["previousReturns"] == [first]
    assert first["id"] < second["id"]
    state = await update(shop, state="cancelled", content=("previousReturns",))
    assert state["previousReturns"] == [first, second]
    assert told(state) == [("rollbackCoupon", "EACH"), ("rollbackDiscount", 2), ("rollbackDiscount", 5)]
    ann = await profile_of(shop, "ann")
    assert (ann["closedSessions"], ann["totalSales"]) == (0, 0)


async def test_a_dry_return_changes_nothing(shop: Shop, database: Database) -> None:
    await close(shop)
    before = await stored(shop)
    state = await returned(shop, {"sku": "hat"}, query={"dry": "true"}, content=("customerSession", "event"))
    assert told(state) == [("rollbackDiscount", 2)]
    assert (state["customerSession"]["state"], state["customerSession"]["total"]) == ("partially_returned", 30)
    assert (state["return"]["id"], state["return"]["eventId"], state["event"]["id"]) == (0, 0, 0)
    assert await stored(shop) == before
    async with database.transaction() as db:
        assert await db.value(RETURNS_LEFT, shop.staff.account_id) == 0


AGAIN = {"runRuleEngine": "true"}
TENTH = {
    "title": "a tenth",
    "condition": ["and", [">", [".", "Session", "Total"], 100]],
    "effects": [["setDiscount", "tenth", ["*", [".", "Session", "Total"], ["/", 1, 10]]]],
}


async def test_campaigns_decide_anew_where_they_want_to(shop: Shop, database: Database) -> None:
    limits = [{"action": "setDiscount", "limit": 15, "entities": []}]
    campaign = await shop.campaign(limits=limits, reevaluateOnReturn=True)
    await shop.rules(campaign["id"], TENTH)

    async def counted() -> Any:
        found = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}")).json()
        return found["budgets"][0]["counter"]

    await update(shop, profileId="ann", cartItems=[item("shoe", 50, 3)], state="closed")
    assert await counted() == 15
    one = {"sku": "shoe", "quantity": 1}
    content = ("triggeredCampaigns", "customerProfile", "coupons")
    state = await returned(shop, one, query=AGAIN | {"dry": "true"}, content=content)
    assert told(state) == [("rollbackDiscount", 15)]
    assert (state["triggeredCampaigns"], state["customerProfile"]["totalSales"]) == ([], 100)
    assert await counted() == 15
    state = await returned(shop, one, query=AGAIN, content=content)
    assert (told(state), await counted()) == ([("rollbackDiscount", 15)], 0)
    await update(shop, "c", cartItems=[item("shoe", 30, 5)], state="closed")
    state = await returned(shop, {"sku": "shoe", "quantity": 1}, session_id="c", query=AGAIN, content=content)
    assert told(state) == [("rollbackDiscount", 15), ("setDiscount", 12)]
    assert [each["id"] for each in state["triggeredCampaigns"]] == [campaign["id"]]
    assert await counted() == 12
    # What it says is what there is to read, and what is left to cancel.
    assert told((await shop.integrate("GET", "/v2/customer_sessions/c")).json()) == [("setDiscount", 12)]
    assert told(await update(shop, "c", state="cancelled")) == [("rollbackDiscount", 12)]
    assert await counted() == 0


async def test_a_campaign_that_is_over_decides_nothing_anew(shop: Shop) -> None:
    campaign = await shop.campaign(reevaluateOnReturn=True)
    await shop.rules(campaign["id"], TENTH)
    await update(shop, cartItems=[item("shoe", 50, 3)], state="closed")
    changed = {"name": "over", "state": "disabled", "tags": [], "features": [], "limits": []}
    body = changed | {"reevaluateOnReturn": True}
    assert (await shop.manage("PUT", f"{shop.path}/campaigns/{campaign['id']}", body)).status_code == 200
    assert told(await returned(shop, {"sku": "shoe", "quantity": 2}, query=AGAIN)) == []
    assert told(await update(shop, state="cancelled")) == [("rollbackDiscount", 15)]


async def test_a_reopened_session_is_no_longer_among_the_closed(shop: Shop, database: Database) -> None:
    await close(shop)
    answer = await reopen(shop)
    assert (answer.status_code, set(answer.json())) == (200, {"effects"})
    assert told(answer.json()) == [
        ("rollbackCoupon", "EACH"),
        *[("rollbackDiscount", 2)] * 4,
        ("rollbackDiscount", 5),
    ]
    ann = await profile_of(shop, "ann")
    assert (ann["closedSessions"], ann["totalSales"]) == (0, 0)
    session = await stored(shop)
    assert (session["state"], session["updateCount"]) == ("open", 2)
    state = await update(shop, cartItems=[item("hat", 4)], state="closed")
    assert told(state) == [("acceptCoupon", "EACH"), ("setDiscountPerItem", 2), ("setDiscount", 5)]
    assert (await profile_of(shop, "ann"))["totalSales"] == 4
    async with database.transaction() as db:
        types = [row["type"] for row in await db.rows(EVENTS, shop.staff.account_id, "s")]
    assert types == ["talon_session_created", "talon_session_closed", "talon_session_reopened", "talon_session_closed"]


async def test_what_is_refused_says_where(shop: Shop) -> None:
    await update(shop, "open", cartItems=[item("hat", 4)])
    await close(shop)
    missing = [await give_back(shop, {"position": 0}, session_id="nobody"), await reopen(shop, "nobody")]
    assert [answer.status_code for answer in missing] == [404, 404]
    for answer, place in (
        (await give_back(shop, {"position": 0}, session_id="open"), "/return"),
        (await give_back(shop), "/return/returnedCartItems"),
        (await give_back(shop, *[{"position": 0}] * 1001), "/return/returnedCartItems"),
        (await give_back(shop, {"quantity": 1}), "/return/returnedCartItems/0"),
        (await give_back(shop, {"position": -1}), "/return/returnedCartItems/0/position"),
        (await give_back(shop, {"position": 10**30}), "/return/returnedCartItems/0/position"),
        (await give_back(shop, {"position": 0, "sku": "hat"}), "/return/returnedCartItems/0/sku"),
        (await give_back(shop, {"sku": ""}), "/return/returnedCartItems/0/sku"),
        (await give_back(shop, {"sku": "hat", "quantity": 2}), "/return/returnedCartItems/0/quantity"),
        (await give_back(shop, {"sku": "hat"}, content=("ruleFailureReasons",)), "/responseContent/0"),
        (await shop.integrate("POST", "/v2/customer_sessions/s/returns", {}), "/return"),
        (await reopen(shop, "open"), "customerSessionId"),
        (await reopen(shop, "x" * 1001), "customerSessionId"),
    ):
        assert (answer.status_code, pointers(answer)) == (400, [place])
    assert (await stored(shop))["state"] == "closed"


async def test_one_unit_comes_back_once(shop: Shop) -> None:
    await close(shop)
    answers = await asyncio.gather(*(give_back(shop, {"sku": "hat"}) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400]
    assert (await profile_of(shop, "ann"))["totalSales"] == 30


async def test_returns_go_with_their_application(shop: Shop, database: Database) -> None:
    await close(shop)
    await returned(shop, {"sku": "hat"})
    assert (await shop.manage("DELETE", shop.path)).status_code == 204
    async with database.transaction() as db:
        assert await db.value(RETURNS_LEFT, shop.staff.account_id) == 0


def tell_returns(api: talon_one.IntegrationApi) -> None:
    """Return a hat, as the official client does."""
    body = ReturnIntegrationRequest.from_dict({"return": {"returnedCartItems": [{"sku": "hat", "quantity": 1}]}})
    assert body is not None
    state = api.return_cart_items("s", body)
    assert [effect.effect_type for effect in state.effects] == ["rollbackDiscount"]
    assert state.var_return is not None
    assert api.reopen_customer_session("other").effects == []


async def test_the_official_client_returns_and_reopens(shop: Shop, server_url: str) -> None:
    await close(shop)
    await update(shop, "other", state="closed")
    with integration_sdk(server_url, shop.key) as api:
        await asyncio.to_thread(tell_returns, api)
