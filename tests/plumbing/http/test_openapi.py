"""The documents: valid, complete, and saying what the wire really takes."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import UNSET, Meta, Struct, UnsetType
from openapi_spec_validator import OpenAPIV31SpecValidator

from largesse.plumbing.http.codec import EXTENSION, Omittable, encode
from largesse.plumbing.http.openapi import Api, write_document
from largesse.plumbing.http.operation import AnyOperation
from largesse.plumbing.http.paging import Page
from largesse.plumbing.http.query import COMMA_SEPARATED
from largesse.plumbing.http.schemas import SchemaBook, one_of
from tests.plumbing.http.toys import LIST_NOTES, OPERATIONS


class Inner(Struct, frozen=True, kw_only=True):
    """An inner struct."""

    amount: Decimal


class Everything(Struct, frozen=True, kw_only=True, rename="camel"):
    """One field of each kind."""

    whole: Annotated[int, Meta(ge=1, le=9)]
    word: Annotated[str, Meta(min_length=1, max_length=3, pattern="^a")]
    amount: Annotated[Decimal, Meta(extra_json_schema={"minimum": 0, "maximum": Decimal("9.99")})]
    maybe: Omittable[str] = UNSET
    answer_only: int | UnsetType = UNSET
    null_is_a_value: str | None
    state: Literal["a", "b"] = "a"
    free: dict[str, object] | UnsetType = UNSET
    typed: dict[str, Inner] | UnsetType = UNSET
    several: Annotated[list[Inner], Meta(max_length=2)] | UnsetType = UNSET
    ours: Annotated[Omittable[bool], EXTENSION] = UNSET
    either: int | Decimal | UnsetType = UNSET


def test_schemas_say_what_the_wire_takes() -> None:
    book = SchemaBook()
    assert book.schema_of(Everything) == {"$ref": "#/components/schemas/Everything"}
    inner = {"$ref": "#/components/schemas/Inner"}
    assert book.components["Everything"] == {
        "type": "object",
        "description": "One field of each kind.",
        "properties": {
            "whole": {"type": "integer", "minimum": 1, "maximum": 9},
            "word": {"type": "string", "minLength": 1, "maxLength": 3, "pattern": "^a"},
            "amount": {"type": "number", "minimum": 0, "maximum": Decimal("9.99")},
            "maybe": {"type": "string"},
            "answerOnly": {"type": "integer"},
            "nullIsAValue": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "state": {"type": "string", "enum": ["a", "b"], "default": "a"},
            "free": {"type": "object"},
            "typed": {"type": "object", "additionalProperties": inner},
            "several": {"type": "array", "items": inner, "maxItems": 2},
            "ours": {"type": "boolean", "x-largesse-extension": True},
            "either": {"type": "number"},
        },
        "required": ["whole", "word", "amount", "nullIsAValue"],
    }
    assert list(book.components) == ["Everything", "Inner"]


def test_a_value_told_apart_from_outside_is_one_of_several() -> None:
    book = SchemaBook()
    schema = book.schema_of(Annotated[object, one_of([Inner, Everything])])
    assert schema == {"oneOf": [{"$ref": "#/components/schemas/Inner"}, {"$ref": "#/components/schemas/Everything"}]}
    assert sorted(book.components) == ["Everything", "Inner"]


def test_generic_structs_are_named_by_what_they_hold() -> None:
    assert SchemaBook().schema_of(Page[Inner]) == {"$ref": "#/components/schemas/PageOfInner"}


def test_two_structs_of_one_name_are_refused() -> None:
    book = SchemaBook()
    book.schema_of(Inner)
    other = msgspec.defstruct("Inner", [("a", int)])
    with pytest.raises(TypeError, match="Inner"):
        book.schema_of(other)


@pytest.mark.parametrize("api", ["integration", "management"])
def test_documents_are_valid(api: Api) -> None:
    OpenAPIV31SpecValidator(document(api)).validate()


def test_a_document_tells_all_of_a_row() -> None:
    written = document("integration")
    assert list(written["paths"]) == ["/v2/carts/{cartId}"]
    operation = written["paths"]["/v2/carts/{cartId}"]["put"]
    assert operation["operationId"] == "putCart"
    assert operation["tags"] == ["Carts"]
    assert operation["security"] == [{"apiKey": []}]
    assert [(one["in"], one["name"], one["required"]) for one in operation["parameters"]] == [
        ("path", "cartId", True),
        ("query", "dry", False),
        ("query", "now", False),
    ]
    assert operation["parameters"][2]["schema"] == {"type": "string", "format": "date-time"}
    assert operation["requestBody"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Cart"}
    assert sorted(operation["responses"]) == ["200", "400", "401", "default"]
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorResponse"}}}
    assert operation["responses"]["400"]["content"] == problem


def test_extensions_are_marked_and_empty_replies_are_empty() -> None:
    drop = document("management")["paths"]["/v1/notes"]["delete"]
    assert drop["x-largesse-extension"] is True
    assert "content" not in drop["responses"]["204"]


def test_comma_separated_parameters_say_so() -> None:
    class IdsQuery(Struct, frozen=True, kw_only=True, rename="camel"):
        ids: Annotated[list[int], COMMA_SEPARATED] = []

    listing: AnyOperation = LIST_NOTES
    row = replace(listing, query=IdsQuery)
    (parameter,) = write_document([row], "management")["paths"]["/v1/notes"]["get"]["parameters"]  # type: ignore[index]
    assert (parameter["style"], parameter["explode"]) == ("form", False)
    assert parameter["schema"] == {"type": "array", "items": {"type": "integer"}}


def document(api: Api) -> Mapping[str, Any]:
    """The toys' document as a client reads it."""
    read: Mapping[str, Any] = msgspec.json.decode(encode(write_document(OPERATIONS, api)))
    return read
