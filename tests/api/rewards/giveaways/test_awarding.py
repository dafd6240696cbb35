"""Giveaways that sessions are awarded, over HTTP: what the shop is told, and what the staff see of it."""

from typing import Any

import pytest

from tests.support.api import Shop

pytestmark = pytest.mark.anyio

POOLS = "/v1/giveaways/pools"


async def gifts(shop: Shop, *codes: str, **settings: Any) -> str:
    """The path of a pool, of which a campaign awards everybody a giveaway."""
    pool = await shop.create(POOLS, {"name": "Cards", "sandbox": False} | settings)
    place = f"{POOLS}/{pool['id']}"
    await shop.create(f"{place}/giveaways", {"giveaways": [{"code": code} for code in codes]})
    campaign = await shop.campaign()
    rule = {"title": "a card", "condition": ["and"], "effects": [["awardGiveaway", pool["id"]]]}
    await shop.rules(campaign["id"], rule, activate=True)
    return place


async def update(shop: Shop, session_id: str, *, query: dict[str, Any] | None = None, **session: Any) -> Any:
    """The answer to an update that asks for giveaways and failures."""
    body = {"customerSession": session, "responseContent": ["awardedGiveaways", "ruleFailureReasons"]}
    answer = await shop.integrate("PUT", f"/v2/customer_sessions/{session_id}", body, query=query)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


async def test_the_answer_shows_the_giveaway_once_it_is_awarded(shop: Shop) -> None:
    place = await gifts(shop, "ONE", "TWO")
    opened = await update(shop, "s", profileId="ann")
    assert ([effect["effectType"] for effect in opened["effects"]], opened["awardedGiveaways"]) == (
        ["willAwardGiveaway"],
        [],
    )
    closed = await update(shop, "s", state="closed")
    (effect,), (giveaway,) = closed["effects"], closed["awardedGiveaways"]
    assert effect["props"].items() >= {"code": "ONE", "recipientIntegrationId": "ann", "poolName": "Cards"}.items()
    assert giveaway.items() >= {"code": "ONE", "used": True, "profileIntegrationId": "ann"}.items()
    assert giveaway["id"] == effect["props"]["giveawayId"]
    (awarded,) = (await shop.manage("GET", f"{place}/giveaways", query={"used": True})).json()["data"]
    assert awarded == giveaway and giveaway["profileId"] > 0


async def test_trying_out_awards_nothing_and_tells_no_code(shop: Shop) -> None:
    place = await gifts(shop, "ONE")
    tried = await update(shop, "s", query={"dry": True}, profileId="ann", state="closed")
    assert [effect["effectType"] for effect in tried["effects"]] == ["willAwardGiveaway"]
    assert tried["awardedGiveaways"] == [] and "ONE" not in str(tried)
    assert (await shop.manage("GET", f"{place}/giveaways", query={"used": True})).json()["data"] == []


async def test_an_empty_pool_fails_the_rule_and_says_so(shop: Shop) -> None:
    await gifts(shop, "ONE")
    await update(shop, "s", profileId="ann", state="closed")
    other = await update(shop, "t", profileId="bob", state="closed")
    (failure,) = other["ruleFailureReasons"]
    assert other["effects"] == []
    assert (failure["effectIndex"], failure["details"]) == (0, 'no giveaway is left in the pool "Cards"')
    nobody = await update(shop, "u")
    assert (
        nobody["ruleFailureReasons"][0]["details"] == "a giveaway needs a customer to get it, and the session has none"
    )


async def test_a_pool_of_other_applications_is_none(shop: Shop) -> None:
    other = await shop.create("/v1/applications", {"name": "Other", "timezone": "UTC", "currency": "EUR"})
    await gifts(shop, "ONE", subscribedApplicationsIds=[other["id"]])
    answer = await update(shop, "s", profileId="ann", state="closed")
    assert [effect["effectType"] for effect in answer["effects"]] == ["error"]


async def test_a_pool_that_is_deleted_is_noticed_at_once(shop: Shop) -> None:
    place = await gifts(shop, "ONE")
    before = await update(shop, "s", profileId="ann")
    await shop.manage("DELETE", place)
    after = await update(shop, "s")
    assert [each["effectType"] for each in (*before["effects"], *after["effects"])] == ["willAwardGiveaway", "error"]


@pytest.mark.parametrize(
    ("call", "details"),
    [
        (["awardGiveaway", [".", "Session", "Total"]], "the pool of a giveaway must be written out, as its id"),
        (["awardGiveaway", 1.5], "1.5 is not the id of a pool of giveaways"),
        (["awardGiveaway", 1, "Everybody"], "is not somebody who gets giveaways; use one of Advocate, Current"),
    ],
)
async def test_a_rule_that_cannot_mean_it_is_refused(shop: Shop, call: Any, details: str) -> None:
    campaign = await shop.campaign()
    rule = {"title": "a card", "condition": ["and"], "effects": [call]}
    place = f"{shop.path}/campaigns/{campaign['id']}/rulesets"
    answer = await shop.manage("POST", place, {"rules": [rule], "bindings": []})
    assert answer.status_code == 400 and details in answer.text


async def test_explaining_a_closed_session_does_not_miss_its_own_giveaway(shop: Shop) -> None:
    await gifts(shop, "ONE")
    await update(shop, "s", profileId="ann", state="closed")
    found = (await shop.integrate("GET", "/v2/customer_sessions/s")).json()["customerSession"]
    told = await shop.manage("GET", f"{shop.path}/sessions/{found['id']}/explain")
    assert told.status_code == 200, told.text
    assert [rule["fired"] for campaign in told.json()["campaigns"] for rule in campaign["rules"]] == [True]
