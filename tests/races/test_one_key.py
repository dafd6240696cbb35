"""One request sent many times at once under one key, to two workers: carried out once, and all are told the same."""

import asyncio
from functools import partial
from uuid import uuid4

import pytest

from tests.races.test_one_coupon import make_codes, usage_counters
from tests.support.api import Shop
from tests.support.crowd import BUSY, Answer, Shopper, all_at_once, cart, crowd
from tests.support.program import PATIENCE_SECONDS
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 16
ROUNDS = 20

RUNNING = "A request with this Idempotency-Key is still running"


async def close_until_answered(code: str, key: str, _: int, shopper: Shopper) -> Answer:
    """Closes a session with a code that is good once, again and again while told to come back."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            answer = await shopper.update(
                f"s-{code}", idempotency_key=key, state="closed", couponCodes=[code], cartItems=cart()
            )
            if answer.status != BUSY:
                return answer
            assert answer.body["message"] == RUNNING
            await asyncio.sleep(0)


async def test_one_request_sent_many_times_is_carried_out_once(server: Server, shop: Shop) -> None:
    codes = await make_codes(shop, ROUNDS)
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        for code in codes:
            key = str(uuid4())
            answers = await all_at_once(shoppers, partial(close_until_answered, code, key))
            # Without the key all but one would be refused: a closed session cannot be closed.
            assert [answer.status for answer in answers] == [200] * CROWD
            assert all(answer == answers[0] for answer in answers)
            assert [effect["effectType"] for effect in answers[0].body["effects"]] == ["acceptCoupon", "setDiscount"]
            assert (await shoppers[0].look(f"s-{code}")).body["customerSession"]["updateCount"] == 1
    assert await usage_counters(shop) == [1] * ROUNDS
