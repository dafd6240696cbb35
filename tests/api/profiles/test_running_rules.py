"""Updates of profiles that rules run on: what is answered and stored, dry runs, refusals, and the same key again."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.carts import profile_of

pytestmark = pytest.mark.anyio

PATH = "/v2/customer_profiles/ann"
RUN = {"runRuleEngine": "true"}
DRY = RUN | {"dry": "true"}
HELLO = {
    "title": "hello",
    "condition": ["and", ["eventIs", "profileCreated"]],
    "effects": [["customEffect", 7, "confetti"]],
}
NEVER = {"title": "never", "condition": ["and", ["eventIs", "profileUpdated"]], "effects": []}
CONTENT = ["customerProfile", "triggeredCampaigns", "loyalty", "event", "awardedGiveaways", "ruleFailureReasons"]


async def open_campaign(shop: Shop, *rules: dict[str, Any], **settings: Any) -> int:
    """A campaign with these rules."""
    campaign_id: int = (await shop.campaign(**settings))["id"]
    await shop.rules(campaign_id, *rules)
    return campaign_id


def types(state: dict[str, Any]) -> list[str]:
    """The types of the effects."""
    return [effect["effectType"] for effect in state["effects"]]


async def test_everything_that_is_asked_for_is_told(shop: Shop) -> None:
    campaign_id = await open_campaign(shop, HELLO, NEVER)
    state = (await shop.integrate("PUT", PATH, {"responseContent": [*CONTENT, "achievements"]}, query=RUN)).json()
    assert types(state) == ["customEffect"]
    assert [campaign["id"] for campaign in state["triggeredCampaigns"]] == [campaign_id]
    assert [failure["ruleName"] for failure in state["ruleFailureReasons"]] == ["never"]
    assert (state["event"]["type"], state["event"]["profileId"]) == ("talon_profile_created", "ann")
    assert state["event"]["id"] > 0
    assert state["awardedGiveaways"] == []
    ann = state["customerProfile"]
    assert ann["id"] > 0
    assert ann == await profile_of(shop, "ann")

    state = (await shop.integrate("PUT", PATH, {"responseContent": ["event"]}, query=RUN)).json()
    assert (types(state), state["event"]["type"]) == ([], "talon_profile_updated")


async def test_a_dry_run_stores_nothing_and_may_choose_campaigns(shop: Shop) -> None:
    await open_campaign(shop, HELLO)
    disabled = await open_campaign(shop, HELLO, state="disabled")
    audience = (await shop.integrate("POST", "/v2/audiences", {"name": "vip"})).json()["id"]
    moves = {"audiencesChanges": {"adds": [audience], "deletes": []}}
    for _ in range(2):
        state = (await shop.integrate("PUT", PATH, moves, query=DRY)).json()
        assert types(state) == ["customEffect"]
    chosen = {"evaluableCampaignIds": [disabled]}
    state = (await shop.integrate("PUT", PATH, chosen, query=DRY)).json()
    assert [effect["campaignId"] for effect in state["effects"]] == [disabled]
    ann = await profile_of(shop, "ann")
    assert (ann["id"], ann["audienceMemberships"]) == (0, [])


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"attributes": {"nope": 1}}, "/attributes/nope"),
        ({"audiencesChanges": {"adds": [999_999_999], "deletes": []}}, "/audiencesChanges/adds/0"),
        ({"responseContent": ["customerSession"]}, "/responseContent/0"),
    ],
    ids=str,
)
async def test_refused_with_its_place(shop: Shop, body: dict[str, Any], where: str) -> None:
    await open_campaign(shop, HELLO)
    answer = await shop.integrate("PUT", PATH, body, query=RUN)
    assert (answer.status_code, pointers(answer)) == (400, [where])
    assert (await profile_of(shop, "ann"))["id"] == 0


async def test_a_budget_is_used_up_at_once(shop: Shop) -> None:
    always = HELLO | {"condition": ["and"]}
    await open_campaign(shop, always, limits=[{"action": "customEffect", "limit": 2, "entities": []}])
    told = [types((await shop.integrate("PUT", PATH, {}, query=RUN)).json()) for _ in range(3)]
    assert told == [["customEffect"], ["customEffect"], []]


async def test_sent_again_under_its_key_it_runs_once(shop: Shop) -> None:
    await open_campaign(shop, HELLO)
    headers = {"Authorization": f"ApiKey-v1 {shop.key}", "Idempotency-Key": "one"}
    answers = [await shop.client.put(PATH, json={}, params=RUN, headers=headers) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert types(answers[1].json()) == ["customEffect"]


async def test_many_profiles_are_updated_without_rules(shop: Shop) -> None:
    """updateCustomerProfilesV2."""
    await open_campaign(shop, HELLO)
    attribute = {"entity": "CustomerProfile", "name": "tier", "title": "tier", "type": "string", "description": ""}
    await shop.create("/v1/attributes", attribute | {"suggestions": [], "editable": True})
    sent = [{"integrationId": who, "attributes": {"tier": tier}} for who, tier in (("bob", "gold"), ("ann", "silver"))]
    silent = await shop.integrate("PUT", "/v2/customer_profiles", {"customerProfiles": sent})
    assert (silent.status_code, silent.content) == (204, b"")
    again = {"customerProfiles": [{"integrationId": "bob"}, {"integrationId": "ann", "attributes": {"tier": None}}]}
    told = (await shop.integrate("PUT", "/v2/customer_profiles", again, query={"silent": "no"})).json()
    profiles = [each["customerProfile"] for each in told["integrationStates"]]
    known = {each["integrationId"]: each["attributes"] for each in profiles}
    assert known == {"bob": {"tier": "gold"}, "ann": {}}
    assert profiles[0] == await profile_of(shop, "bob")
    assert (await shop.integrate("PUT", "/v2/customer_profiles", {})).status_code == 204


@pytest.mark.parametrize(
    ("profiles", "query", "where"),
    [
        ([{"integrationId": "a"}, {"integrationId": ""}], {}, ["/customerProfiles/1/integrationId"]),
        ([{"integrationId": "x" * 1001}], {}, ["/customerProfiles/0/integrationId"]),
        ([{"integrationId": "a", "attributes": {"nope": 1}}], {}, ["/customerProfiles/0/attributes/nope"]),
        ([{"integrationId": "a"}] * 1001, {}, ["/customerProfiles"]),
        ([{"integrationId": "a"}], {"silent": "perhaps"}, ["silent"]),
    ],
    ids=["no id", "long id", "unknown attribute", "too many", "silent"],
)
async def test_one_bad_profile_refuses_all(
    shop: Shop, profiles: list[dict[str, Any]], query: dict[str, str], where: list[str]
) -> None:
    answer = await shop.integrate("PUT", "/v2/customer_profiles", {"customerProfiles": profiles}, query=query)
    assert (answer.status_code, pointers(answer)) == (400, where)
    assert (await profile_of(shop, "a"))["id"] == 0
