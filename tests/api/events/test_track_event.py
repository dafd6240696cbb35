"""trackEventV2: what is answered and stored, dry runs, refusals, and the same key again."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.carts import profile_of

pytestmark = pytest.mark.anyio

PATH = "/v2/events"
LIKED: dict[str, Any] = {"profileId": "ann", "type": "liked"}
TOLD = {"silent": "no"}
DRY = TOLD | {"dry": "true"}
RULE = {
    "title": "thanks",
    "condition": ["and", ["eventIs", "liked"]],
    "effects": [["customEffect", 7, "confetti"]],
}


@pytest.fixture
async def liking(shop: Shop) -> Shop:
    """A shop that may send events of the type liked, and gives one effect for it."""
    await shop.create("/v1/event_types", {"name": "liked", "title": "Liked"})
    for name, event_type in (("what", "liked"), ("where", "viewed"), ("when", None)):
        attribute = {"entity": "Event", "name": name, "title": name, "type": "string", "description": ""}
        if event_type:
            attribute["eventType"] = event_type
        await shop.create("/v1/attributes", attribute | {"suggestions": [], "editable": True})
    campaign = await shop.campaign()
    await shop.rules(campaign["id"], RULE)
    return shop


def types(state: dict[str, Any]) -> list[str]:
    """The types of the effects."""
    return [effect["effectType"] for effect in state["effects"]]


async def test_it_is_silent_unless_asked(liking: Shop) -> None:
    silent = await liking.integrate("POST", PATH, LIKED)
    assert (silent.status_code, silent.content) == (204, b"")
    attributes = {"what": "a hat", "when": "now"}
    body = LIKED | {"attributes": attributes, "responseContent": ["event", "customerProfile", "triggeredCampaigns"]}
    state = (await liking.integrate("POST", PATH, body, query=TOLD)).json()
    assert types(state) == ["customEffect"]
    event = state["event"]
    assert (event["type"], event["profileId"], event["attributes"]) == ("liked", "ann", attributes)
    assert event["id"] > 0
    assert "sessionId" not in event
    assert len(state["triggeredCampaigns"]) == 1
    assert state["customerProfile"] == await profile_of(liking, "ann")


async def test_a_dry_run_stores_nothing_and_may_be_complete(liking: Shop) -> None:
    base = (await liking.manage("GET", liking.path)).json()["defaultEvaluationGroupId"]
    modes = {"evaluationMode": "listOrder", "evaluationScope": "session"}
    group = {"name": "g", "locked": False, "parentId": base} | modes
    made = await liking.create(f"{liking.path}/evaluation_groups", group)
    rivals = [await liking.campaign(evaluationGroupId=made["id"]) for _ in range(2)]
    for rival in rivals:
        await liking.rules(rival["id"], RULE)
    assert len(types((await liking.integrate("POST", PATH, LIKED, query=DRY)).json())) == 2
    complete = DRY | {"forceCompleteEvaluation": "true"}
    assert len(types((await liking.integrate("POST", PATH, LIKED, query=complete)).json())) == 3
    chosen = LIKED | {"evaluableCampaignIds": [rivals[1]["id"]]}
    state = (await liking.integrate("POST", PATH, chosen, query=DRY)).json()
    assert [effect["campaignId"] for effect in state["effects"]] == [rivals[1]["id"]]
    assert (await profile_of(liking, "ann"))["id"] == 0


@pytest.mark.parametrize(
    ("body", "query", "where"),
    [
        ({"profileId": None}, {}, ["/profileId"]),
        ({"profileId": ""}, {}, ["/profileId"]),
        ({"profileId": "x" * 1001}, {}, ["/profileId"]),
        ({"type": ""}, {}, ["/type"]),
        ({"type": "hated"}, {}, ["/type"]),
        ({"type": "talon_session_closed"}, {}, ["/type"]),
        ({"attributes": {"nope": 1, "what": 2}}, {}, ["/attributes/nope", "/attributes/what"]),
        ({"attributes": {"where": "here"}}, {}, ["/attributes/where"]),
        ({"storeIntegrationId": "nowhere"}, {}, ["/storeIntegrationId"]),
        ({"loyaltyCards": ["none"]}, {}, ["/loyaltyCards/0"]),
        ({"responseContent": ["customerSession"]}, {}, ["/responseContent/0"]),
        ({}, {"silent": "perhaps"}, ["silent"]),
        ({}, {"forceCompleteEvaluation": "true"}, ["forceCompleteEvaluation"]),
    ],
    ids=lambda each: str(each)[:40],
)
async def test_refused_with_its_place(
    liking: Shop, body: dict[str, Any], query: dict[str, str], where: list[str]
) -> None:
    answer = await liking.integrate("POST", PATH, LIKED | body, query=query)
    assert (answer.status_code, pointers(answer)) == (400, where)
    assert (await profile_of(liking, "ann"))["id"] == 0


async def test_an_event_in_a_store_is_for_its_campaigns(liking: Shop) -> None:
    store = await liking.create(f"{liking.path}/stores", {"name": "Mitte", "description": "", "integrationId": "mitte"})
    linked = await liking.campaign(linkedStoreIds=[store["id"]])
    await liking.rules(linked["id"], RULE)
    assert len(types((await liking.integrate("POST", PATH, LIKED, query=TOLD)).json())) == 1
    there = LIKED | {"storeIntegrationId": "mitte"}
    assert len(types((await liking.integrate("POST", PATH, there, query=TOLD)).json())) == 2


async def test_sent_again_under_its_key_it_is_recorded_once(liking: Shop) -> None:
    headers = {"Authorization": f"ApiKey-v1 {liking.key}", "Idempotency-Key": "one"}
    body = LIKED | {"responseContent": ["event"]}
    answers = [await liking.client.post(PATH, json=body, params=TOLD, headers=headers) for _ in range(2)]
    assert len({answer.json()["event"]["id"] for answer in answers}) == 1


async def test_a_dry_run_tells_for_which_campaigns_a_customer_qualifies(liking: Shop) -> None:
    """For events, and for updates of profiles."""
    body = LIKED | {"responseContent": ["campaignEligibility"]}
    (told,) = (await liking.integrate("POST", PATH, body, query=DRY)).json()["campaignEligibility"]
    assert [each["passed"] for each in told["eligibility"]] == [True]
    assert "campaignEligibility" not in (await liking.integrate("POST", PATH, body, query=TOLD)).json()
    update = {"responseContent": ["campaignEligibility"]}
    query = {"runRuleEngine": "true", "dry": "true"}
    (told,) = (await liking.integrate("PUT", "/v2/customer_profiles/ann", update, query=query)).json()[
        "campaignEligibility"
    ]
    assert [each["passed"] for each in told["eligibility"]] == [False]
