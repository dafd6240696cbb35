"""Groups over HTTP: createEvaluationGroup, getEvaluationGroups, getEvaluationGroup, updateEvaluationGroup,
deleteEvaluationGroup."""

from typing import Any

import pytest
from talon_one import CampaignEvaluationGroup

from largesse.plumbing.database import Database
from tests.support.api import Shop, open_shop, pointers

pytestmark = pytest.mark.anyio

SETTINGS = {"evaluationMode": "listOrder", "evaluationScope": "session", "locked": False}


async def base_of(shop: Shop) -> dict[str, Any]:
    found = (await shop.manage("GET", f"{shop.path}/evaluation_groups")).json()["data"]
    base: dict[str, Any] = found[0]
    return base


async def group(shop: Shop, name: str, parent_id: int, **settings: Any) -> dict[str, Any]:
    body = SETTINGS | {"name": name, "parentId": parent_id} | settings
    return await shop.create(f"{shop.path}/evaluation_groups", body)


async def change(shop: Shop, before: dict[str, Any], **settings: Any) -> Any:
    return await shop.manage("PUT", f"{shop.path}/evaluation_groups/{before['id']}", before | settings)


async def version(shop: Shop) -> int:
    number: int = (await shop.manage("GET", f"{shop.path}/evaluation_tree")).json()["version"]
    return number


async def test_a_base_group_is_always_there(shop: Shop) -> None:
    base = await base_of(shop)
    assert base == {
        "id": base["id"],
        "applicationId": shop.application_id,
        "name": "Base group",
        "parentId": base["id"],
        "description": "",
        "evaluationMode": "stackable",
        "evaluationScope": "session",
        "locked": False,
    }
    application = (await shop.manage("GET", shop.path)).json()
    assert application["defaultEvaluationGroupId"] == base["id"]


async def test_groups_are_created_read_listed_and_deleted(shop: Shop) -> None:
    base = await base_of(shop)
    outer = await group(shop, "Outer", base["id"], description="first come, first served")
    inner = await group(shop, "Inner", outer["id"], evaluationMode="highestDiscount", evaluationScope="cartItem")
    assert outer == SETTINGS | {
        "id": outer["id"],
        "applicationId": shop.application_id,
        "name": "Outer",
        "parentId": base["id"],
        "description": "first come, first served",
    }
    assert CampaignEvaluationGroup.from_dict(inner) is not None, "the official model reads it"
    place = f"{shop.path}/evaluation_groups"
    assert (await shop.manage("GET", f"{place}/{inner['id']}")).json() == inner
    listed = (await shop.manage("GET", place, query={"sort": "-name", "pageSize": 2})).json()
    assert (listed["totalResultSize"], [each["name"] for each in listed["data"]]) == (3, ["Outer", "Inner"])
    assert (await shop.manage("DELETE", f"{place}/{outer['id']}")).status_code == 400, "it holds another"
    for each in (inner, outer):
        assert (await shop.manage("DELETE", f"{place}/{each['id']}")).status_code == 204
        assert (await shop.manage("GET", f"{place}/{each['id']}")).status_code == 404
    assert await version(shop) == 5


async def test_the_base_group_changes_its_mode_and_nothing_of_its_place(shop: Shop) -> None:
    base = await base_of(shop)
    changed = await change(shop, base, evaluationMode="lowestDiscount", name="Root")
    assert changed.json() == base | {"evaluationMode": "lowestDiscount", "name": "Root"}
    outer = await group(shop, "Outer", base["id"])
    refused = await change(shop, base, evaluationScope="cartItem", parentId=outer["id"])
    assert (refused.status_code, sorted(pointers(refused))) == (400, ["/evaluationScope", "/parentId"])
    assert (await shop.manage("DELETE", f"{shop.path}/evaluation_groups/{base['id']}")).status_code == 400


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"name": ""}, "/name"),
        ({"parentId": 0}, "/parentId"),
        ({"parentId": 999_999}, "/parentId"),
        ({"evaluationMode": "random"}, "/evaluationMode"),
        ({"evaluationScope": "universe"}, "/evaluationScope"),
        ({"locked": None}, "/locked"),
    ],
)
async def test_what_a_group_may_not_be(shop: Shop, settings: dict[str, Any], expected: str) -> None:
    base = await base_of(shop)
    body = SETTINGS | {"name": "Group", "parentId": base["id"]} | settings
    answer = await shop.manage("POST", f"{shop.path}/evaluation_groups", body)
    assert (answer.status_code, pointers(answer)) == (400, [expected])
    assert await version(shop) == 1, "what is refused changes nothing"


async def test_groups_lie_on_two_levels(shop: Shop) -> None:
    base = await base_of(shop)
    outer = await group(shop, "Outer", base["id"])
    inner = await group(shop, "Inner", outer["id"])
    other = await group(shop, "Other", base["id"])
    body = SETTINGS | {"name": "Innermost", "parentId": inner["id"]}
    too_deep = await shop.manage("POST", f"{shop.path}/evaluation_groups", body)
    assert (too_deep.status_code, pointers(too_deep)) == (400, ["/parentId"])
    for before, parent in ((outer, outer), (outer, other), (outer, inner)):
        refused = await change(shop, before, parentId=parent["id"])
        assert (refused.status_code, pointers(refused)) == (400, ["/parentId"])
    assert (await change(shop, other, parentId=outer["id"])).json()["parentId"] == outer["id"]


async def test_a_locked_group_can_only_be_unlocked(shop: Shop) -> None:
    base = await base_of(shop)
    locked = await group(shop, "Locked", base["id"], locked=True)
    other = await group(shop, "Other", base["id"])
    assert (await change(shop, locked, name="Changed")).status_code == 400
    assert (await change(shop, locked, locked=False, name="Changed")).status_code == 400
    assert (await change(shop, other, parentId=locked["id"])).status_code == 400
    body = {"name": "C", "state": "enabled", "tags": [], "features": [], "limits": []}
    refused = await shop.manage("POST", f"{shop.path}/campaigns", body | {"evaluationGroupId": locked["id"]})
    assert (refused.status_code, pointers(refused)) == (400, ["/evaluationGroupId"])
    assert (await shop.manage("DELETE", f"{shop.path}/evaluation_groups/{locked['id']}")).status_code == 400
    unlocked = (await change(shop, locked, locked=False)).json()
    assert unlocked == locked | {"locked": False}
    assert (await change(shop, unlocked, name="Changed")).status_code == 200


async def test_new_campaigns_go_to_the_default_group(shop: Shop) -> None:
    base = await base_of(shop)
    chosen = await group(shop, "Default", base["id"])
    settings = {"name": "Shop", "timezone": "UTC", "currency": "EUR"}
    wrong = await shop.manage("PUT", shop.path, settings | {"defaultEvaluationGroupId": 999_999})
    assert (wrong.status_code, pointers(wrong)) == (400, ["/defaultEvaluationGroupId"])
    changed = await shop.manage("PUT", shop.path, settings | {"defaultEvaluationGroupId": chosen["id"]})
    assert changed.json()["defaultEvaluationGroupId"] == chosen["id"]
    first = await shop.campaign()
    second = await shop.campaign(evaluationGroupId=base["id"])
    tree = (await shop.manage("GET", f"{shop.path}/evaluation_tree")).json()["set"]
    assert [each.get("campaignId") for each in tree["elements"]] == [None, second["id"]]
    assert [each["campaignId"] for each in tree["elements"][0]["elements"]] == [first["id"]]
    assert (await shop.manage("DELETE", f"{shop.path}/evaluation_groups/{chosen['id']}")).status_code == 400


async def test_a_campaign_moves_when_its_settings_name_another_group(shop: Shop) -> None:
    base = await base_of(shop)
    other = await group(shop, "Other", base["id"])
    campaign = await shop.campaign()
    before = await version(shop)
    place = f"{shop.path}/campaigns/{campaign['id']}"
    settings = {"name": "C", "tags": [], "features": [], "limits": []}
    for group_id, count in ((other["id"], 1), (None, 1), (other["id"], 1), (base["id"], 2)):
        answer = await shop.manage("PUT", place, settings | {"evaluationGroupId": group_id})
        assert answer.status_code == 200, answer.text
        assert await version(shop) == before + count
    tree = (await shop.manage("GET", f"{shop.path}/evaluation_tree")).json()["set"]
    assert tree["elements"][1] == {"type": "CAMPAIGN", "campaignId": campaign["id"]}
    missing = await shop.manage("PUT", place, settings | {"evaluationGroupId": 999_999})
    assert (missing.status_code, pointers(missing)) == (400, ["/evaluationGroupId"])


async def test_groups_of_others_do_not_exist(shop: Shop, database: Database) -> None:
    base = await base_of(shop)
    stranger = await open_shop(shop.client, database)
    for path in (
        f"{shop.path}/evaluation_groups/{base['id']}",
        f"{shop.path}/evaluation_tree",
        f"{stranger.path}/evaluation_groups/{base['id']}",
    ):
        assert (await stranger.manage("GET", path)).status_code == 404
