"""The language's truth tables: every line of `cases/*.cases` is a test."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from largesse.language import CORE, Call, ExpressionError, Node, RefusedError, evaluate_expression, from_json, json_of
from largesse.language.check.forms import FORMS
from largesse.language.syntax import walk
from tests.support.rules import Case, Shop, cart, cases, world

ALL = list(cases(Path(__file__).parent / "cases"))


@pytest.mark.parametrize("case", ALL, ids=[case.where for case in ALL])
def test_case(case: Case) -> None:
    match case.outcome:
        case "=>":
            value = json_of(evaluate_expression(case.source, world(), Shop(cart())))
            expected = json.loads(case.expected, parse_float=Decimal)
            assert (type(value) is bool, value) == (type(expected) is bool, expected)
        case "=!":
            with pytest.raises(ExpressionError) as failed:
                evaluate_expression(case.source, world(), Shop(cart()))
            assert case.expected in failed.value.message
        case _:
            with pytest.raises(RefusedError) as refused:
                evaluate_expression(case.source, world(), Shop(cart()))
            assert case.expected in refused.value.message


def test_every_function_has_vectors() -> None:
    """Two at least, one of which has a value: that a call is refused says little."""
    values: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    for case in ALL:
        source = case.source
        node = source if isinstance(source, Node) else from_json(source)[0]
        called = {each.name.lower() for each in walk(node) if isinstance(each, Call)}
        calls.update(called)
        values.update(called if case.outcome == "=>" else ())
    names = {function.name.lower() for function in CORE} | {form.name for form in FORMS}
    assert {name for name in names if calls[name] < 2 or not values[name]} == set()
