"""The tree over HTTP: getEvaluationTree, updateEvaluationTree."""

import asyncio
from typing import Any

import pytest
from talon_one import CampaignSet

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

RULE = {"title": "R", "condition": ["and"], "effects": [["setDiscount", "d", 1]]}


async def tree_of(shop: Shop) -> dict[str, Any]:
    answer = await shop.manage("GET", f"{shop.path}/evaluation_tree")
    assert answer.status_code == 200, answer.text
    tree: dict[str, Any] = answer.json()
    return tree


async def arrange(shop: Shop, tree: dict[str, Any]) -> Any:
    return await shop.manage("PUT", f"{shop.path}/evaluation_tree", tree)


@pytest.fixture
async def grown(shop: Shop) -> dict[str, Any]:
    """A tree: the base group holds campaign A, a group with campaign B, and campaign C."""
    base_id = (await tree_of(shop))["set"]["groupId"]
    await shop.campaign(name="A")
    settings = {"evaluationMode": "listOrder", "evaluationScope": "session", "locked": False}
    group = await shop.create(f"{shop.path}/evaluation_groups", settings | {"name": "G", "parentId": base_id})
    await shop.campaign(name="B", evaluationGroupId=group["id"])
    await shop.campaign(name="C")
    return await tree_of(shop)


def leaf(campaign_id: int) -> dict[str, Any]:
    return {"type": "CAMPAIGN", "campaignId": campaign_id}


def parts(tree: dict[str, Any]) -> tuple[int, dict[str, Any], int, int]:
    """Campaign A, the group, campaign B in it, campaign C."""
    first, group, third = tree["set"]["elements"]
    return first["campaignId"], group, group["elements"][0]["campaignId"], third["campaignId"]


async def test_the_tree_shows_everything_in_order(shop: Shop, grown: dict[str, Any]) -> None:
    a, group, b, c = parts(grown)
    assert group == {
        "type": "SET",
        "name": "G",
        "operator": "FIRST",
        "elements": [leaf(b)],
        "groupId": group["groupId"],
        "locked": False,
        "description": "",
        "evaluationMode": "listOrder",
        "evaluationScope": "session",
    }
    assert (grown["applicationId"], grown["version"], grown["updatedBy"]) == (shop.application_id, 5, "Ada")
    assert grown["set"]["operator"] == "ALL" and a < b < c
    assert CampaignSet.from_dict(grown) is not None, "the official model reads it"


async def test_campaigns_and_groups_are_moved_and_groups_changed(shop: Shop, grown: dict[str, Any]) -> None:
    a, group, b, c = parts(grown)
    inner = group | {"elements": [leaf(c), leaf(a)], "evaluationMode": "highestDiscount", "name": "H"}
    wanted = grown["set"] | {"elements": [leaf(b), inner], "evaluationMode": "listOrder", "operator": "FIRST"}
    answer = await arrange(shop, grown | {"set": wanted})
    assert answer.status_code == 200, answer.text
    assert answer.json() == grown | {"set": wanted, "version": grown["version"] + 1}
    assert await tree_of(shop) == answer.json()


async def test_evaluation_follows_the_tree_at_once(shop: Shop, grown: dict[str, Any]) -> None:
    a, group, b, c = parts(grown)
    for campaign_id in (a, b, c):
        await shop.rules(campaign_id, RULE, activate=True)

    async def given() -> list[tuple[int, int, str]]:
        update = {"customerSession": {}, "responseContent": ["triggeredCampaigns"]}
        state = (await shop.integrate("PUT", "/v2/customer_sessions/s", update)).json()
        effects = [
            (each["campaignId"], each["evaluationGroupID"], each["evaluationGroupMode"]) for each in state["effects"]
        ]
        assert [each["id"] for each in state["triggeredCampaigns"]] == [campaign_id for campaign_id, _, _ in effects]
        return effects

    base_id, group_id = grown["set"]["groupId"], group["groupId"]
    stackable, first = (base_id, "stackable"), (group_id, "listOrder")
    assert await given() == [(a, *stackable), (b, *first), (c, *stackable)]
    wanted = grown["set"] | {"elements": [group | {"elements": [leaf(c), leaf(b)]}, leaf(a)]}
    assert (await arrange(shop, grown | {"set": wanted})).status_code == 200
    assert await given() == [(c, *first), (a, *stackable)]


async def test_failure_reasons_name_the_group(shop: Shop, grown: dict[str, Any]) -> None:
    a, _, _, _ = parts(grown)
    await shop.rules(a, RULE | {"condition": ["and", False]}, activate=True)
    update = {"customerSession": {}, "responseContent": ["ruleFailureReasons"]}
    state = (await shop.integrate("PUT", "/v2/customer_sessions/s", update)).json()
    reasons = [(each["evaluationGroupID"], each["evaluationGroupMode"]) for each in state["ruleFailureReasons"]]
    assert reasons == [(grown["set"]["groupId"], "stackable")]


async def test_what_a_tree_may_not_be(shop: Shop, grown: dict[str, Any]) -> None:
    a, group, b, c = parts(grown)
    root = grown["set"]
    nested = group | {"elements": [group | {"elements": [group | {"elements": []}]}]}
    cases: list[tuple[dict[str, Any], list[str]]] = [
        (root | {"elements": [leaf(a), group]}, ["/set/elements"]),
        (root | {"elements": [leaf(a), leaf(b), leaf(c)]}, ["/set/elements"]),
        (root | {"elements": [leaf(a), leaf(a), group, leaf(c)]}, ["/set/elements/1/campaignId"]),
        (root | {"elements": [leaf(a), group, leaf(c), leaf(999_999)]}, ["/set/elements/3/campaignId"]),
        (root | {"elements": [leaf(a), group, leaf(c), group | {"elements": []}]}, ["/set/elements/3/groupId"]),
        (root | {"groupId": 999_999}, ["/set/elements", "/set/groupId", "/set/groupId"]),
        (root | {"evaluationScope": "cartItem"}, ["/set/evaluationScope"]),
        (root | {"operator": "FIRST"}, ["/set/operator"]),
        (root | {"elements": [leaf(a), group | {"operator": "ALL"}, leaf(c)]}, ["/set/elements/1/operator"]),
        (group | {"elements": [root | {"elements": root["elements"][::2]}, leaf(b)]}, ["/set/groupId"]),
        (
            root | {"elements": [leaf(a), leaf(b), leaf(c), nested]},
            [f"/set{'/elements/3'}{path}" for path in ("/elements/0/elements/0", "/elements/0/groupId")],
        ),
        (root | {"type": "CAMPAIGN"}, ["/set/type"]),
    ]
    for wanted, expected in cases:
        answer = await arrange(shop, grown | {"set": wanted})
        assert (answer.status_code, sorted(pointers(answer))) == (400, expected), answer.text
    other = await arrange(shop, grown | {"applicationId": 999_999})
    assert (other.status_code, pointers(other)) == (400, ["/applicationId"])
    assert await tree_of(shop) == grown


async def test_a_locked_group_stays_as_it_is(shop: Shop, grown: dict[str, Any]) -> None:
    a, group, b, c = parts(grown)
    root = grown["set"]
    locked = group | {"locked": True}
    answer = await arrange(shop, grown | {"set": root | {"elements": [leaf(a), locked, leaf(c)]}})
    tree = answer.json()
    for elements in (
        [leaf(a), locked | {"name": "Other"}, leaf(c)],
        [leaf(a), locked | {"elements": []}, leaf(b), leaf(c)],
        [locked | {"elements": [leaf(b), leaf(a)]}, leaf(c)],
    ):
        refused = await arrange(shop, tree | {"set": root | {"elements": elements}})
        assert refused.status_code == 400, refused.text
        assert [each["title"] for each in refused.json()["errors"]] == ["Locked"]
    moved = [leaf(c), group, leaf(a)]
    assert (await arrange(shop, tree | {"set": root | {"elements": moved}})).json()["set"]["elements"] == moved


async def test_of_two_who_arrange_the_same_tree_one_is_told(shop: Shop, grown: dict[str, Any]) -> None:
    answers = await asyncio.gather(*(arrange(shop, grown) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert (await tree_of(shop))["version"] == grown["version"] + 1


async def test_a_deleted_campaign_leaves_the_tree(shop: Shop, grown: dict[str, Any]) -> None:
    a, group, _, c = parts(grown)
    assert (await shop.manage("DELETE", f"{shop.path}/campaigns/{a}")).status_code == 204
    tree = await tree_of(shop)
    assert tree["set"]["elements"] == [group, leaf(c)]
    assert tree["version"] == grown["version"] + 1
