"""Codes that rules make, through the front door: told in the answer, stored, and usable at once."""

import asyncio
from typing import Any

import pytest
from talon_one.models.coupon import Coupon
from talon_one.models.referral import Referral

from largesse.plumbing.database import Database, Query
from tests.support.api import Shop, pointers
from tests.support.carts import TEN_OFF, add_coupon, stored, told, update

pytestmark = pytest.mark.anyio

CAMPAIGN = [".", "Campaign", "Id"]
WHO = [".", "Profile", "IntegrationId"]


def rule(*effects: Any, title: str = "r") -> dict[str, Any]:
    """A rule that fires where the session is closed."""
    return {"title": title, "condition": ["and"], "effects": list(effects)}


async def campaign_with(shop: Shop, *rules: Any, **settings: Any) -> dict[str, Any]:
    """A campaign with these rules in force."""
    campaign = await shop.campaign(**settings)
    await shop.rules(campaign["id"], *rules)
    return campaign


async def test_what_was_made_is_answered_and_stored(shop: Shop) -> None:
    options = ["kv", ["discountLimit", 5], ["expiryDate", "2100-01-01T00:00:00Z"], ["storeInSession", True]]
    effects = (["createCoupon", CAMPAIGN, WHO, options], ["createReferral", CAMPAIGN, "bob"])
    campaign = await campaign_with(shop, rule(*effects))
    opened = await update(shop, profileId="ann")
    assert (opened["effects"], opened["createdCoupons"], opened["createdReferrals"]) == ([], [], [])

    closed = await update(shop, state="closed")
    (coupon,), (referral,) = closed["createdCoupons"], closed["createdReferrals"]
    assert told(closed) == [("couponCreated", coupon["value"]), ("referralCreated", referral["code"])]
    assert closed["effects"][0]["props"]["profileId"] == "ann"
    assert {name: coupon[name] for name in ("campaignId", "usageLimit", "discountLimit", "recipientIntegrationId")} == {
        "campaignId": campaign["id"],
        "usageLimit": 1,
        "discountLimit": 5,
        "recipientIntegrationId": "ann",
    }
    assert (referral["advocateProfileIntegrationId"], referral["friendProfileIntegrationId"]) == ("ann", "bob")
    Coupon.from_dict(coupon)
    Referral.from_dict(referral)
    assert closed["customerSession"]["couponCodes"] == [coupon["value"]]
    assert (await stored(shop))["couponCodes"] == [coupon["value"]]

    found = await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}/coupons/no_total")
    assert found.json()["data"] == [coupon]
    found = await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}/referrals/no_total")
    assert found.json()["data"] == [referral]


async def test_a_coupon_that_a_rule_has_made_can_be_redeemed(shop: Shop) -> None:
    settings = {"couponPattern": "T-######", "validCharacters": list("0123456789")}
    target = await campaign_with(shop, TEN_OFF, couponSettings=settings)
    await campaign_with(shop, rule(["createCoupon", target["id"], WHO]))
    (coupon,) = (await update(shop, "first", profileId="ann", state="closed"))["createdCoupons"]
    assert coupon["value"].startswith("T-")
    other = await update(shop, "second", profileId="bob", couponCodes=[coupon["value"]], state="closed")
    assert other["effects"][0]["props"]["rejectionReason"] == "CouponRecipientDoesNotMatch"
    again = await update(shop, "third", profileId="ann", couponCodes=[coupon["value"]], state="closed")
    assert told(again)[:2] == [("acceptCoupon", coupon["value"]), ("setDiscount", 10)]


async def test_a_dry_run_makes_nothing(shop: Shop) -> None:
    campaign = await campaign_with(shop, rule(["createCoupon", CAMPAIGN, ""]))
    dry = await update(shop, state="closed", query={"dry": "true"})
    assert (dry["effects"], dry["createdCoupons"]) == ([], [])
    found = await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}/coupons/no_total")
    assert found.json()["data"] == []


# The first coupon of all that is stored is not, as if its code had been taken; the sequence remembers the code, for it
# is no part of the transaction.
TAKE_FIRST = Query(
    "take_first",
    """
    DO $do$ BEGIN
        CREATE SEQUENCE first_code MINVALUE 0;
        CREATE FUNCTION take_first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF (SELECT is_called FROM first_code) THEN
                RETURN NEW;
            END IF;
            PERFORM setval('first_code', NEW.value::bigint);
            RETURN NULL;
        END $$;
        CREATE TRIGGER take_first BEFORE INSERT ON coupons FOR EACH ROW EXECUTE FUNCTION take_first();
    END $do$
    """,
)
FIRST = Query("first", "SELECT last_value FROM first_code")
LET_GO = Query(
    "let_go",
    "DO $$ BEGIN DROP TRIGGER take_first ON coupons; DROP FUNCTION take_first; DROP SEQUENCE first_code; END $$",
)


async def test_whose_code_is_taken_decides_again_with_other_dice(shop: Shop, database: Database) -> None:
    digits = ["kv", ["pattern", "1########"], ["validCharacters", "0123456789"]]
    await campaign_with(shop, rule(["createCoupon", CAMPAIGN, "", digits]))
    async with database.transaction() as db:
        await db.run(TAKE_FIRST)
    try:
        closed = await update(shop, state="closed")
        async with database.transaction() as db:
            first = await db.value(FIRST)
    finally:
        async with database.transaction() as db:
            await db.run(LET_GO)
    (coupon,) = closed["createdCoupons"]
    assert told(closed) == [("couponCreated", coupon["value"])]
    assert coupon["value"] != str(first)
    assert len(str(first)) == 9


async def test_campaigns_that_change_change_what_rules_may_make(shop: Shop) -> None:
    target = await shop.campaign()
    await campaign_with(shop, rule(["createCoupon", target["id"], ""]))
    assert len((await update(shop, "one", state="closed"))["createdCoupons"]) == 1
    gone = await shop.manage("DELETE", f"{shop.path}/campaigns/{target['id']}")
    assert gone.is_success
    closed = await update(shop, "two", state="closed")
    assert closed["createdCoupons"] == []
    refused = await shop.manage(
        "POST",
        f"{shop.path}/campaigns/{(await shop.campaign())['id']}/rulesets",
        {"rules": [rule(["createCoupon", target["id"], ""])], "bindings": []},
    )
    assert (refused.status_code, pointers(refused)) == (400, ["/rules/0/effects/0"])


async def test_a_campaign_of_another_application_gets_no_codes(shop: Shop, other_shop: Shop) -> None:
    theirs = await other_shop.campaign()
    ours = await shop.campaign()
    body = {"rules": [rule(["createReferral", theirs["id"], ""])], "bindings": []}
    refused = await shop.manage("POST", f"{shop.path}/campaigns/{ours['id']}/rulesets", body)
    assert (refused.status_code, pointers(refused)) == (400, ["/rules/0/effects/0"])


async def test_a_reservation_is_stored_at_once(shop: Shop) -> None:
    reserve = {"title": "r", "condition": ["and", ["couponValidNoRedeem"]], "effects": [["reserveCoupon"]]}
    await add_coupon(shop, "SAVE", reserve, reservationLimit=1)
    states = [await update(shop, name, profileId=name, couponCodes=["SAVE"]) for name in ("ann", "bob", "ann")]
    assert [state["effects"][0]["props"] for state in (states[0], states[2])] == [
        {"couponValue": "SAVE", "profileIntegrationId": "ann", "isNewReservation": is_new} for is_new in (True, False)
    ]
    assert told(states[1]) == [("rejectCoupon", "SAVE")]
    holders = await shop.integrate("GET", "/v1/coupon_reservations/customerprofiles/SAVE")
    assert [profile["integrationId"] for profile in holders.json()["data"]] == ["ann"]


async def test_one_reservation_is_left_and_two_want_it(shop: Shop) -> None:
    reserve = {"title": "r", "condition": ["and", ["couponValidNoRedeem"]], "effects": [["reserveCoupon"]]}
    await add_coupon(shop, "SAVE", reserve, reservationLimit=1)
    states = await asyncio.gather(*(update(shop, name, profileId=name, couponCodes=["SAVE"]) for name in "abcdefgh"))
    assert sorted(told(state)[0][0] for state in states) == ["rejectCoupon"] * 7 + ["reserveCoupon"]
