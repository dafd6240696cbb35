"""The language's truth tables: every line of `cases/*.cases` is a test."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from largesse.language import ExpressionError, RefusedError, evaluate_expression, json_of
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
