"""Forms: the few constructs whose arguments are not expressions but names, entries or macro text.

They look like calls, are documented like functions, and are understood by the checker itself. `FORMS` lists them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from largesse.language.check.checked import Assign, Checked, Constant, MakeMap
from largesse.language.check.paths import check_read, path_of
from largesse.language.check.scope import Checking, Scope
from largesse.language.check.templates import check_expansion, check_placeholder
from largesse.language.diagnostics import Mistake
from largesse.language.environment import Example
from largesse.language.limits import LIST_LENGTH_MAX
from largesse.language.syntax import Call
from largesse.language.types import ANY, NULL, MapType

FormRule: TypeAlias = Callable[[Checking, Call, Scope], Checked]


@dataclass(frozen=True, slots=True)
class Form:
    """A construct the checker understands itself. name: lower-cased."""

    name: str
    signature: str
    doc: str
    examples: tuple[Example, ...]
    check: FormRule


def _check_set(checking: Checking, call: Call, scope: Scope) -> Checked:
    if len(call.arguments) < 2:
        return checking.report(Mistake.WRONG_ARGUMENTS, "`set` takes a name and a value", call)
    path = path_of(checking, call.arguments[:-1], call)
    value = checking.check(call.arguments[-1], scope)
    return Assign(call, NULL, path, value) if isinstance(path, tuple) else path


def _check_kv(checking: Checking, call: Call, scope: Scope) -> Checked:
    if len(call.arguments) > LIST_LENGTH_MAX:
        return checking.report(Mistake.TOO_LARGE, f"a map may have {LIST_LENGTH_MAX:,} keys", call)
    entries: dict[str, Checked] = {}
    for argument in call.arguments:
        match argument:
            case Call(key, (value,)):
                entries[key] = checking.check(value, scope)
            case _:
                checking.report(
                    Mistake.WRONG_ARGUMENTS, '`kv` takes entries of one key and one value: ["k", 1]', argument
                )
    types = {key: value.type for key, value in entries.items()}
    return MakeMap(call, MapType(ANY, types), tuple(entries.items()))


def _check_set_template(checking: Checking, call: Call, scope: Scope) -> Checked:
    """The template itself was collected before checking began: see templates.py."""
    return Constant(call, NULL, None)


FORMS: Final = (
    Form(
        ".",
        ".(Atom, Atom...)Any",
        "Reads a name and walks along fields and keys. What is missing or Null fails.",
        (
            Example([["set", "a", "b", 5], [".", "a", "b"]], 5),
            Example([["set", "a", 5], [".", "a", "b"]], fails="Unable to find `a.b`"),
        ),
        check_read,
    ),
    Form(
        "set",
        "set(String, Atom|Collection, Atom|Collection...)Null",
        "Writes a variable, or a path inside one, for the rest of the rule. Never changes what it hides.",
        (
            Example([["set", "a", 1], ["+", [".", "a"], 1]], 2),
            Example([["set", "a", "b", "c", 1], [".", "a"]], {"b": {"c": 1}}),
        ),
        _check_set,
    ),
    Form(
        "kv",
        "kv(Token...)Map",
        "A map from entries of a key and a value.",
        (Example(["kv", ["Key1", "v"], ["Key2", True]], {"Key1": "v", "Key2": True}), Example(["kv"], {})),
        _check_kv,
    ),
    Form(
        "settemplate",
        "setTemplate(String, Token)Any",
        'Defines a template from a signature and an expression in which ["#", n] stands for argument n.',
        (Example([["setTemplate", "twice(Decimal)Decimal", ["*", ["#", 0], 2]], ["!", "twice", 4]], 8),),
        _check_set_template,
    ),
    Form(
        "!",
        "!(String, Any...)Any",
        "Calls a template: its expression with the arguments written in, unevaluated.",
        (
            Example(
                [["setTemplate", "plus(Decimal, Decimal)Decimal", ["+", ["#", 0], ["#", 1]]], ["!", "plus", 1, 2]], 3
            ),
        ),
        check_expansion,
    ),
    Form("#", "#(Atom)Any", "Inside a template: the argument at this position, counted from 0.", (), check_placeholder),
)
"""Every form, in the order of the reference."""
