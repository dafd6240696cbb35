"""getCustomerInventory: all that belongs to one customer, part by part, and nothing that belongs to others."""

from typing import Any

import pytest

from largesse.plumbing.database import Database
from largesse.storage.codes import wallets
from tests.support.api import Shop, pointers
from tests.support.carts import profile_of
from tests.support.coupons import Coupons
from tests.support.loyalty import make_program, open_program

pytestmark = pytest.mark.anyio

CODE = {"title": "code", "condition": ["and", ["couponValid"]], "effects": [["setDiscount", "off", 1]]}
PARTS = ("profile", "referrals", "coupons", "loyalty", "giveaways", "achievements")
PAST, FUTURE = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


async def inventory(shop: Shop, *parts: str, who: str = "ann") -> dict[str, Any]:
    """These parts of a customer's inventory."""
    query = dict.fromkeys(parts, "true")
    answer = await shop.integrate("GET", f"/v1/customer_profiles/{who}/inventory", query=query)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def wallet(shop: Shop, who: str = "ann") -> dict[str, tuple[int, str]]:
    """The codes in a wallet in their order, how often the profile has redeemed each, and their states."""
    coupons = (await inventory(shop, "coupons", who=who))["coupons"]
    return {each["value"]: (each["profileRedemptionCount"], each["state"]) for each in coupons}


async def reserve(shop: Shop, code: str, *names: str) -> None:
    """Put a code into wallets."""
    answer = await shop.integrate("POST", f"/v1/coupon_reservations/{code}", {"integrationIDs": names})
    assert answer.status_code == 201, answer.text


async def redeem(shop: Shop, code: str, who: str = "ann", session_id: str = "s", state: str = "closed") -> None:
    """Close a session with a code, or cancel it."""
    session = {"profileId": who, "couponCodes": [code], "state": state} if state == "closed" else {"state": state}
    answer = await shop.integrate("PUT", f"/v2/customer_sessions/{session_id}", {"customerSession": session})
    assert answer.status_code in (200, 201), answer.text


@pytest.fixture
async def coupons(shop: Shop, database: Database) -> Coupons:
    """A campaign whose codes take one off; ann and bob have profiles."""
    campaign = await shop.campaign(features=["coupons"])
    await shop.rules(campaign["id"], CODE, activate=True)
    for name in ("ann", "bob"):
        await shop.integrate("PUT", f"/v2/customer_profiles/{name}", {})
    return Coupons(shop, database, campaign["id"])


@pytest.mark.usefixtures("coupons")
async def test_only_the_parts_that_are_asked_for_are_told(shop: Shop) -> None:
    assert await inventory(shop) == {}
    for part in PARTS:
        assert list(await inventory(shop, part)) == [part]
    everything = await inventory(shop, *PARTS)
    ann = await profile_of(shop, "ann")
    assert everything == {
        "profile": ann,
        "loyalty": {"programs": {}, "cards": []},
        "referrals": [],
        "coupons": [],
        "giveaways": [],
        "achievements": [],
    }


async def test_a_wallet_holds_what_is_reserved_given_or_for_everybody(shop: Shop, coupons: Coupons) -> None:
    await coupons.make("EVERYBODY", implicitlyReserved=True)
    await coupons.make("NOBODYS")
    await coupons.make("SOFT")
    await coupons.make("HARD", isReservationMandatory=True)
    await coupons.make("GIVEN", recipientIntegrationId="ann")
    await coupons.make("BOBS", recipientIntegrationId="bob")
    await reserve(shop, "SOFT", "ann", "bob")
    await reserve(shop, "HARD", "ann")
    assert list(await wallet(shop)) == ["SOFT", "HARD", "GIVEN", "EVERYBODY"]
    assert list(await wallet(shop, "bob")) == ["SOFT", "BOBS", "EVERYBODY"]
    soft = (await inventory(shop, "coupons"))["coupons"][0]
    assert soft == await coupons.read("SOFT") | {"profileRedemptionCount": 0, "state": "active"}


async def test_redeemed_codes_stay_in_the_wallet_until_they_are_given_back(shop: Shop, coupons: Coupons) -> None:
    await coupons.make("TWICE", usageLimit=2)
    await redeem(shop, "TWICE")
    assert (await wallet(shop), await wallet(shop, "bob")) == ({"TWICE": (1, "active")}, {})
    await redeem(shop, "TWICE", session_id="t")
    assert await wallet(shop) == {"TWICE": (2, "used")}
    for session_id in ("s", "t"):
        await redeem(shop, "TWICE", session_id=session_id, state="cancelled")
    assert await wallet(shop) == {}


async def test_states_of_codes(shop: Shop, coupons: Coupons) -> None:
    late = await shop.campaign(startTime=FUTURE, features=["coupons"])
    off = await shop.campaign(state="disabled", features=["coupons"])
    await coupons.make("ACTIVE", recipientIntegrationId="ann")
    await coupons.make("PENDING", recipientIntegrationId="ann", startDate=FUTURE)
    await coupons.make("EXPIRED", recipientIntegrationId="ann", expiryDate=PAST)
    for campaign, code in ((late, "LATE"), (off, "DISABLED")):
        await Coupons(shop, coupons.database, campaign["id"]).make(code, recipientIntegrationId="ann")
    assert await wallet(shop) == {
        "ACTIVE": (0, "active"),
        "PENDING": (0, "pending"),
        "EXPIRED": (0, "expired"),
        "LATE": (0, "active"),
        "DISABLED": (0, "disabled"),
    }


async def test_a_wallet_has_a_ceiling_and_what_is_for_everybody_comes_last(
    shop: Shop, coupons: Coupons, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wallets, "COUPONS_LISTED_MAX", 2)
    await coupons.make("ALL-####", 3, implicitlyReserved=True)
    await coupons.make("GIVEN", recipientIntegrationId="ann")
    first, second = await wallet(shop)
    assert first == "GIVEN" and second.startswith("ALL-")


async def test_referrals_are_the_advocate_s_with_the_friends(shop: Shop, coupons: Coupons) -> None:
    valid = {"title": "friend", "condition": ["and", ["referralValid"]], "effects": [["setDiscount", "off", 1]]}
    await shop.rules(coupons.campaign_id, valid, activate=True)
    body = {"campaignId": coupons.campaign_id, "advocateProfileIntegrationId": "ann"}
    made = (await shop.integrate("POST", "/v1/referrals", body)).json()
    session = {"profileId": "bob", "referralCode": made["code"], "state": "closed"}
    await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": session})
    told = (await inventory(shop, "referrals"))["referrals"]
    assert told == [made | {"usageCounter": 1, "referredCustomers": ["bob"]}]
    assert (await inventory(shop, "referrals", who="bob"))["referrals"] == []


@pytest.mark.usefixtures("coupons")
async def test_loyalty_is_the_programs_and_the_cards(shop: Shop) -> None:
    program_id = await open_program(shop)
    cards = await make_program(shop, name="cards", cardBased=True)
    card = {"cardIdentifier": "HERS-1", "customerProfileIds": ["mia"]}
    await shop.integrate("POST", f"/v1/loyalty_programs/{cards['id']}/cards", card)
    told = (await inventory(shop, "loyalty", who="mia"))["loyalty"]
    program = told["programs"][str(program_id)]
    assert (program["ledger"]["currentBalance"], program["subLedgers"]["spare"]["currentBalance"]) == (100, 20)
    assert (program["ledger"]["tentativeCurrentBalance"], program["ledger"]["currentTier"]["name"]) == (100, "Gold")
    assert [(each["identifier"], each["programID"]) for each in told["cards"]] == [("HERS-1", cards["id"])]
    assert (await inventory(shop, "loyalty"))["loyalty"] == {"programs": {}, "cards": []}


async def test_giveaways_and_achievements_are_those_the_customer_has(shop: Shop, coupons: Coupons) -> None:
    pool = await shop.create("/v1/giveaways/pools", {"name": "Cards", "sandbox": False})
    place = f"/v1/giveaways/pools/{pool['id']}/giveaways"
    await shop.create(place, {"giveaways": [{"code": code} for code in ("ONE", "TWO")]})
    defined = f"{shop.path}/campaigns/{coupons.campaign_id}/achievements"
    stamps, other = [
        await shop.create(defined, {"name": name, "title": name, "description": "", "target": 10})
        for name in ("Stamps", "Other")
    ]
    effects = [
        ["awardGiveaway", pool["id"]],
        ["startAchievementProgress", stamps["id"]],
        ["increaseAchievementProgress", stamps["id"], 3],
    ]
    rule = {"title": "all", "condition": ["and"], "effects": effects}
    await shop.rules(coupons.campaign_id, rule, activate=True)
    session = {"profileId": "ann", "state": "closed"}
    await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": session})
    told = await inventory(shop, "giveaways", "achievements")
    (awarded,) = (await shop.manage("GET", place, query={"used": True})).json()["data"]
    assert told["giveaways"] == [awarded] and awarded["code"] == "ONE"
    (progress,) = told["achievements"]
    assert progress.items() >= {"achievementId": stamps["id"], "status": "inprogress", "progress": 3}.items()
    progress_of = await shop.manage(
        "GET", f"{shop.path}/achievement_progress/ann", query={"achievementId": stamps["id"]}
    )
    assert progress_of.json()["data"] == [progress] and other["id"] != stamps["id"]
    assert await inventory(shop, "giveaways", "achievements", who="bob") == {"giveaways": [], "achievements": []}


async def test_refused(shop: Shop, other_shop: Shop, coupons: Coupons) -> None:
    await coupons.make("GIVEN", recipientIntegrationId="ann")
    for asking, name in ((shop, "nobody"), (other_shop, "ann")):
        answer = await asking.integrate("GET", f"/v1/customer_profiles/{name}/inventory", query={"coupons": "true"})
        assert (answer.status_code, answer.json()["message"]) == (404, "There is no such customer profile")
    await other_shop.integrate("PUT", "/v2/customer_profiles/ann", {})
    assert await wallet(other_shop) == {}
    for name, query, where in (("ann", {"coupons": "perhaps"}, "coupons"), ("x" * 1_001, {}, "integrationId")):
        answer = await shop.integrate("GET", f"/v1/customer_profiles/{name}/inventory", query=query)
        assert (answer.status_code, pointers(answer)) == (400, [where])
