"""What may be given in place of a condition that fails: messages and custom effects, and nothing that takes or gives
anything of value, because the rule does not fire. Source: rule language, sections 1.4 and 8.
"""

from collections.abc import Iterable, Iterator

from largesse.engine.attributes import JSON
from largesse.engine.effects.catalogue import EFFECT_FUNCTIONS
from largesse.language import Diagnostic, Mistake

ALLOWED = frozenset({"showNotification", "customEffect", "customEffectPerItem", "customEffectPerBundleItem"})
"""The functions of effects that may stand there."""

ONLY_TOLD = "only notifications and custom effects can stand in the place of what fails"

_REFUSED = frozenset(each.name.lower() for each in EFFECT_FUNCTIONS) - {name.lower() for name in ALLOWED}


def misplaced(rules: list[JSON]) -> Iterator[Diagnostic]:
    """Effects in place of failing conditions that may not stand there, with JSON pointers from the ruleset's root."""
    for index, rule in enumerate(rules):
        for part in ("condition", "effects"):
            yield from _misplaced(rule[part], f"/rules/{index}/{part}")


def is_refused(expression: JSON) -> bool:
    """Whether an expression gives an effect that may not stand there."""
    return any(name.lower() in _REFUSED for name in _calls(expression))


def _misplaced(json: JSON, pointer: str) -> Iterator[Diagnostic]:
    if not isinstance(json, list | tuple):
        return
    fails = bool(json) and isinstance(json[0], str) and json[0].lower() == "onfailure"
    for index, inner in enumerate(json):
        at = f"{pointer}/{index}"
        if fails and index > 1 and is_refused(inner):
            yield Diagnostic(Mistake.WRONG_VALUE, ONLY_TOLD, at)
        else:
            yield from _misplaced(inner, at)


def _calls(json: JSON) -> Iterable[str]:
    """The names of all functions that an expression calls."""
    if isinstance(json, list | tuple):
        if json and isinstance(json[0], str):
            yield json[0]
        for inner in json:
            yield from _calls(inner)
