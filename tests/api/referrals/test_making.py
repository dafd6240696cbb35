"""Making, finding, changing and deleting referrals.

createReferral, createReferralsForMultipleAdvocates, getReferralsWithoutTotalCount, updateReferral, deleteReferral.
"""

from typing import Any

import httpx
import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

ATTRIBUTE = {
    "entity": "Referral",
    "name": "channel",
    "title": "channel",
    "type": "string",
    "description": "",
    "suggestions": [],
    "editable": True,
}


@pytest.fixture
async def campaign_id(shop: Shop) -> int:
    """A campaign without settings of its own."""
    made: int = (await shop.campaign(features=["referrals"]))["id"]
    return made


async def refer(shop: Shop, campaign_id: int, advocate: str = "ann", **terms: Any) -> httpx.Response:
    """createReferral."""
    body = {"campaignId": campaign_id, "advocateProfileIntegrationId": advocate} | terms
    return await shop.integrate("POST", "/v1/referrals", body)


async def refer_many(shop: Shop, campaign_id: int, advocates: list[str], **terms: Any) -> httpx.Response:
    """createReferralsForMultipleAdvocates."""
    body = {"campaignId": campaign_id, "advocateProfileIntegrationIds": advocates, "usageLimit": 1} | terms
    return await shop.integrate("POST", "/v1/referrals_for_multiple_advocates", body, query={"silent": "no"})


async def find(shop: Shop, campaign_id: int, **query: Any) -> list[str]:
    """The advocates of the referrals that getReferralsWithoutTotalCount finds."""
    answer = await shop.manage("GET", f"{shop.path}/campaigns/{campaign_id}/referrals/no_total", query=query)
    assert answer.status_code == 200, answer.text
    return [referral["advocateProfileIntegrationId"] for referral in answer.json()["data"]]


async def test_a_code_for_an_advocate(shop: Shop, campaign_id: int) -> None:
    await shop.create("/v1/attributes", ATTRIBUTE)
    terms: dict[str, Any] = {
        "friendProfileIntegrationId": "bob",
        "startDate": "2030-01-01T00:00:00Z",
        "expiryDate": "2031-01-01T00:00:00Z",
        "usageLimit": 0,
        "attributes": {"channel": "web"},
    }
    answer = await refer(shop, campaign_id, **terms)
    assert answer.status_code == 201
    made = answer.json()
    assert terms.items() <= made.items()
    assert (made["campaignId"], made["advocateProfileIntegrationId"], made["usageCounter"]) == (campaign_id, "ann", 0)
    assert len(made["code"]) == 8
    plain = (await refer(shop, campaign_id)).json()
    assert plain["usageLimit"] == 1
    assert plain.keys().isdisjoint({"startDate", "expiryDate", "friendProfileIntegrationId", "batchId"})


async def test_the_campaign_says_how_codes_look(shop: Shop) -> None:
    settings = {"validCharacters": ["x"], "couponPattern": "ref-##"}
    campaign = await shop.campaign(referralSettings=settings)
    assert (await refer(shop, campaign["id"])).json()["code"] == "REF-XX", "codes are folded as the Application says"
    used_up = await refer(shop, campaign["id"], "bob")
    assert (used_up.status_code, pointers(used_up)) == (400, ["/referralPattern"])
    assert await find(shop, campaign["id"]) == ["ann"]


async def test_codes_for_several_advocates(shop: Shop, campaign_id: int) -> None:
    sent = {"referralPattern": "R-##", "validCharacters": ["A", "B"]}
    answer = await refer_many(shop, campaign_id, ["ann", "bob", "ann", "cleo"], **sent)
    assert answer.status_code == 201
    made = answer.json()["data"]
    assert answer.json()["totalResultSize"] == 3
    assert [referral["advocateProfileIntegrationId"] for referral in made] == ["ann", "bob", "cleo"]
    assert len({referral["code"] for referral in made}) == 3
    assert len({referral["batchId"] for referral in made}) == 1
    last = await refer_many(shop, campaign_id, ["dora"], **sent)
    assert last.status_code == 201, "the last code of four is found"
    assert pointers(await refer_many(shop, campaign_id, ["eve"], **sent)) == ["/referralPattern"]


async def test_a_thousand_advocates_in_silence(shop: Shop, campaign_id: int) -> None:
    advocates = [f"advocate {number}" for number in range(1_000)]
    body = {"campaignId": campaign_id, "advocateProfileIntegrationIds": advocates, "usageLimit": 5}
    answer = await shop.integrate("POST", "/v1/referrals_for_multiple_advocates", body)
    assert (answer.status_code, answer.content) == (204, b"")
    assert sorted(await find(shop, campaign_id)) == sorted(advocates)


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({"advocate": ""}, "/advocateProfileIntegrationId"),
        ({"advocate": "a" * 1001}, "/advocateProfileIntegrationId"),
        ({"friendProfileIntegrationId": "ann"}, "/friendProfileIntegrationId"),
        ({"friendProfileIntegrationId": "f" * 1001}, "/friendProfileIntegrationId"),
        ({"usageLimit": -1}, "/usageLimit"),
        ({"usageLimit": 1_000_000}, "/usageLimit"),
        ({"startDate": "2030-01-02T00:00:00Z", "expiryDate": "2030-01-01T00:00:00Z"}, "/expiryDate"),
        ({"attributes": {"unheard": 1}}, "/attributes/unheard"),
        ({"campaignId": 0}, "/campaignId"),
    ],
)
async def test_what_cannot_be_made(shop: Shop, campaign_id: int, terms: dict[str, Any], pointer: str) -> None:
    refused = await refer(shop, **({"campaign_id": campaign_id} | terms))
    assert (refused.status_code, pointers(refused)) == (400, [pointer])
    assert await find(shop, campaign_id) == []


@pytest.mark.parametrize(
    ("terms", "pointer"),
    [
        ({"advocates": []}, "/advocateProfileIntegrationIds"),
        ({"advocates": ["a"] * 1001}, "/advocateProfileIntegrationIds"),
        ({"advocates": ["ann", ""]}, "/advocateProfileIntegrationIds/1"),
        ({"referralPattern": "R-!#"}, "/referralPattern"),
        ({"referralPattern": "ONLY"}, "/referralPattern"),
        ({"validCharacters": ["ab"]}, "/validCharacters/0"),
    ],
)
async def test_what_cannot_be_made_for_several(
    shop: Shop, campaign_id: int, terms: dict[str, Any], pointer: str
) -> None:
    refused = await refer_many(shop, campaign_id, **({"advocates": ["ann", "bob"]} | terms))
    assert (refused.status_code, pointers(refused)) == (400, [pointer])


async def test_another_accounts_campaign_is_none(shop: Shop, other_shop: Shop, campaign_id: int) -> None:
    assert pointers(await refer(other_shop, campaign_id)) == ["/campaignId"]


async def test_referrals_are_found_by_filters(shop: Shop, campaign_id: int) -> None:
    code = (await refer(shop, campaign_id, "ann")).json()["code"]
    await refer(shop, campaign_id, "bob", expiryDate="2020-01-01T00:00:00Z", usageLimit=0)
    await refer(shop, campaign_id, "cleo", startDate="2090-01-01T00:00:00Z")
    assert await find(shop, campaign_id) == ["ann", "bob", "cleo"]
    assert await find(shop, campaign_id, sort="-advocateProfileIntegrationId", pageSize=2) == ["cleo", "bob"]
    assert await find(shop, campaign_id, code=f"{code[:4]}-{code[4:]}".lower()) == ["ann"]
    assert await find(shop, campaign_id, advocate="bob") == ["bob"]
    assert await find(shop, campaign_id, valid="expired") == ["bob"]
    assert await find(shop, campaign_id, valid="validNow") == ["ann"]
    assert await find(shop, campaign_id, valid="validFuture") == ["cleo"]
    assert await find(shop, campaign_id, usable="false") == []
    assert await find(shop, campaign_id, createdBefore="2020-01-01T00:00:00Z") == []
    assert len(await find(shop, campaign_id, createdAfter="2020-01-01T00:00:00Z", usable="true")) == 3


async def test_a_referral_is_changed_and_deleted(shop: Shop, other_shop: Shop, campaign_id: int) -> None:
    await shop.create("/v1/attributes", ATTRIBUTE)
    made = (await refer(shop, campaign_id, friendProfileIntegrationId="bob", attributes={"channel": "web"})).json()
    place = f"{shop.path}/campaigns/{campaign_id}/referrals/{made['id']}"
    changed = (await shop.manage("PUT", place, {"usageLimit": 7, "expiryDate": "2090-01-01T00:00:00Z"})).json()
    assert (changed["usageLimit"], changed["expiryDate"], changed["attributes"]) == (
        7,
        "2090-01-01T00:00:00Z",
        {"channel": "web"},
    )
    assert "friendProfileIntegrationId" not in changed
    assert pointers(await shop.manage("PUT", place, {"friendProfileIntegrationId": "ann"})) == [
        "/friendProfileIntegrationId"
    ]
    assert (await other_shop.manage("PUT", place, {})).status_code == 404
    assert (await shop.manage("DELETE", place)).status_code == 204
    assert (await shop.manage("DELETE", place)).status_code == 404
    assert (await shop.manage("PUT", place.replace(str(made["id"]), "x"), {})).status_code == 404


async def test_a_campaign_takes_its_referrals_along(shop: Shop) -> None:
    settings = {"validCharacters": ["x"], "couponPattern": "ref-##"}
    campaign = await shop.campaign(referralSettings=settings)
    await refer(shop, campaign["id"])
    assert (await shop.manage("DELETE", f"{shop.path}/campaigns/{campaign['id']}")).status_code == 204
    other = await shop.campaign(referralSettings=settings)
    assert (await refer(shop, other["id"])).status_code == 201
