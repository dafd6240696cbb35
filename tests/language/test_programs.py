"""Laws of compiled programs: they mean what a naive evaluator says, never fail on types, and repeat themselves."""

from hypothesis import given, settings

from largesse.language import (
    Diagnostics,
    ExpressionError,
    Json,
    LanguageError,
    RulesetSource,
    RuleSource,
    Value,
    compile_expression,
    compile_ruleset,
    evaluate_expression,
)
from tests.support.generated import rules as generated
from tests.support.reference_rules import evaluate
from tests.support.rules import Shop, world

PLAIN, SHARING = world(), world(constant=True)


def _outcome(program: Json, frame: Shop, *, constant: bool) -> Value | str:
    try:
        return evaluate_expression(program, SHARING if constant else PLAIN, frame)
    except ExpressionError as error:
        return f"failed: {error.message}"


def _expected(program: Json, frame: Shop) -> Value | str:
    try:
        return evaluate(program, frame, {})
    except ExpressionError as error:
        return f"failed: {error.message}"


@settings(max_examples=400, deadline=None)
@given(generated.programs(), generated.shops())
def test_a_program_means_what_the_naive_evaluator_says(program: Json, frame: Shop) -> None:
    assert _outcome(program, frame, constant=False) == _expected(program, frame)


@settings(max_examples=200, deadline=None)
@given(generated.programs(), generated.shops())
def test_sharing_changes_nothing_and_twice_is_once(program: Json, frame: Shop) -> None:
    expected = _expected(program, frame)
    assert _outcome(program, frame, constant=True) == expected
    assert _outcome(program, frame, constant=True) == expected


@settings(max_examples=200, deadline=None)
@given(generated.truths(generated.DEPTH), generated.shops())
def test_check_and_explain_agree(condition: Json, frame: Shop) -> None:
    ruleset = compile_ruleset(RulesetSource((RuleSource("r", ["and", condition], []),)), PLAIN)
    assert not isinstance(ruleset, Diagnostics)
    explanation = ruleset.rules[0].explain(frame)
    try:
        held = ruleset.rules[0].check(frame)
        assert (held == -1, explanation.children[0].error) == (explanation.held, None)
    except ExpressionError as error:
        assert explanation.children[0].error == error.message


@settings(max_examples=400, deadline=None)
@given(generated.any_json(), generated.shops())
def test_any_tree_is_refused_or_runs(tree: Json, frame: Shop) -> None:
    compiled = compile_expression(tree, PLAIN)
    if not isinstance(compiled, Diagnostics):
        try:
            compiled.run(frame)
        except LanguageError as error:
            assert error.message
