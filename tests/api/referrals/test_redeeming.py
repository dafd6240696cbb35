"""Referrals in sessions over HTTP, beside what the stories tell: parts of the answer, other shops, what is stored."""

from typing import Any

import pytest

from largesse.plumbing.database import Database, Query
from tests.support.api import Shop

pytestmark = pytest.mark.anyio

WELCOME = {
    "title": "welcome",
    "condition": ["and", ["referralValid"]],
    "effects": [["setDiscount", "welcome", 10]],
}
CONTENT = ["referral", "ruleFailureReasons"]
FRIENDS = Query(
    "friends",
    "SELECT friend_integration_id, advocate_integration_id, code, session_integration_id FROM friends "
    "WHERE account_id = $1",
)
FORGET = Query("forget", "DELETE FROM profiles WHERE account_id = $1 AND integration_id = $2")


async def make(shop: Shop, **terms: Any) -> dict[str, Any]:
    """A referral of ann's, in a campaign that wants referrals."""
    campaign = await shop.campaign()
    await shop.rules(campaign["id"], WELCOME, activate=True)
    body = {"campaignId": campaign["id"], "advocateProfileIntegrationId": "ann"} | terms
    made: dict[str, Any] = (await shop.integrate("POST", "/v1/referrals", body)).json()
    return made


async def update(shop: Shop, session_id: str, **session: Any) -> dict[str, Any]:
    """An update and its answer."""
    body = {"customerSession": session, "responseContent": CONTENT}
    answer = await shop.integrate("PUT", f"/v2/customer_sessions/{session_id}", body)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_the_answer_tells_whom_a_referral_has_referred(shop: Shop, database: Database) -> None:
    referral = await make(shop, usageLimit=2)
    code = referral["code"]
    opened = await update(shop, "s1", profileId="bob", referralCode=code)
    assert opened["referral"] == referral | {"referredCustomers": []}
    closed = await update(shop, "s1", state="closed")
    assert closed["referral"] == referral | {"referredCustomers": ["bob"], "usageCounter": 1}
    await update(shop, "s2", profileId="cleo", referralCode=code, state="closed")
    refused = await update(shop, "s3", profileId="dora", referralCode=code)
    assert refused["effects"][0]["props"] == {"value": code, "rejectionReason": "ReferralLimitReached"}
    assert refused["ruleFailureReasons"][0]["referralID"] == referral["id"]
    assert refused["ruleFailureReasons"][0]["referralValue"] == code
    async with database.transaction() as db:
        rows = [tuple(row.values()) for row in await db.rows(FRIENDS, shop.staff.account_id)]
    assert sorted(rows) == [("bob", "ann", code, "s1"), ("cleo", "ann", code, "s2")]
    cancelled = await update(shop, "s1", state="cancelled")
    assert cancelled["referral"] == referral | {"referredCustomers": ["cleo"], "usageCounter": 1}


async def test_a_session_without_referral_answers_without_one(shop: Shop) -> None:
    assert "referral" not in await update(shop, "s1")
    assert "referral" not in await update(shop, "s1", referralCode="NOBODYS")


async def test_an_advocate_who_is_gone(shop: Shop, database: Database) -> None:
    code = (await make(shop))["code"]
    async with database.transaction() as db:
        assert await db.run(FORGET, shop.staff.account_id, "ann") == 1
    told = await update(shop, "s1", profileId="bob", referralCode=code)
    assert told["effects"][0]["props"]["rejectionReason"] == "AdvocateNotFound"


async def test_another_accounts_code_is_unknown(shop: Shop, other_shop: Shop) -> None:
    code = (await make(shop))["code"]
    told = await update(other_shop, "s1", profileId="bob", referralCode=code)
    assert told["effects"][0]["props"]["rejectionReason"] == "ReferralNotFound"


async def test_a_closed_session_is_explained_as_before_its_referral_was_redeemed(shop: Shop) -> None:
    code = (await make(shop, usageLimit=1))["code"]
    body = {"customerSession": {"state": "closed", "profileId": "bob", "referralCode": code}}
    closed = await shop.integrate("PUT", "/v2/customer_sessions/s1", body | {"responseContent": ["customerSession"]})
    session_id = closed.json()["customerSession"]["id"]
    told = (await shop.manage("GET", f"{shop.path}/sessions/{session_id}/explain")).json()
    assert [(each["code"], each["accepted"], each["text"]) for each in told["codes"]] == [(code, True, "accepted")]
    assert told["campaigns"][0]["triggered"] is True


async def test_a_dry_close_refers_nobody(shop: Shop) -> None:
    code = (await make(shop))["code"]
    body = {"customerSession": {"state": "closed", "profileId": "bob", "referralCode": code}}
    for _ in range(2):
        answer = await shop.integrate("PUT", "/v2/customer_sessions/s1", body, query={"dry": "true"})
        assert [effect["effectType"] for effect in answer.json()["effects"]] == ["acceptReferral", "setDiscount"]
