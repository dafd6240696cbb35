"""The comparison with the published contract must see every difference that matters, and none that does not."""

from typing import Any

import pytest

from largesse.plumbing.http.contract import compare
from largesse.plumbing.http.outline import outline

PUBLISHED: dict[str, Any] = {
    "paths": {
        "/things/{id}": {
            "put": {
                "operationId": "putThing",
                "parameters": [
                    {"$ref": "#/components/parameters/id"},
                    {"name": "dry", "in": "query", "schema": {"type": "boolean"}},
                ],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewThing"}}},
                },
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                    "404": {},
                },
            }
        }
    },
    "components": {
        "parameters": {"id": {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}},
        "schemas": {
            "Entity": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "integer", "format": "int64"}},
            },
            "NewThing": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 1, "description": "What it is called"},
                    "price": {"type": "number", "format": "float"},
                    "seen": {"type": "string", "format": "date-time"},
                    "state": {"type": "string", "enum": ["open", "closed"]},
                    "made": {"type": "integer", "readOnly": True},
                    "free": {"type": "object"},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/NewThing"}},
                    "value": {"oneOf": [{"type": "number"}, {"type": "string"}]},
                },
            },
            "Thing": {
                "allOf": [
                    {"$ref": "#/components/schemas/Entity"},
                    {"$ref": "#/components/schemas/NewThing"},
                    {"required": ["seen"]},
                ]
            },
        },
    },
}


def altered(*path: str, to: object = None) -> dict[str, Any]:
    """The published document, where the value at the path is another, or is gone."""

    def change(tree: Any, steps: tuple[str, ...]) -> Any:
        step, *rest = steps
        if not rest:
            return {key: value for key, value in tree.items() if key != step} | ({} if to is None else {step: to})
        if isinstance(tree, list):
            return [change(one, tuple(rest)) if index == int(step) else one for index, one in enumerate(tree)]
        return {**tree, step: change(tree[step], tuple(rest))}

    return dict(change(PUBLISHED, path))


def differences(ours: dict[str, Any]) -> list[str]:
    """What the comparison says about a document of ours."""
    return [f"{one.place}: {one.what}" for one in compare(outline(PUBLISHED), outline(ours))]


def test_the_same_in_other_words_is_the_same() -> None:
    assert differences(PUBLISHED) == []
    merged = {
        "type": "object",
        "required": ["id", "name", "seen"],
        "properties": {
            **PUBLISHED["components"]["schemas"]["Entity"]["properties"],
            **PUBLISHED["components"]["schemas"]["NewThing"]["properties"],
        },
    }
    assert differences(altered("components", "schemas", "Thing", to=merged)) == []


PROPERTIES = ("components", "schemas", "NewThing", "properties")
OPERATION = ("paths", "/things/{id}", "put")


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        (altered(*PROPERTIES, "price"), ["body/price: missing", "status 200/price: missing"]),
        (altered(*PROPERTIES, "made"), ["status 200/made: missing"]),
        (altered(*PROPERTIES, "name", to={"type": "string"}), ["body/name: minLength is None, published is 1"]),
        (
            altered(*PROPERTIES, "price", to={"type": "string"}),
            ["body/price: type is 'string', published is 'number'"],
        ),
        (altered(*PROPERTIES, "seen", to={"type": "string"}), ["body/seen: format is None, published is 'date-time'"]),
        (
            altered(*PROPERTIES, "state", to={"type": "string", "enum": ["open"]}),
            ["body/state: enum is ['open'], published is ['closed', 'open']"],
        ),
        (
            altered("components", "schemas", "NewThing", "required"),
            ["body/name: must be required", "status 200/name: must be required"],
        ),
        (
            altered("components", "schemas", "NewThing", "required", to=["name", "price"]),
            ["body/price: must not be required"],
        ),
        (altered(*PROPERTIES, "extra", to={"type": "string"}), ["body/extra: not published"]),
        (altered(*PROPERTIES, "extra", to={"type": "string", "x-largesse-extension": True}), []),
        (
            altered(*PROPERTIES, "price", to={"anyOf": [{"type": "number"}, {"type": "null"}]}),
            ["body/price: nullable is True, published is None"],
        ),
        (
            altered(*PROPERTIES, "parts", to={"type": "array", "items": {"type": "string"}}),
            ["body/parts/[]: type is 'string', published is 'object'"],
        ),
        (
            altered(*PROPERTIES, "value", to={"type": "number"}),
            ["body/value<number>: type is 'number', published is 'string'"],
        ),
        (
            altered(*PROPERTIES, "free", to={"type": "object", "properties": {"a": {"type": "string"}}}),
            ["body/free: a free object is published, ours has properties"],
        ),
        (altered(*OPERATION, "responses", "404"), ["status 404: missing"]),
        (altered(*OPERATION, "responses", "409", to={}), []),
        (altered(*OPERATION, "responses", "201", to={}), ["status 201: not published"]),
        (altered(*OPERATION, "requestBody"), ["body: missing"]),
        (
            altered(*OPERATION, "parameters", "1", "name", to="wet"),
            ["query dry: missing", "query wet: not published"],
        ),
        (
            altered(*OPERATION, "parameters", "1", "required", to=True),
            ["query dry: required is True, published is False"],
        ),
        (altered(*OPERATION, "parameters", "1", "explode", to=False), ["query dry: commas is True, published is None"]),
        (altered(*OPERATION, "operationId", to="another"), ["operation: is not published"]),
        (altered(*OPERATION, "x-largesse-extension", to=True), ["operation: is published, but marked as an extension"]),
    ],
)
def test_differences_are_seen(ours: dict[str, Any], said: list[str]) -> None:
    found = differences(ours)
    assert [one for one in found if one in said] == said
    assert bool(found) == bool(said)


def test_in_an_answer_we_may_be_more_exact() -> None:
    answer = {
        **PUBLISHED["components"]["schemas"]["NewThing"],
        "properties": {
            "id": {"type": "integer"},
            **PUBLISHED["components"]["schemas"]["NewThing"]["properties"],
            "free": {"type": "object", "properties": {"a": {"type": "string"}}},
            "value": {"type": "number"},
        },
        "required": ["id", "name", "seen"],
    }
    assert differences(altered("components", "schemas", "Thing", to=answer)) == []
