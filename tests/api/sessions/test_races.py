"""Requests at the same time: one runs, two wait, the next is refused; and no coupon or budget is used twice."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from largesse.plumbing.database import Database, Query, Transaction
from largesse.storage.answers import PLACES_MAX
from tests.support.api import Shop
from tests.support.carts import TEN_OFF, add_coupon, put_session, stored, told, update

pytestmark = pytest.mark.anyio

TAKE_PLACE = Query("take_place", "SELECT pg_advisory_xact_lock(hashtextextended($1, $2))")
USE_UP = Query("use_up", "UPDATE coupons SET usage_counter = usage_limit WHERE account_id = $1")
TOUCH = Query("touch", "UPDATE sessions SET version = version + 1 WHERE account_id = $1")
WAITING = Query(
    "waiting",
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
    "AND query LIKE '%save_changes%'",
)
CLOSERS = 8
REJECTED = [("rejectCoupon", "TEN-OFF")]
ACCEPTED = [("acceptCoupon", "TEN-OFF"), ("setDiscount", 10)]


async def until_saving_waits(database: Database) -> None:
    waiting: object = 0
    while not waiting:
        # A transaction each: within one, PostgreSQL shows the same picture of its activity again and again.
        async with database.transaction() as db:
            waiting = await db.value(WAITING)
        await asyncio.sleep(0.01)


async def overtaken(
    database: Database, request: Awaitable[object], change: Callable[[Transaction], Awaitable[object]]
) -> None:
    """Lets a request decide, then changes the facts under it before it can store its decision."""
    async with database.transaction() as db:
        await change(db)
        running = asyncio.ensure_future(request)
        await until_saving_waits(database)
    await running


async def test_who_loses_a_coupon_while_deciding_decides_again(shop: Shop, database: Database) -> None:
    await add_coupon(shop, "TEN-OFF")
    assert told(await update(shop, couponCodes=["TEN-OFF"])) == ACCEPTED
    states = []

    async def close() -> None:
        states.append(await update(shop, state="closed"))

    await overtaken(database, close(), lambda db: db.run(USE_UP, shop.staff.account_id))
    assert told(states[0]) == REJECTED
    reasons = [effect["props"]["rejectionReason"] for effect in states[0]["effects"]]
    assert reasons == ["CouponLimitReached"]
    assert (await stored(shop))["state"] == "closed"


async def test_a_coupon_for_one_is_accepted_once(shop: Shop) -> None:
    await add_coupon(shop, "TEN-OFF")
    sessions = [f"s{number}" for number in range(CLOSERS)]
    states = await asyncio.gather(*(update(shop, each, couponCodes=["TEN-OFF"], state="closed") for each in sessions))
    assert sorted(told(state) for state in states) == [ACCEPTED, *[REJECTED] * (CLOSERS - 1)]


async def test_a_budget_is_never_overspent(shop: Shop) -> None:
    campaign = await shop.campaign(limits=[{"action": "setDiscount", "limit": 35, "entities": []}])
    await shop.rules(campaign["id"], TEN_OFF | {"condition": ["and", True]})
    states = await asyncio.gather(*(update(shop, f"s{number}", state="closed") for number in range(CLOSERS)))
    assert sorted(told(state) for state in states) == [[]] * (CLOSERS - 3) + [[("setDiscount", 10)]] * 3


async def test_closing_twice_at_once_is_once(shop: Shop) -> None:
    await add_coupon(shop, "TEN-OFF", usageLimit=10)
    answers = await asyncio.gather(*(put_session(shop, state="closed", couponCodes=["TEN-OFF"]) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 400]
    state = await update(shop, "look", couponCodes=["TEN-OFF"], content=("coupons",), query={"dry": "true"})
    assert state["coupons"][0]["usageCounter"] == 1


async def test_three_updates_of_one_session_run_one_after_the_other(shop: Shop) -> None:
    states = await asyncio.gather(*(update(shop, profileId="ann") for _ in range(PLACES_MAX)))
    assert sorted(state["customerSession"]["updateCount"] for state in states) == [1, 2, 3]


@pytest.mark.parametrize("noun", ["session", "profile"])
async def test_one_request_too_many_gets_the_published_refusal(shop: Shop, database: Database, noun: str) -> None:
    gates = {
        "session": f"session {shop.staff.account_id}/{shop.application_id}/s",
        "profile": f"profile {shop.staff.account_id}/f/ann",
    }
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(database.transaction())
        for place in range(1, PLACES_MAX + 1):
            await db.value(TAKE_PLACE, gates[noun], place)
        answers = [await put_session(shop, profileId="ann")]
        if noun == "profile":
            answers.append(await shop.integrate("PUT", "/v2/customer_profiles/ann", {}))
        for answer in answers:
            message = f"Too many requests are updating this {noun} at the same time"
            assert (answer.status_code, answer.json()) == (409, {"message": message, "errors": [], "StatusCode": 409})
        assert (await put_session(shop, profileId="ann", query={"dry": "true"})).status_code == 200
        assert (await put_session(shop, "other", profileId="bob")).status_code == 200
    assert (await put_session(shop, profileId="ann")).status_code == 200


async def test_a_decision_that_never_holds_is_refused_in_the_end(shop: Shop, database: Database) -> None:
    await update(shop, cartItems=[])
    answers = []

    async def close() -> None:
        answers.append(await put_session(shop, state="closed"))

    # Somebody wrote around the gates and left a session whose document is older than its row: no run can be right.
    await overtaken(database, close(), lambda db: db.run(TOUCH, shop.staff.account_id))
    assert answers[0].status_code == 409
