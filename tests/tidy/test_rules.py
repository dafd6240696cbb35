"""The rules notice what they are there to notice, let pass what they should, and find nothing in the tree."""

import pytest

from tests.tidy.rule import Rule, snippet
from tests.tidy.rules import RULES
from tests.tidy.source import sources

REFUSED = [(rule, path, text) for rule in RULES for path, text in rule.refused]
ALLOWED = [(rule, path, text) for rule in RULES for path, text in rule.allowed]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    breaches = [breach for source in sources() for breach in rule.breaches(source)]
    assert not breaches, "\n".join([f"{rule.name}. Instead: {rule.instead}.", *breaches])


@pytest.mark.parametrize(("rule", "path", "text"), REFUSED, ids=lambda value: getattr(value, "name", ""))
def test_the_rule_notices_a_breach(rule: Rule, path: str, text: str) -> None:
    assert rule.breaches(snippet(path, text))


@pytest.mark.parametrize(("rule", "path", "text"), ALLOWED, ids=lambda value: getattr(value, "name", ""))
def test_the_rule_lets_good_code_pass(rule: Rule, path: str, text: str) -> None:
    assert not rule.breaches(snippet(path, text))


def test_every_rule_has_examples_of_both_kinds() -> None:
    assert [rule.name for rule in RULES if not (rule.refused and rule.allowed)] == []


def test_no_two_rules_share_a_name() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
