"""campaignEligibility: for which campaigns a session that is only tried out qualifies."""

from typing import Any

import pytest

from tests.support.api import Shop
from tests.support.carts import item

pytestmark = pytest.mark.anyio

PASSED, FAILED = {"passed": True}, {"passed": False, "details": {"failureCode": "ALL_RULES_FAILED"}}
UNMET = {"failureCode": "CONDITION_NOT_MET", "conditionIndex": 0, "details": ""}


def rule(title: str, *conditions: Any, effects: Any = ()) -> dict[str, Any]:
    return {"title": title, "condition": ["and", *conditions], "effects": list(effects)}


OVER_FIFTY = rule("over fifty", [">", [".", "Session", "Total"], 50], effects=[["setDiscount", "five", 5]])
ALWAYS = rule("always", effects=[["setDiscount", "one", 1]])
CODED = rule("coded", ["couponValid"], effects=[["setDiscount", "ten", 10]])


async def asked(shop: Shop, session: dict[str, Any], *, dry: bool = True) -> dict[str, Any]:
    """The answer to a try, campaigns by name."""
    body = {"customerSession": session, "responseContent": ["campaignEligibility"]}
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s", body, query={"dry": str(dry).lower()})
    assert answer.status_code == 200, answer.text
    state: dict[str, Any] = answer.json()
    return {each["name"]: each for each in state["campaignEligibility"]} if dry else state


async def test_campaigns_pass_or_fail_rule_by_rule(shop: Shop) -> None:
    campaign = await shop.campaign(name="Mixed", tags=["red"], features=["coupons", "advancedEvents"])
    await shop.rules(campaign["id"], OVER_FIFTY, ALWAYS, activate=True)
    failing = await shop.campaign(name="Failing")
    await shop.rules(failing["id"], OVER_FIFTY, activate=True)
    await shop.campaign(name="Off", state="disabled")
    found = await asked(shop, {"cartItems": [item(price=20)]})
    assert list(found) == ["Mixed", "Failing"]
    mixed = found["Mixed"]
    assert mixed["eligibility"] == [PASSED]
    assert mixed["rules"] == [
        {"title": "over fifty", "eligibility": [{"passed": False, "details": UNMET}]},
        {"title": "always", "eligibility": [PASSED]},
    ]
    assert (mixed["id"], mixed["applicationId"], mixed["tags"], mixed["features"]) == (
        campaign["id"],
        shop.application_id,
        ["red"],
        ["coupons"],
    )
    assert found["Failing"]["eligibility"] == [FAILED]


async def test_each_code_is_a_pass_of_its_own(shop: Shop) -> None:
    campaign = await shop.campaign(name="Coded", features=["coupons"])
    await shop.rules(campaign["id"], CODED, activate=True)
    place = f"{shop.path}/campaigns/{campaign['id']}/coupons?silent=no"
    used = {"usageLimit": 1, "expiryDate": "2021-01-01T00:00:00Z"}
    (expired,) = (await shop.create(place, {**used, "numberOfCoupons": 1, "couponPattern": "LATE-####"}))["data"]
    (good,) = (await shop.create(place, {"usageLimit": 1, "numberOfCoupons": 1, "couponPattern": "GOOD-####"}))["data"]
    found = await asked(shop, {"cartItems": [item()], "couponCodes": [good["value"], expired["value"]]})
    assert found["Coded"]["eligibility"] == [
        PASSED | {"couponCode": good["value"]},
        FAILED | {"couponCode": expired["value"]},
    ]
    passed, failed = found["Coded"]["rules"][0]["eligibility"]
    assert passed == PASSED | {"couponCode": good["value"]}
    assert failed["details"] == UNMET | {"couponID": expired["id"], "couponValue": expired["value"]}


async def test_an_effect_that_meets_its_budget_has_failed(shop: Shop) -> None:
    campaign = await shop.campaign(name="Poor", limits=[{"action": "setDiscount", "limit": 0.5, "entities": []}])
    await shop.rules(campaign["id"], ALWAYS, activate=True)
    found = await asked(shop, {"cartItems": [item()]})
    (run,) = found["Poor"]["rules"][0]["eligibility"]
    assert (run["details"]["failureCode"], run["details"]["effectIndex"]) == ("EFFECT_FAILED", 0)
    assert run["details"]["details"]


async def test_a_campaign_that_gave_way_was_skipped(shop: Shop) -> None:
    groups = await shop.manage("GET", f"{shop.path}/evaluation_groups")
    base = groups.json()["data"][0]
    group = await shop.create(
        f"{shop.path}/evaluation_groups",
        {
            "name": "First",
            "parentId": base["id"],
            "evaluationMode": "listOrder",
            "evaluationScope": "session",
            "locked": False,
        },
    )
    for name in ("One", "Two"):
        campaign = await shop.campaign(name=name, evaluationGroupId=group["id"])
        await shop.rules(campaign["id"], ALWAYS, activate=True)
    found = await asked(shop, {"cartItems": [item()]})
    assert found["One"]["eligibility"] == [PASSED]
    assert found["Two"]["eligibility"] == [{"passed": False, "details": {"failureCode": "SKIPPED"}}]


async def test_an_audience_that_was_not_matched_is_told_apart(shop: Shop) -> None:
    vip = (await shop.integrate("POST", "/v2/audiences", {"name": "vip"})).json()["id"]
    for_members = rule("members", ["audienceMember", "Current", vip])
    both = await shop.campaign(name="Members, or rich")
    await shop.rules(both["id"], for_members, OVER_FIFTY, activate=True)
    only = await shop.campaign(name="Members")
    await shop.rules(only["id"], for_members, for_members, activate=True)
    found = await asked(shop, {"profileId": "ann", "cartItems": [item()]})
    assert found["Members"]["eligibility"] == [{"passed": False, "details": {"failureCode": "AUDIENCE_NOT_MATCHED"}}]
    assert found["Members, or rich"]["eligibility"] == [FAILED]


async def test_only_tries_are_told(shop: Shop) -> None:
    assert "campaignEligibility" not in await asked(shop, {}, dry=False)
