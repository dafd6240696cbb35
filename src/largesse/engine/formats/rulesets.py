"""Stored rulesets as the language compiles them, with the variables that nobody writes."""

from collections.abc import Iterator

from largesse.engine.attributes import JSON
from largesse.language import BindingSource, RulesetSource, RuleSource


def ruleset_source(rules: list[JSON], bindings: list[JSON]) -> RulesetSource:
    """A stored ruleset in the shape the language compiles."""
    return RulesetSource(
        rules=tuple(
            RuleSource(rule["title"], rule["condition"], rule["effects"], _bindings(rule.get("bindings") or []))
            for rule in rules
        ),
        bindings=_bindings(bindings),
    )


def _bindings(bindings: list[JSON]) -> tuple[BindingSource, ...]:
    """The bindings as written and after them, so that they keep their places, how many bundles each definition
    makes."""
    written = [BindingSource(each["name"], each["expression"], each.get("type")) for each in bindings]
    return (*written, *_counts(written))


def _counts(bindings: list[BindingSource]) -> Iterator[BindingSource]:
    for binding in bindings:
        match binding.expression:
            case [str() as function, *_] if function.lower() == "bundle":
                yield BindingSource(f"Count ({binding.name})", ["count", [".", binding.name]])
            case _:
                pass
