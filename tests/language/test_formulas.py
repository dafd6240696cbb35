"""Formulas: what they mean, what is wrong with them and where, and that they read back as they were written."""

import json
from decimal import ROUND_CEILING, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from largesse.language import (
    Call,
    Json,
    Literal,
    Mistake,
    evaluate_expression,
    format_formula,
    format_template,
    formula_in_braces,
    parse_formula,
    parse_template,
    to_json,
)
from largesse.language.limits import DEPTH_MAX, FORMULA_LENGTH_MAX
from tests.support.rules import Shop, cart, world

TOTAL: Json = [".", "Session", "Total"]

READINGS: list[tuple[str, Json]] = [
    ("1", 1),
    ("-2.50", Decimal("-2.50")),
    ('"it\\"s"', 'it"s'),
    ("true", True),
    ("$Session.Total", TOTAL),
    ("Session.Total", TOTAL),
    ("[Session.Total]", TOTAL),
    ("[ Session.Attributes.shoe size ]", [".", "Session", "Attributes", "shoe size"]),
    ("[Session.Total]*10%", ["*", TOTAL, ["/", 10, 100]]),
    ("{}".format("$Session.Total / 2"), ["/", TOTAL, 2]),
    ("1+2+3", ["+", 1, 2, 3]),
    ("1-2-3", ["-", 1, 2, 3]),
    ("1+2-3+4", ["+", ["-", ["+", 1, 2], 3], 4]),
    ("(1+2)+3", ["+", ["+", 1, 2], 3]),
    ("1+2*3", ["+", 1, ["*", 2, 3]]),
    ("(1+2)*3", ["*", ["+", 1, 2], 3]),
    ("-Item.Price", ["-", 0, [".", "Item", "Price"]]),
    ("-5%", ["-", 0, ["/", 5, 100]]),
    ("Item.Price * (Item.MappedValue / 100)", ["*", [".", "Item", "Price"], ["/", [".", "Item", "MappedValue"], 100]]),
    ("Round_up(Item.Quantity*Item.Price)", ["roundUp", ["*", [".", "Item", "Quantity"], [".", "Item", "Price"]]]),
    ("ROUND_DOWN(count($Shoes)/3)", ["roundDown", ["/", ["count", [".", "Shoes"]], 3]]),
    ("MIN(1, 2, 3)", ["MIN", 1, 2, 3]),
    ("noop()", ["noop"]),
]


@pytest.mark.parametrize(("text", "expression"), READINGS, ids=[text for text, _ in READINGS])
def test_reading_and_writing(text: str, expression: Json) -> None:
    node, found = parse_formula(text)
    assert not found
    assert to_json(node) == expression
    written = format_formula(node)
    assert written is not None
    assert parse_formula(written) == (node, ())


def test_formulas_compute() -> None:
    node, _ = parse_formula("ROUND_UP([Session.Total] * 10%) + min(3, 2)")
    total = evaluate_expression(TOTAL, world(), Shop(cart()))
    assert isinstance(total, Decimal)
    wanted = (total * Decimal("0.1")).to_integral_value(ROUND_CEILING) + 2
    assert evaluate_expression(to_json(node), world(), Shop(cart())) == wanted


MISTAKES: list[tuple[str, Mistake, tuple[int, int]]] = [
    ("", Mistake.BAD_TEXT, (0, 0)),
    ("1 +", Mistake.BAD_TEXT, (0, 3)),
    ("1 ; 2", Mistake.BAD_TEXT, (2, 5)),
    ("(1", Mistake.BAD_TEXT, (2, 2)),
    ("* 2", Mistake.BAD_TEXT, (0, 1)),
    ("[Session..Total]", Mistake.BAD_TEXT, (0, 16)),
    ("1" * 61, Mistake.TOO_LARGE, (0, 61)),
    ("(" * (DEPTH_MAX + 1), Mistake.TOO_DEEP, (DEPTH_MAX, DEPTH_MAX + 1)),
    ("1+1-" * DEPTH_MAX + "1", Mistake.TOO_DEEP, (0, 4 * DEPTH_MAX + 1)),
    ("1+" * FORMULA_LENGTH_MAX + "1", Mistake.TOO_LARGE, (0, 2 * FORMULA_LENGTH_MAX + 1)),
]


@pytest.mark.parametrize(("text", "mistake", "span"), MISTAKES, ids=[text[:12] for text, _, _ in MISTAKES])
def test_mistakes_are_placed(text: str, mistake: Mistake, span: tuple[int, int]) -> None:
    _, (found,) = parse_formula(text, "/value", 3)
    assert (found.code, found.pointer, found.span) == (mistake, "/value", (span[0] + 3, span[1] + 3))


TEMPLATES: list[tuple[str, Json]] = [
    ("plain", "plain"),
    ("", ""),
    ("[sale] today", "[sale] today"),
    ("{{$Session.Total}}", ["toString", TOTAL]),
    ("Only {{100 - $Session.Total}} more", ["concat", "Only ", ["toString", ["-", 100, TOTAL]], " more"]),
    (
        "Hello [Session.Attributes.name]!",
        ["concat", "Hello ", ["toString", [".", "Session", "Attributes", "name"]], "!"],
    ),
]


@pytest.mark.parametrize(("text", "expression"), TEMPLATES, ids=[text for text, _ in TEMPLATES])
def test_texts_with_formulas(text: str, expression: Json) -> None:
    node, found = parse_template(text)
    assert not found
    assert to_json(node) == expression
    written = format_template(node)
    assert written is not None
    assert parse_template(written) == (node, ())


def test_a_mistake_in_a_text_is_placed_in_the_text() -> None:
    _, (found,) = parse_template("Only {{1 +}} more", "/body")
    assert (found.pointer, found.span) == ("/body", (7, 10))


def test_a_literal_that_would_read_as_a_formula_has_no_text() -> None:
    assert format_template(Literal("{{1}}")) is None
    assert format_template(Call("concat", (Literal("a"), Literal("b")))) is None
    assert format_formula(Call("/", (Literal(Decimal(-5)), Literal(Decimal(100))))) == "-5 / 100"
    assert format_formula(Literal(None)) is None


def test_braces_around_everything() -> None:
    assert formula_in_braces(" {{ $A.B }} ") == (" $A.B ", 3)
    assert formula_in_braces("{{a}} {{b}}") is None
    assert formula_in_braces("a") is None


@given(st.text(alphabet='ab1.$[]{}()+-*/%," \\x', max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    node, found = parse_formula(text)
    if not found:
        assert json.dumps(to_json(node), default=str)
        written = format_formula(node)
        assert written is None or parse_formula(written) == (node, ())
    template, mistakes = parse_template(text)
    if not mistakes and (again := format_template(template)) is not None:
        assert parse_template(again) == (template, ())
