"""Additional costs over HTTP: createAdditionalCost, getAdditionalCosts, getAdditionalCost, updateAdditionalCost and our
own deleteAdditionalCost.
"""

from typing import Any

import pytest
from talon_one.exceptions import BadRequestException, NotFoundException
from talon_one.models.new_additional_cost import NewAdditionalCost

from largesse.plumbing.database import Database
from tests.support.api import Shop, hire_staff, management_sdk, pointers

pytestmark = pytest.mark.anyio

PATH = "/v1/additional_costs"
SHIPPING = {"name": "shipping", "title": "Shipping fee", "description": "To the door"}


async def test_a_cost_is_created_read_changed_and_deleted(shop: Shop) -> None:
    created = await shop.manage("POST", PATH, SHIPPING)
    assert created.status_code == 201
    cost = created.json()
    assert (
        cost.items()
        >= {
            **SHIPPING,
            "accountId": shop.staff.account_id,
            "type": "session",
            "subscribedApplicationsIds": [],
        }.items()
    )
    one = f"{PATH}/{cost['id']}"
    assert (await shop.manage("GET", one)).json() == cost

    change: dict[str, Any] = {"name": "other", "title": "Fee", "description": "", "type": "both"}
    change["subscribedApplicationsIds"] = [shop.application_id]
    changed = await shop.manage("PUT", one, change)
    assert (changed.status_code, changed.json()) == (200, cost | change | {"name": "shipping"})

    assert (await shop.manage("DELETE", one)).status_code == 204
    assert [(await shop.manage(method, one)).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert (await shop.manage("PUT", one, SHIPPING)).status_code == 404


async def test_costs_are_listed_in_pages(shop: Shop) -> None:
    for name in ("b", "a", "c"):
        await shop.create(PATH, {"name": name, "title": f"Cost {name}", "description": ""})
    first = (await shop.manage("GET", PATH, query={"sort": "-name", "pageSize": 2})).json()
    assert (first["totalResultSize"], [cost["name"] for cost in first["data"]]) == (3, ["c", "b"])
    last = (await shop.manage("GET", PATH, query={"sort": "name", "skip": 2})).json()
    assert (last["totalResultSize"], [cost["name"] for cost in last["data"]]) == (3, ["c"])
    refused = await shop.manage("GET", PATH, query={"sort": "description"})
    assert (refused.status_code, pointers(refused)) == (400, ["sort"])


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": "1st"}, "/name"),
        ({"name": "größe"}, "/name"),
        ({"name": "shipping\n"}, "/name"),
        ({"title": "Fee?"}, "/title"),
        ({"type": "cart"}, "/type"),
        ({"description": None}, "/description"),
        ({"subscribedApplicationsIds": [0]}, "/subscribedApplicationsIds/0"),
    ],
)
async def test_a_wrong_cost_is_refused_with_its_place(shop: Shop, change: dict[str, Any], pointer: str) -> None:
    answer = await shop.manage("POST", PATH, SHIPPING | change)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


async def test_names_and_titles_are_unique_in_an_account(shop: Shop, other_shop: Shop) -> None:
    await shop.create(PATH, SHIPPING)
    duplicates = [await shop.manage("POST", PATH, SHIPPING | change) for change in ({"title": "T"}, {"name": "n"})]
    assert [answer.status_code for answer in duplicates] == [409, 409]
    assert [pointers(answer) for answer in duplicates] == [["/name"], ["/title"]]
    second = await shop.create(PATH, {"name": "n", "title": "T", "description": ""})
    taken = await shop.manage("PUT", f"{PATH}/{second['id']}", SHIPPING)
    assert (taken.status_code, pointers(taken)) == (409, ["/title"])
    assert (await other_shop.manage("POST", PATH, SHIPPING)).status_code == 201


async def test_another_account_sees_none_of_them(shop: Shop, other_shop: Shop) -> None:
    one = f"{PATH}/{(await shop.create(PATH, SHIPPING))['id']}"
    assert (await other_shop.manage("GET", PATH)).json() == {"totalResultSize": 0, "data": []}
    requests = [("GET", None), ("PUT", SHIPPING), ("DELETE", None)]
    assert [(await other_shop.manage(method, one, body)).status_code for method, body in requests] == [404] * 3
    foreign = await other_shop.manage("POST", PATH, SHIPPING | {"subscribedApplicationsIds": [shop.application_id]})
    assert (foreign.status_code, pointers(foreign)) == (400, ["/subscribedApplicationsIds/0"])


async def test_the_official_client_reads_costs(database: Database, server_url: str) -> None:
    staff = await hire_staff(database)
    with management_sdk(server_url, f"Bearer {staff.token}") as sdk:
        created = sdk.create_additional_cost(NewAdditionalCost.model_validate(SHIPPING))
        assert sdk.get_additional_cost(created.id) == created
        assert sdk.get_additional_costs().data == [created]
        described = NewAdditionalCost.model_validate(SHIPPING | {"description": "new"})
        assert sdk.update_additional_cost(created.id, described).description == "new"
        with pytest.raises(NotFoundException):
            sdk.get_additional_cost(created.id + 1)
        with pytest.raises(BadRequestException):
            sdk.get_additional_costs(skip=-1)
