"""Budgets under a crowd: never a cent more than the limit, and with partial rewards never a cent less either."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.api import Shop
from tests.support.crowd import Answer, Shopper, all_at_once, cart, crowd
from tests.support.server import Server

pytestmark = pytest.mark.anyio

CROWD = 64
ROUNDS = 3

BUDGET = Decimal("100.00")
SHARE = 7
TURNED_DOWN_BY = {"Profile": "ProfileLimitReached", "Identifier": "CampaignLimitReached"}


def rule(*conditions: Any, effect: Any) -> dict[str, Any]:
    """A rule with one effect."""
    return {"title": "reward", "condition": ["and", *conditions], "effects": [effect]}


async def let_it_be_noon(shop: Shop) -> None:
    """Puts the shop into a time zone in which no day ends soon."""
    hours = 12 - datetime.now(UTC).hour
    settings = {"name": "Noon", "currency": "EUR", "timezone": f"Etc/GMT{-hours:+d}"}
    answer = await shop.manage("PUT", shop.path, settings)
    assert answer.status_code == 200, answer.text


async def open_campaign(shop: Shop, limit: dict[str, Any], only_rule: dict[str, Any]) -> str:
    """A campaign with one limit and one rule; its path."""
    campaign = await shop.campaign(limits=[limit])
    await shop.rules(campaign["id"], only_rule, activate=True)
    return f"{shop.path}/campaigns/{campaign['id']}"


async def spent(shop: Shop, campaign: str) -> Decimal:
    """What staff see used up of the campaign's budget."""
    (budget,) = (await shop.manage("GET", campaign)).json()["budgets"]
    return Decimal(str(budget["counter"]))


async def close_all(shoppers: Sequence[Shopper], prefix: str, **session: Any) -> list[Answer]:
    """Everybody closes a session of their own at once; each answer is a good one."""

    async def close(number: int, shopper: Shopper) -> Answer:
        answer = await shopper.insist(f"{prefix}-{number}", state="closed", cartItems=cart(), **session)
        assert answer.status == 200, answer.body
        return answer

    return await all_at_once(shoppers, close)


async def cancel_all(shoppers: Sequence[Shopper], prefix: str) -> None:
    """Everybody sends everything back at once."""
    await all_at_once(shoppers, lambda number, shopper: shopper.insist(f"{prefix}-{number}", state="cancelled"))


@pytest.mark.parametrize(
    ("is_partial", "expected"),
    [(True, BUDGET), (False, BUDGET // SHARE * SHARE)],
    ids=["cut to what is left", "whole or nothing"],
)
async def test_a_crowd_drains_a_budget_to_the_last_cent(
    server: Server, shop: Shop, is_partial: bool, expected: Decimal
) -> None:
    limit = {"action": "setDiscount", "limit": float(BUDGET), "entities": []}
    campaign = await open_campaign(shop, limit, rule(effect=["setDiscount", "share", SHARE, is_partial]))
    async with crowd(server.url, shop.key, CROWD) as shoppers:
        for turn in range(ROUNDS):
            answers = await close_all(shoppers, f"turn-{turn}")
            assert sum(answer.discounts() for answer in answers) == expected
            assert await spent(shop, campaign) == expected
            await cancel_all(shoppers, f"turn-{turn}")
            assert await spent(shop, campaign) == 0


@pytest.mark.parametrize("period", [None, "daily"], ids=["ever", "a day"])
@pytest.mark.parametrize(
    ("entity", "limit", "session"),
    [
        ("Profile", 1, lambda number: {"profileId": f"profile-{number % 8}"}),
        ("Profile", 3, lambda number: {"profileId": f"profile-{number % 8}"}),
        ("Identifier", 1, lambda number: {"identifiers": [f"device-{number % 8}"]}),
        ("Identifier", 3, lambda number: {"identifiers": [f"device-{number % 8}", f"device-{number % 8 + 100}"]}),
    ],
    ids=["once per profile", "three times per profile", "once per identifier", "three times per each of two"],
)
async def test_nobody_redeems_more_often_than_the_limit_says(
    server: Server, shop: Shop, entity: str, limit: int, session: Any, period: str | None
) -> None:
    budget = {"action": "redeemCoupon", "limit": limit, "entities": [entity]}
    if period is not None:
        budget["period"] = period
        await let_it_be_noon(shop)
    campaign = await open_campaign(shop, budget, rule(["couponValid"], effect=["setDiscount", "five", 5]))
    await shop.manage("POST", f"{campaign}/coupons", {"usageLimit": 0, "numberOfCoupons": 1, "couponPattern": "AGAIN"})

    async def close(number: int, shopper: Shopper) -> Answer:
        who = session(number)
        return await shopper.insist(f"s-{number}", state="closed", couponCodes=["AGAIN"], cartItems=cart(), **who)

    async with crowd(server.url, shop.key, CROWD) as shoppers:
        answers = await all_at_once(shoppers, close)
    assert {answer.status for answer in answers} == {200}
    accepted = [number for number, answer in enumerate(answers) if answer.effects("acceptCoupon")]
    assert sorted(number % 8 for number in accepted) == sorted([*range(8)] * limit)
    reasons = [each["rejectionReason"] for answer in answers for each in answer.effects("rejectCoupon")]
    assert reasons == [TURNED_DOWN_BY[entity]] * (CROWD - 8 * limit)
