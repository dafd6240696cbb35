"""The table of operations: rows that disagree with themselves stop the program, and every path finds its own row."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec import Struct

from largesse.plumbing.context import Call
from largesse.plumbing.database import Database
from largesse.plumbing.http.operation import AnyOperation, NoPath, Reply, Request, no_content
from largesse.plumbing.http.published import PublishedOperation, published_operations
from largesse.plumbing.http.table import BadTable, lay_out, prepare
from tests.plumbing.http.toys import GET_NOTE, LIST_NOTES, OPERATIONS, PUT_CART, KeyRing, client_of, shop, staff

pytestmark = pytest.mark.anyio


class OtherPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """A parameter that no path has."""

    other_id: int


async def take_no_request(call: Call[object]) -> Reply:
    """A function that is not an operation."""
    return no_content()


async def take_other_path(call: Call[object], request: Request[OtherPath, None, None]) -> Reply:
    """A function of another row."""
    return no_content()


@pytest.mark.parametrize(
    ("row", "changes", "complaint"),
    [
        (PUT_CART, {"method": "SEND"}, "no method SEND"),
        (PUT_CART, {"path": "/v2/carts/{id}"}, "the path has"),
        (PUT_CART, {"path_params": NoPath}, "the path has"),
        (PUT_CART, {"replies": {}}, "replies"),
        (PUT_CART, {"replies": {404: None}}, "replies"),
        (PUT_CART, {"problems": (200,)}, "problems"),
        (PUT_CART, {"body": None}, "its function takes"),
        (PUT_CART, {"query": None}, "its function takes"),
        (GET_NOTE, {"run": take_other_path}, "its function takes"),
        (GET_NOTE, {"run": take_no_request}, "takes no Request"),
    ],
)
def test_a_row_that_disagrees_with_itself(row: AnyOperation, changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadTable, match=complaint):
        prepare(replace(row, **changes))


def test_two_rows_that_claim_the_same() -> None:
    for other in (replace(LIST_NOTES, operation_id="another"), replace(LIST_NOTES, path="/v1/another")):
        with pytest.raises(BadTable, match="twice"):
            lay_out([*OPERATIONS, other], [])


def test_hot_paths_come_first_and_words_before_parameters() -> None:
    old = [
        PublishedOperation(api="management", method="GET", path=path, operation_id=path, tag="")
        for path in ("/v1/{a}/{b}", "/v1/{a}/total", "/v1/notes/{id}", "/v1/notes/total")
    ]
    templates = [entry.template for entry in lay_out([LIST_NOTES, PUT_CART], old)]
    assert templates[0] == "/v2/carts/{cartId}"
    assert templates.index("/v1/notes/total") < templates.index("/v1/notes/{id}") < templates.index("/v1/{a}/total")
    assert templates.index("/v1/{a}/total") < templates.index("/v1/{a}/{b}")


def test_a_row_takes_the_place_of_what_is_published_even_under_other_names() -> None:
    published = PublishedOperation(
        api="integration", method="PUT", path="/v2/carts/{integrationId}", operation_id="old", tag=""
    )
    (entry,) = lay_out([PUT_CART], [published])
    assert entry.methods["PUT"] is not published


async def test_every_published_operation_answers_under_its_own_name(database: Database) -> None:
    """With nothing built, each of them says 501 and its own id: no path hides another."""
    published = published_operations()
    assert [sum(one.api == api for one in published) for api in ("integration", "management")] == [39, 194]
    async with client_of(database, published=published, key_ring=KeyRing()) as client:
        for one in published:
            path = one.path.replace("{", "").replace("}", "")
            key = shop() if one.api == "integration" else staff()
            answer = await client.request(one.method, path, headers=key)
            assert answer.status_code == 501, one.path
            assert answer.json()["message"].startswith(one.operation_id), one.path
            assert (await client.request(one.method, path)).status_code == 401
