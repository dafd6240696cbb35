"""The catalogue of functions and forms: every example is true, everything is documented and exemplified."""

from decimal import Decimal

import pytest

from largesse.language import CORE, ExpressionError, Function, Json, evaluate_expression, json_of, kind_of
from largesse.language.check.forms import FORMS, Form
from largesse.language.environment import Example
from tests.support.rules import Shop, cart, world

DECLARED: list[Function | Form] = [*CORE, *FORMS]
EXAMPLES = [(each.signature, example) for each in DECLARED for example in each.examples]


def same_json(one: Json, other: Json) -> bool:
    """Equal, and not a truth value on one side and a number on the other."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


@pytest.mark.parametrize(("signature", "example"), EXAMPLES, ids=[f"{s}:{e.expression}" for s, e in EXAMPLES])
def test_example(signature: str, example: Example) -> None:
    if example.fails is None:
        value = evaluate_expression(example.expression, world(), Shop(cart()))
        assert same_json(json_of(value), example.result)
    else:
        with pytest.raises(ExpressionError) as failed:
            evaluate_expression(example.expression, world(), Shop(cart()))
        assert example.fails in failed.value.message


@pytest.mark.parametrize("function", CORE, ids=[function.signature for function in CORE])
def test_function_is_documented_and_keeps_its_signature(function: Function) -> None:
    assert function.doc.endswith(".")
    assert function.examples
    for example in function.examples:
        if example.fails is None:
            value = evaluate_expression(example.expression, world(), Shop(cart()))
            assert kind_of(value) in function.shape.result


def test_days_counts_from_the_frames_now() -> None:
    frame = Shop(cart())
    assert evaluate_expression(["days", ["parseTime", "2025-12-30T12:00:00Z"]], world(), frame) == Decimal("-1.5")
