"""Signatures, types and environments: what declarations may say, and what they mean."""

from decimal import Decimal

import pytest

from largesse.language import (
    ANY,
    BOOLEAN,
    CORE,
    DECIMAL,
    NULL,
    STRING,
    TIME,
    Function,
    Json,
    Kind,
    ListType,
    MapType,
    OptionalType,
    Root,
    SignatureError,
    Type,
    environment,
    evaluate_expression,
    kind_of,
    record,
)
from largesse.language.kinds import kind_text
from largesse.language.signature import parse_signature
from largesse.language.types import TokenType, join, kinds_of, type_text
from tests.support.rules import Item, Shop, cart, world

ITEM = record("Item")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("noop()Null", {0}),
        ("not(Boolean)Boolean", {1}),
        ("and(Atom|Collection...)Boolean", {0, 1, 2, 3}),
        ("parseTime(String,String...)Time", {1, 2, 3}),
        ("+(decimal, DECIMAL, Decimal...)Decimal", {2, 3}),
    ],
)
def test_a_signature_says_how_many_arguments(text: str, counts: set[int]) -> None:
    signature = parse_signature(text)
    assert {count for count in range(4) if signature.accepts_count(count)} == counts
    assert parse_signature(str(signature)) == signature


@pytest.mark.parametrize(
    "text", ["", "f", "f(", "f(Foo)Null", "f()", "f(String)", "f(String,)Null", "f(String...,Null)Null"]
)
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(SignatureError):
        parse_signature(text)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        (DECIMAL, DECIMAL, DECIMAL),
        (DECIMAL, STRING, ANY),
        (DECIMAL, NULL, OptionalType(DECIMAL)),
        (NULL, NULL, NULL),
        (OptionalType(DECIMAL), DECIMAL, OptionalType(DECIMAL)),
        (OptionalType(DECIMAL), STRING, ANY),
        (ListType(DECIMAL), ListType(DECIMAL), ListType(DECIMAL)),
        (ListType(DECIMAL), ListType(STRING), ListType(ANY)),
        (ITEM, ITEM, ITEM),
        (ITEM, record("Item"), ANY),
        (MapType(ANY), MapType(ANY), MapType(ANY)),
        (BOOLEAN, TIME, ANY),
    ],
)
def test_join_is_the_narrowest_type_of_both(left: Type, right: Type, joined: Type) -> None:
    assert join(left, right) == joined
    assert join(right, left) == joined
    assert not (kinds_of(left) | kinds_of(right)) & ~kinds_of(joined)


def test_types_and_kinds_have_words() -> None:
    assert type_text(ListType(ITEM)) == "list of Item"
    assert type_text(OptionalType(STRING)) == "String or Null"
    assert [type_text(each) for each in (ANY, DECIMAL, TokenType(), MapType(ANY), ListType(ANY))] == [
        "Any",
        "Decimal",
        "block",
        "Map",
        "List",
    ]
    assert kind_text(Kind.ANY) == "Any"
    assert kind_text(Kind.ATOM | Kind.LIST) == "Atom|List"
    assert kind_text(Kind.DECIMAL | Kind.TOKEN) == "Decimal|Token"


def test_every_value_has_one_kind() -> None:
    values = [Decimal(1), 1, "", True, None, [], (), {}, Item("a", Decimal(1))]
    kinds = [Kind.DECIMAL, Kind.DECIMAL, Kind.STRING, Kind.BOOLEAN, Kind.NULL, Kind.LIST, Kind.LIST, Kind.MAP, Kind.MAP]
    assert [kind_of(value) for value in values] == kinds


def test_overloads_must_differ_and_so_must_roots() -> None:
    one = Function("F(String)Null", lambda _: None, "One.")
    other = Function("f(String)Boolean", lambda _: True, "Other.")
    with pytest.raises(SignatureError, match="declared twice"):
        environment((one, other), ())
    with pytest.raises(SignatureError, match="the root `now` is declared twice"):
        environment((), (Root("Now", TIME, "now"), Root("now", TIME, "now")))


def test_core_is_one_environment() -> None:
    assert len(environment(CORE, ()).functions) == len({function.name.lower() for function in CORE})


def test_overloads_that_only_values_tell_apart_are_told_apart_when_they_run() -> None:
    text = Function("which(String)String", lambda _: "text", "Text.")
    number = Function("which(Decimal)String", lambda _: "number", "Number.")
    time = Function("which(Time)String", lambda _: "time", "Time.")
    attributes = cart()
    attributes.attributes |= {"when": "2026-01-01T00:00:00Z", "count": 3}
    frame = Shop(attributes)
    named = {"tier": "text", "points": "number", "count": "number", "when": "text"}
    for name, expected in named.items():
        read = ["which", [".", "Session", "Attributes", name]]
        assert evaluate_expression(read, world(more=(text, number, time)), frame) == expected
    when = ["which", [".", "Session", "Attributes", "when"]]
    assert evaluate_expression(when, world(more=(number, time)), frame) == "time"


def test_a_plain_int_is_a_number_and_becomes_a_decimal_where_one_is_demanded() -> None:
    session = cart()
    session.attributes["count"] = 3
    value = evaluate_expression(["/", [".", "Session", "Attributes", "count"], 2], world(), Shop(session))
    assert value == Decimal("1.5")


def test_an_alias_is_looked_up_where_nothing_has_the_name() -> None:
    root = Root("Session", MapType(ANY), "session")
    aliases = {"Basket": "Session", "Piece": "x"}
    frame = Shop(cart())
    frame.session = {"total": Decimal(3)}  # type: ignore[assignment]  # any map will do
    cases: tuple[tuple[Json, Json], ...] = (
        ([".", "basket", "total"], 3),
        (["map", ["list", 1], [["x"], [".", "Piece"]]], [1]),
        (["map", ["list", 1], [["Basket"], [".", "Basket"]]], [1]),
    )
    for expression, expected in cases:
        assert evaluate_expression(expression, environment(CORE, (root,), aliases), frame) == expected
