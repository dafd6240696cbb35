"""What rules hand on to custom effects and webhooks, checked and completed before they are compiled.

A rule names a definition and gives its parameters: `["customEffect", 7, "greet", ["kv", ["name", "Ada"]]]`. The
template may read attributes besides; each of these is added to the map as one more entry, so that it is compiled,
checked and read like anything else in the rule.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from largesse.engine.attributes import JSON
from largesse.engine.definitions import Definitions
from largesse.engine.outgoing.parameters import Parameter, fits, names_of
from largesse.engine.outgoing.templates import path_of
from largesse.language import Diagnostic, Diagnostics, Mistake

_PER_ITEM = frozenset({"customeffectperitem", "customeffectperbundleitem"})
_ITEM_ROOTS = frozenset({"item", "cartitem"})


class Completed(NamedTuple):
    """Rules with their maps completed, and what is wrong with the parameters they give."""

    rules: list[JSON]
    mistakes: tuple[Diagnostic, ...]
    added: frozenset[str]

    def at_calls(self, found: Diagnostics | None) -> Diagnostics | None:
        """The mistakes here and those found later; what is wrong with an added entry is told at its call."""
        later = [self._moved(each) for each in found or ()]
        return Diagnostics((*self.mistakes, *later)) if self.mistakes or later else None

    def _moved(self, diagnostic: Diagnostic) -> Diagnostic:
        for pointer in self.added:
            if diagnostic.pointer == pointer or diagnostic.pointer.startswith(f"{pointer}/"):
                call = pointer.rpartition("/")[0]
                return Diagnostic(diagnostic.code, f"its template: {diagnostic.message}", call)
        return diagnostic


class _Named(NamedTuple):
    """What a rule names: its kind and name, what it takes and reads, and where the map stands in the call."""

    what: str
    parameters: Sequence[Parameter]
    meant: Mapping[str, str]
    references: Sequence[str]
    at: int
    is_per_item: bool = False


def complete(rules: list[JSON], definitions: Definitions) -> Completed:
    """Complete the effects in the rules of a ruleset; nothing is changed in place."""
    if not definitions.custom_effects and not definitions.webhooks:
        return Completed(rules, (), frozenset())
    walk = _Walk(definitions)
    done = [
        {
            **rule,
            "condition": walk.completed(rule["condition"], f"/rules/{index}/condition"),
            "effects": walk.completed(rule["effects"], f"/rules/{index}/effects"),
        }
        for index, rule in enumerate(rules)
    ]
    return Completed(done, tuple(walk.mistakes), frozenset(walk.added))


class _Walk:
    """One walk through the rules of a ruleset, and what was noted on the way."""

    __slots__ = ("_definitions", "added", "mistakes")

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self.mistakes: list[Diagnostic] = []
        self.added: list[str] = []

    def completed(self, expression: JSON, pointer: str) -> JSON:
        """An expression with the maps in it completed."""
        if not isinstance(expression, list):
            return expression
        done = [self.completed(each, f"{pointer}/{index}") for index, each in enumerate(expression)]
        named = self._named(done, pointer)
        return done if named is None else self._call(done, named, pointer)

    def _named(self, call: list[JSON], pointer: str) -> _Named | None:
        """What a call names, where it is a call that names something this account has defined."""
        match call:
            case [str(function), id_, str(), *_] if function.lower() == "customeffect":
                return self._custom_effect(id_, 3, pointer, is_per_item=False)
            case [str(function), _, id_, str(), *_] if function.lower() in _PER_ITEM:
                return self._custom_effect(id_, 4, pointer, is_per_item=True)
            case [str(function), id_, *_] if function.lower() == "callapi":
                webhook = self._definitions.webhooks.get(_whole(id_))
                if webhook is None:
                    self._mistake(f"there is no webhook {id_} for this Application", pointer)
                    return None
                of = webhook.definition
                if of.draft:
                    self._mistake(f'the webhook "{of.title}" is a draft', pointer)
                return _Named(f'the webhook "{of.title}"', of.params, webhook.meant, webhook.references, 2)
            case _:
                return None

    def _custom_effect(self, id_: JSON, at: int, pointer: str, *, is_per_item: bool) -> _Named | None:
        effect = self._definitions.custom_effects.get(_whole(id_))
        if effect is None:
            return None
        of = effect.definition
        if of.is_per_item and not is_per_item:
            self._mistake(f'the custom effect "{of.name}" is for items', pointer)
        if not of.enabled:
            self._mistake(f'the custom effect "{of.name}" is not active', pointer)
        return _Named(f'the custom effect "{of.name}"', of.params, effect.meant, effect.references, at, is_per_item)

    def _call(self, call: list[JSON], named: _Named, pointer: str) -> list[JSON]:
        """A call with its map completed; without a map there is none of the parameters."""
        at, place = named.at, f"{pointer}/{named.at}"
        given = call[at] if len(call) > at else ["kv"]
        variable = "Item"
        match given:
            case [[str(name)], body] if named.is_per_item:
                variable, given, place = name, body, f"{place}/1"
            case _:
                pass
        if not (isinstance(given, list) and given and given[0] == "kv"):
            self._mistake(f"the parameters of {named.what} must be written out as a map, (kv ...)", place)
            return call
        self.mistakes += _mistakes(given, named, place if len(call) > at else pointer)
        entries = [*given, *(_reading(reference, variable) for reference in named.references)]
        self.added += (f"{place}/{index}" for index in range(len(given), len(entries)))
        completed: JSON = [[variable], entries] if named.is_per_item else entries
        return [*call[:at], completed, *call[at + 1 :]]

    def _mistake(self, message: str, pointer: str) -> None:
        self.mistakes.append(Diagnostic(Mistake.WRONG_VALUE, message, pointer))


def _mistakes(given: list[JSON], named: _Named, pointer: str) -> Iterator[Diagnostic]:
    """Parameters that are unknown, missing, or written out with a value of another type."""
    kinds = dict(zip(names_of(named.parameters), named.parameters, strict=True))
    seen: set[str] = set()
    for index, entry in enumerate(given[1:], 1):
        match entry:
            case [str(spelled), value]:
                name = named.meant.get(spelled)
                place = f"{pointer}/{index}"
                if name is None:
                    close = difflib.get_close_matches(spelled, named.meant, 1)
                    message = f'{named.what} has no parameter "{spelled}"'
                    yield Diagnostic(Mistake.UNKNOWN_NAME, message, place, did_you_mean=close[0] if close else None)
                    continue
                seen.add(name)
                if not isinstance(value, list) and not fits(kinds[name].type, value):
                    message = f'the parameter "{name}" must be a {kinds[name].type}'
                    yield Diagnostic(Mistake.WRONG_KIND, message, f"{place}/1")
            case _:
                pass  # the checker says what an entry of a map is
    for name in kinds:
        if name not in seen:
            yield Diagnostic(Mistake.WRONG_ARGUMENTS, f'{named.what} needs the parameter "{name}"', pointer)


def _reading(reference: str, variable: str) -> list[JSON]:
    """The entry that hands on an attribute; an item's is read from the item at hand, whatever the rule calls it."""
    path = path_of(reference) or (reference,)
    root = variable if path[0].lower() in _ITEM_ROOTS else path[0]
    return [reference, [".", root, *path[1:]]]


def _whole(id_: JSON) -> int:
    is_number = isinstance(id_, int | Decimal) and not isinstance(id_, bool)
    return int(id_) if is_number and id_ == int(id_) else 0
