"""What closing uses up, cancelling gives back, and a profile remembers."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.api import FAR_FUTURE, Shop
from tests.support.carts import TEN_OFF, add_coupon, item, profile_of, put_session, stored, told, update

pytestmark = pytest.mark.anyio

ACCEPTED = [("acceptCoupon", "TEN-OFF"), ("setDiscount", 10)]
ROLLED_BACK = [("rollbackCoupon", "TEN-OFF"), ("rollbackDiscount", 10)]


async def coupon_of(shop: Shop, code: str) -> dict[str, Any]:
    """The coupon as a session shows it that carries the code and stays open."""
    state = await update(shop, "look", couponCodes=[code], content=("coupons",), query={"dry": "true"})
    coupon: dict[str, Any] = state["coupons"][0]
    return coupon


async def test_an_open_session_uses_nothing_up(shop: Shop) -> None:
    await add_coupon(shop, "TEN-OFF")
    for session_id in ("a", "b", "a"):
        assert told(await update(shop, session_id, couponCodes=["TEN-OFF"])) == ACCEPTED
    assert (await coupon_of(shop, "TEN-OFF"))["usageCounter"] == 0


async def test_cancelling_is_an_activity_of_the_customer(shop: Shop) -> None:
    for states in (("open",), ("closed",)):
        for state in (*states, "cancelled"):
            answer = await update(
                shop, states[0], state=state, profileId="ann", content=("customerSession", "customerProfile")
            )
            then = answer["customerSession"]["updated"]
            assert answer["customerProfile"]["lastActivity"] == then
            assert (await profile_of(shop, "ann"))["lastActivity"] == then


async def test_closing_uses_a_coupon_and_cancelling_gives_it_back(shop: Shop) -> None:
    await add_coupon(shop, "TEN-OFF", discountLimit=100)
    assert told(await update(shop, couponCodes=["TEN-OFF"], state="closed", profileId="ann")) == ACCEPTED
    used = await coupon_of(shop, "TEN-OFF")
    assert (used["usageCounter"], used["discountCounter"], used["discountRemainder"]) == (1, 10, 90)
    assert told(await update(shop, "late", couponCodes=["TEN-OFF"])) == [("rejectCoupon", "TEN-OFF")]
    assert told(await update(shop, state="cancelled")) == ROLLED_BACK
    back = await coupon_of(shop, "TEN-OFF")
    assert (back["usageCounter"], back["discountCounter"], back["discountRemainder"]) == (0, 0, 100)
    assert told(await update(shop, "late")) == ACCEPTED


async def test_cancelling_an_open_session_gives_nothing_back(shop: Shop) -> None:
    await add_coupon(shop, "TEN-OFF")
    await update(shop, couponCodes=["TEN-OFF"], cartItems=[item()])
    state = await update(shop, state="cancelled", cartItems=[])
    assert state["effects"] == []
    assert state["customerSession"]["state"] == "cancelled"
    assert state["customerSession"]["cartItems"] != []


async def test_a_read_session_shows_the_effects_that_still_hold(shop: Shop) -> None:
    await add_coupon(shop, "TEN-OFF")

    async def effects() -> list[tuple[str, Any]]:
        return told((await shop.integrate("GET", "/v2/customer_sessions/s")).json())

    await update(shop, couponCodes=["TEN-OFF"])
    assert await effects() == ACCEPTED
    await update(shop, state="closed")
    assert await effects() == ACCEPTED
    await update(shop, state="cancelled")
    assert await effects() == []


async def test_a_budget_is_used_up_and_given_back(shop: Shop) -> None:
    limits = [{"action": "setDiscount", "limit": 15, "entities": []}]
    campaign = await shop.campaign(limits=limits)
    await shop.rules(campaign["id"], TEN_OFF | {"condition": ["and", True]})

    async def counted() -> Any:
        found = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}")).json()
        return found["budgets"][0]["counter"]

    assert told(await update(shop, "a", state="closed")) == [("setDiscount", 10)]
    assert await counted() == 10
    assert told(await update(shop, "b", state="closed")) == []
    await update(shop, "a", state="cancelled")
    assert await counted() == 0
    assert told(await update(shop, "c")) == [("setDiscount", 10)]


async def test_a_profile_counts_its_closed_sessions_and_their_totals(shop: Shop) -> None:
    assert (await profile_of(shop, "ann"))["id"] == 0
    await update(shop, "a", profileId="ann", cartItems=[item(price=19.99)], state="closed")
    await update(shop, "b", profileId="ann", cartItems=[item(price=5)])
    ann = await profile_of(shop, "ann")
    assert (ann["closedSessions"], ann["totalSales"]) == (1, 19.99)
    assert ann["id"] > 0
    await update(shop, "b", state="closed")
    assert (await profile_of(shop, "ann"))["totalSales"] == 24.99
    # Whatever is sent along, a session is cancelled with the customer it was closed with.
    await update(shop, "a", state="cancelled", profileId="bob")
    ann = await profile_of(shop, "ann")
    assert (ann["closedSessions"], ann["totalSales"]) == (1, 5)
    assert (await stored(shop, "a"))["profileId"] == "ann"


async def test_the_answer_shows_the_profile_as_it_stands_after_the_update(shop: Shop) -> None:
    state = await update(shop, profileId="ann", cartItems=[item(price=7)], state="closed", content=("customerProfile",))
    ann = state["customerProfile"]
    assert (ann["integrationId"], ann["closedSessions"], ann["totalSales"]) == ("ann", 1, 7)
    assert ann["id"] == (await profile_of(shop, "ann"))["id"] > 0
    assert (ann["accountId"], ann["sandbox"], ann["attributes"]) == (shop.staff.account_id, False, {})


async def test_the_first_session_of_a_profile_is_told_apart(shop: Shop) -> None:
    async def first(session_id: str, **said: Any) -> bool:
        shown: bool = (await update(shop, session_id, **said))["customerSession"]["firstSession"]
        return shown

    assert await first("a", profileId="ann")
    assert await first("a", state="closed")
    assert not await first("b", profileId="ann")
    assert not await first("b")
    assert await first("c")
    assert not await first("c", profileId="ann")
    assert await first("c", profileId="bob")
    assert await first("c", profileId="")


async def test_sessions_of_two_applications_share_profiles_and_nothing_else(shop: Shop) -> None:
    body = {"name": "Sibling", "timezone": "UTC", "currency": "EUR"}
    application = await shop.create("/v1/applications", body)
    path = f"/v1/applications/{application['id']}/apikeys"
    key = await shop.create(path, {"title": "Sibling", "expires": FAR_FUTURE})
    sibling = Shop(shop.client, shop.staff, application["id"], key["key"])
    await update(shop, profileId="ann", cartItems=[item(price=7)], state="closed")
    state = await update(sibling, profileId="ann")
    assert (state["customerSession"]["state"], state["customerSession"]["updateCount"]) == ("open", 1)
    assert (await profile_of(sibling, "ann"))["totalSales"] == 7


async def test_ids_may_hold_anything_a_path_can(shop: Shop) -> None:
    session_id = "käse/50%?&#"
    path = "/v2/customer_sessions/k%C3%A4se%2F50%25%3F%26%23"
    answer = await shop.integrate("PUT", path, {"customerSession": {}, "responseContent": ["customerSession"]})
    assert answer.json()["customerSession"]["integrationId"] == session_id
    assert (await shop.integrate("GET", path)).json()["customerSession"]["integrationId"] == session_id
    assert (await put_session(shop, "other")).status_code == 200


async def test_an_id_too_long_for_an_index_is_refused(shop: Shop) -> None:
    # A thousand characters of four bytes, and no two alike to compress.
    long_id = "".join(chr(0x10000 + 7 * number) for number in range(1000))
    for answer, place in (
        (await put_session(shop, quote(long_id)), {"parameter": "customerSessionId"}),
        (await put_session(shop, profileId=long_id), {"pointer": "/customerSession/profileId"}),
        (
            await shop.integrate("PUT", f"/v2/customer_profiles/{quote(long_id)}", {}),
            {"parameter": "integrationId"},
        ),
    ):
        assert (answer.status_code, [error["source"] for error in answer.json()["errors"]]) == (400, [place])


async def test_an_identifier_of_any_length_has_its_own_budget(shop: Shop) -> None:
    campaign = await shop.campaign(limits=[{"action": "setDiscount", "limit": 10, "entities": ["Identifier"]}])
    await shop.rules(campaign["id"], TEN_OFF | {"condition": ["and", True]})
    long_name = "".join(chr(0x10000 + 7 * number) for number in range(5000))
    for session_id, name, effects in (
        ("a", long_name, [("setDiscount", 10)]),
        ("b", long_name, []),
        ("c", long_name[:-1], [("setDiscount", 10)]),
    ):
        assert told(await update(shop, session_id, identifiers=[name], state="closed")) == effects


async def test_a_coupon_with_a_limit_of_its_own_is_counted_for_each_profile(shop: Shop) -> None:
    limits = [{"action": "redeemCoupon", "limit": 1, "entities": ["Profile"]}]
    await add_coupon(shop, "TEN-OFF", usageLimit=0, limits=limits)
    for session_id, profile_id, effects in (
        ("a", "ann", ACCEPTED),
        ("b", "ann", [("rejectCoupon", "TEN-OFF")]),
        ("c", "bob", ACCEPTED),
        ("d", "", [("rejectCoupon", "TEN-OFF")]),
    ):
        said = {"profileId": profile_id, "couponCodes": ["TEN-OFF"], "state": "closed"}
        assert told(await update(shop, session_id, **said)) == effects


async def test_a_key_may_live_in_another_time(shop: Shop) -> None:
    starts = datetime.now(UTC) + timedelta(days=5)
    campaign = await shop.campaign(startTime=starts.isoformat())
    await shop.rules(campaign["id"], TEN_OFF | {"condition": ["and", True]})
    body = {"title": "Later", "expires": FAR_FUTURE, "timeOffset": 10 * 24 * 3600 * 10**9}
    key = await shop.create(f"{shop.path}/apikeys", body)
    later = Shop(shop.client, shop.staff, shop.application_id, key["key"])
    assert told(await update(later, "a")) == [("setDiscount", 10)]
    assert told(await update(shop, "b")) == []
