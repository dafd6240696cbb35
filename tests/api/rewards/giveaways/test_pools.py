"""Pools of giveaways over HTTP: createGiveawaysPool, listGiveawaysPools, getGiveawaysPool, updateGiveawaysPool,
deleteGiveawaysPool, and what is in them: addGiveaways, listGiveaways. All are our own.
"""

from typing import Any

import pytest
from talon_one.models.giveaway import Giveaway
from talon_one.models.giveaways_pool import GiveawaysPool

from largesse.api.rewards.giveaways.wire import GIVEAWAYS_PER_REQUEST_MAX
from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

PATH = "/v1/giveaways/pools"
CARDS = {"name": "Gift cards", "description": "Ten each", "sandbox": False}


async def new_pool(shop: Shop, *codes: str, **settings: Any) -> str:
    """The path of a new pool with these codes."""
    pool = await shop.create(PATH, CARDS | settings)
    if codes:
        await shop.create(f"{PATH}/{pool['id']}/giveaways", {"giveaways": [{"code": code} for code in codes]})
    return f"{PATH}/{pool['id']}"


async def test_a_pool_is_created_read_changed_and_deleted(shop: Shop) -> None:
    pool = await shop.create(PATH, CARDS | {"subscribedApplicationsIds": [shop.application_id]})
    assert pool.items() >= (CARDS | {"subscribedApplicationsIds": [shop.application_id]}).items()
    assert (pool["accountId"], pool["createdBy"]) == (shop.staff.account_id, shop.staff.user_id)
    assert GiveawaysPool.model_validate(pool).modified is None
    one = f"{PATH}/{pool['id']}"
    assert (await shop.manage("GET", one)).json() == pool
    changed = (await shop.manage("PUT", one, {"name": "Cards", "sandbox": False})).json()
    assert changed.items() >= {"name": "Cards", "description": "", "subscribedApplicationsIds": []}.items()
    assert GiveawaysPool.model_validate(changed).modified_by == shop.staff.user_id
    assert (await shop.manage("DELETE", one)).status_code == 204
    assert [(await shop.manage(method, one)).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert (await shop.manage("PUT", one, CARDS)).status_code == 404


async def test_pools_are_listed_in_pages(shop: Shop, other_shop: Shop) -> None:
    for name in ("b", "a", "c"):
        await shop.create(PATH, CARDS | {"name": name})
    first = (await shop.manage("GET", PATH, query={"sort": "-name", "pageSize": 2})).json()
    assert (first["totalResultSize"], [pool["name"] for pool in first["data"]]) == (3, ["c", "b"])
    refused = await shop.manage("GET", PATH, query={"sort": "sandbox"})
    assert (refused.status_code, pointers(refused)) == (400, ["sort"])
    assert (await other_shop.manage("GET", PATH)).json()["totalResultSize"] == 0


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"sandbox": None}, "/sandbox"),
        ({"subscribedApplicationsIds": [0]}, "/subscribedApplicationsIds/0"),
    ],
)
async def test_a_wrong_pool_is_refused_with_its_place(shop: Shop, change: dict[str, Any], pointer: str) -> None:
    answer = await shop.manage("POST", PATH, CARDS | change)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


async def test_a_pool_and_its_applications_are_of_one_kind(shop: Shop) -> None:
    sent = {"name": "Cards", "sandbox": True, "subscribedApplicationsIds": [shop.application_id]}
    answer = await shop.manage("POST", PATH, sent)
    assert (answer.status_code, pointers(answer)) == (400, ["/subscribedApplicationsIds/0"])
    one = await new_pool(shop)
    changed = await shop.manage("PUT", one, CARDS | {"sandbox": True})
    assert (changed.status_code, pointers(changed)) == (400, ["/sandbox"])


async def test_giveaways_are_added_and_listed(shop: Shop) -> None:
    attribute = {"entity": "Giveaway", "name": "brand", "title": "Brand", "type": "string"}
    await shop.create("/v1/attributes", attribute | {"description": "", "suggestions": [], "editable": True})
    one = await new_pool(shop)
    window = {"startDate": "2026-01-01T00:00:00Z", "endDate": "2026-02-01T00:00:00Z"}
    first: dict[str, Any] = {"code": "SAME", **window, "attributes": {"brand": "Shoes"}}
    sent = [first, {"code": "SAME"}, {"code": "A"}]
    added = await shop.create(f"{one}/giveaways", {"giveaways": sent})
    assert [each["code"] for each in added["data"]] == ["SAME", "SAME", "A"]
    assert added["data"][0].items() >= (first | {"used": False}).items()
    assert all(Giveaway.model_validate(each).pool_id == int(one.rpartition("/")[2]) for each in added["data"])
    listed = (await shop.manage("GET", f"{one}/giveaways", query={"sort": "code", "pageSize": 1})).json()
    assert (listed["totalResultSize"], [each["code"] for each in listed["data"]]) == (3, ["A"])
    unused = (await shop.manage("GET", f"{one}/giveaways", query={"used": "true"})).json()
    assert unused["totalResultSize"] == 0


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ([], "/giveaways"),
        ([{"code": "A"}] * (GIVEAWAYS_PER_REQUEST_MAX + 1), "/giveaways"),
        ([{"code": "A"}, {"code": ""}], "/giveaways/1/code"),
        ([{"code": "A", "attributes": {"color": "red"}}], "/giveaways/0/attributes/color"),
        (
            [{"code": "A", "startDate": "2026-01-01T00:00:00Z", "endDate": "2026-01-01T00:00:00Z"}],
            "/giveaways/0/endDate",
        ),
    ],
)
async def test_wrong_giveaways_are_refused_with_their_place(shop: Shop, sent: Any, pointer: str) -> None:
    one = await new_pool(shop)
    answer = await shop.manage("POST", f"{one}/giveaways", {"giveaways": sent})
    assert (answer.status_code, pointers(answer)) == (400, [pointer])
    assert (await shop.manage("GET", f"{one}/giveaways")).json()["data"] == []


async def test_another_account_sees_none_of_them(shop: Shop, other_shop: Shop) -> None:
    one = await new_pool(shop, "A")
    assert (await other_shop.manage("GET", one)).status_code == 404
    for method, path, body in (
        ("PUT", one, CARDS),
        ("DELETE", one, None),
        ("GET", f"{one}/giveaways", None),
        ("POST", f"{one}/giveaways", {"giveaways": [{"code": "B"}]}),
    ):
        assert (await other_shop.manage(method, path, body)).status_code == 404
