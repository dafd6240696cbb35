"""Our own getAccountSettings and updateAccountSettings: what shops are told of codes that cannot be used."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

LONG_AGO, FAR_AWAY = "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"
# The code, and what its coupon says; OVER belongs to a campaign that is over, USED is redeemed by another session.
COUPONS: dict[str, dict[str, Any]] = {
    "GOOD": {},
    "LATE": {"startDate": LONG_AGO, "expiryDate": "2021-01-01T00:00:00Z"},
    "EARLY": {"startDate": FAR_AWAY},
    "USED": {},
    "FOREIGN": {"recipientIntegrationId": "somebody"},
}
REASONS = {
    "NOBODY": "CouponNotFound",
    "LATE": "CouponExpired",
    "EARLY": "CouponStartDateInFuture",
    "USED": "CouponLimitReached",
    "FOREIGN": "CouponRecipientDoesNotMatch",
    "OVER": "CouponPartOfNotRunningCampaign",
}


def settings(shop: Shop) -> str:
    return f"/v1/accounts/{shop.staff.account_id}/settings"


async def furnish(shop: Shop) -> None:
    rule = {"title": "r", "condition": ["and", ["couponValid"], [">", [".", "Session", "Total"], 50]], "effects": []}
    for name, coupons, more in (
        ("Running", COUPONS, {}),
        ("Over", {"OVER": {}}, {"startTime": LONG_AGO, "endTime": "2021-01-01T00:00:00Z"}),
    ):
        campaign = await shop.campaign(name=name, **more)
        await shop.rules(campaign["id"], rule)
        for code, terms in coupons.items():
            made = {"couponPattern": code, "usageLimit": 1, "numberOfCoupons": 1} | terms
            await shop.create(f"{shop.path}/campaigns/{campaign['id']}/coupons?silent=no", made)
    closed = {"cartItems": cart(100), "couponCodes": ["USED"], "state": "closed"}
    await shop.integrate("PUT", "/v2/customer_sessions/before", {"customerSession": closed})


def cart(price: int) -> list[dict[str, Any]]:
    return [{"sku": "a", "price": price, "quantity": 1}]


async def rejected(shop: Shop, *codes: str, price: int = 100, content: tuple[str, ...] = ()) -> Any:
    session = {"cartItems": cart(price), "couponCodes": list(codes)}
    body = {"customerSession": session, "responseContent": list(content)}
    answer = await shop.integrate("PUT", "/v2/customer_sessions/one", body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def reasons(effects: list[Any]) -> dict[str, str]:
    return {
        effect["props"]["value"]: effect["props"]["rejectionReason"]
        for effect in effects
        if effect["effectType"] == "rejectCoupon"
    }


async def test_every_reason_becomes_not_found_with_the_same_envelope(shop: Shop) -> None:
    await furnish(shop)
    assert (await shop.manage("GET", settings(shop))).json() == {"hideCodeReasons": False}
    assert reasons((await rejected(shop, *REASONS))["effects"]) == REASONS
    assert (await shop.manage("PUT", settings(shop), {"hideCodeReasons": True})).json() == {"hideCodeReasons": True}

    told = (await rejected(shop, *REASONS, "GOOD"))["effects"]
    assert reasons(told) == dict.fromkeys(REASONS, "CouponNotFound")
    assert [effect["props"]["value"] for effect in told] == [*REASONS, "GOOD"]
    envelopes = [{name: each[name] for name in each if name != "props"} for each in told[:-1]]
    assert all(envelope == envelopes[0] for envelope in envelopes)
    assert all(each["props"].keys() == {"value", "rejectionReason"} for each in told[:-1])
    stored = (await shop.integrate("GET", "/v2/customer_sessions/one")).json()["effects"]
    assert stored == told

    session_id = (await rejected(shop, *REASONS, content=("customerSession",)))["customerSession"]["id"]
    explained = (await shop.manage("GET", f"{shop.path}/sessions/{session_id}/explain")).text
    assert [reason for reason in REASONS.values() if reason not in explained] == []
    assert (await shop.manage("PUT", settings(shop), {"hideCodeReasons": False})).status_code == 200
    assert reasons((await rejected(shop, *REASONS))["effects"]) == REASONS


async def test_that_a_good_code_does_not_apply_yet_is_told(shop: Shop) -> None:
    await furnish(shop)
    await shop.manage("PUT", settings(shop), {"hideCodeReasons": True})
    assert reasons((await rejected(shop, "GOOD", price=10))["effects"]) == {"GOOD": "CouponRejectedByCondition"}


async def test_nothing_else_in_the_answer_tells_them_apart(shop: Shop) -> None:
    await furnish(shop)
    await shop.manage("PUT", settings(shop), {"hideCodeReasons": True})
    content = ("coupons", "ruleFailureReasons", "triggeredCampaigns")
    known = await rejected(shop, "USED", "FOREIGN", content=content)
    unknown = await rejected(shop, "NOBODY", "NOTHING", content=content)
    assert known["coupons"] == unknown["coupons"] == []
    assert known["ruleFailureReasons"] == unknown["ruleFailureReasons"]
    assert all("couponID" not in each and "couponValue" not in each for each in known["ruleFailureReasons"])


async def test_nor_do_the_effects_of_rules_that_ask_for_no_code(shop: Shop) -> None:
    campaign = await shop.campaign()
    greet = {"title": "greet", "condition": ["and", True], "effects": [["showNotification", "Info", "Hello", ""]]}
    await shop.rules(campaign["id"], greet)
    late = {"couponPattern": "LATE", "usageLimit": 1, "numberOfCoupons": 1, "expiryDate": LONG_AGO}
    await shop.create(f"{shop.path}/campaigns/{campaign['id']}/coupons?silent=no", late)
    assert [each.get("triggeredByCoupon") for each in (await rejected(shop, "LATE"))["effects"]] != [None, None]
    await shop.manage("PUT", settings(shop), {"hideCodeReasons": True})
    known, unknown = (await rejected(shop, "LATE"))["effects"], (await rejected(shop, "NOBODY"))["effects"]
    assert [effect for effect in known if effect["effectType"] != "rejectCoupon"] == unknown[1:]


async def test_referrals_alike(shop: Shop) -> None:
    campaign = await shop.campaign()
    rule = {"title": "r", "condition": ["and", ["referralValid"]], "effects": []}
    await shop.rules(campaign["id"], rule)
    made = {"campaignId": campaign["id"], "advocateProfileIntegrationIds": ["ann"], "referralPattern": "EARLY-1"}
    made |= {"startDate": FAR_AWAY, "usageLimit": 1}
    assert (await shop.integrate("POST", "/v1/referrals_for_multiple_advocates?silent=no", made)).status_code == 201

    async def told(code: str) -> Any:
        body = {"customerSession": {"referralCode": code}, "responseContent": ["referral", "ruleFailureReasons"]}
        answer = (await shop.integrate("PUT", f"/v2/customer_sessions/{code}", body)).json()
        effects = [effect | {"props": effect["props"] | {"value": ""}} for effect in answer["effects"]]
        return effects, answer.get("referral"), answer["ruleFailureReasons"]

    assert (await told("EARLY-1"))[0][0]["props"]["rejectionReason"] == "ReferralStartDateInFuture"
    await shop.manage("PUT", settings(shop), {"hideCodeReasons": True})
    assert await told("EARLY-1") == await told("NOBODY-1")


async def test_what_is_refused(shop: Shop, other_shop: Shop) -> None:
    assert (await other_shop.manage("GET", settings(shop))).status_code == 404
    assert (await other_shop.manage("PUT", settings(shop), {"hideCodeReasons": True})).status_code == 404
    wrong = await shop.manage("PUT", settings(shop), {"hideCodeReasons": "yes"})
    assert (wrong.status_code, pointers(wrong)) == (400, ["/hideCodeReasons"])
