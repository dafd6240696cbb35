"""Reading names: `[".", "Item", "Price"]`.

A path is looked up in the blocks around it (innermost first), then in the bindings, then in what `set` writes, then in
the roots of the environment; the first of these that has the whole path wins, as upstream. Names of locals, bindings
and variables are exact; built-in fields and roots are found in any letter case; keys of maps are exact. Where a name
means nothing, what it is an alias of is looked up in the same way. [TL; C]
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from largesse.language.check.checked import (
    Bound,
    Checked,
    Constant,
    FieldStep,
    KeyStep,
    Local,
    Read,
    ReadVariable,
    Step,
)
from largesse.language.check.scope import Checking, Scope
from largesse.language.diagnostics import Mistake, suggestion
from largesse.language.environment import Root
from largesse.language.frame import UNSET
from largesse.language.syntax import Call, Literal, Node
from largesse.language.types import ANY, AnyType, MapType, OptionalType, RecordType, Type, type_text
from largesse.language.values import text_of


@dataclass(frozen=True, slots=True)
class _Lost:
    """Where a walk ended: the message, the place of the segment, and what was probably meant."""

    message: str
    segment: int
    meant: str | None
    mistake: Mistake = Mistake.UNKNOWN_FIELD


def path_of(checking: Checking, nodes: tuple[Node, ...], call: Call) -> tuple[str, ...] | Checked:
    """The segments of a path, which must be literal, or the stand-in for a report."""
    if nodes and all(isinstance(node, Literal) for node in nodes):
        return tuple(text_of(node.value) for node in nodes if isinstance(node, Literal))
    wrong = next((node for node in nodes if not isinstance(node, Literal)), call)
    return checking.report(Mistake.WRONG_ARGUMENTS, f"`{call.name}` needs names written out, not computed ones", wrong)


def check_read(checking: Checking, call: Call, scope: Scope) -> Checked:
    """Check `.`."""
    path = path_of(checking, call.arguments, call)
    if not isinstance(path, tuple):
        return path
    lost: _Lost | None = None
    for origin in _origins(checking, scope, path[0]):
        walked = _walk(origin, path[1:])
        if not isinstance(walked, _Lost):
            return _read(call, origin, *walked, path)
        lost = lost or walked
    if any(_overlap(path, written) for written in scope.variables):
        return ReadVariable(call, ANY, path)
    if lost is not None:
        return checking.report(lost.mistake, lost.message, call.arguments[lost.segment], lost.meant)
    known = [local.name for local in scope.locals]
    known += [*scope.bindings, *(root.name for root in checking.environment.roots.values())]
    message = f"nothing is called `{path[0]}` here"
    return checking.report(Mistake.UNKNOWN_NAME, message, call.arguments[0], suggestion(path[0], known))


def _read(
    call: Call, origin: Local | Bound | Root, type_: Type, steps: tuple[Step, ...], path: tuple[str, ...]
) -> Checked:
    if isinstance(origin, Bound) and not steps and origin.value is not UNSET and origin.value is not None:
        return Constant(call, type_, origin.value)
    return Read(call, type_, origin, steps, ".".join(path))


def _origins(checking: Checking, scope: Scope, name: str) -> Iterator[Local | Bound | Root]:
    yield from _called(checking, scope, name)
    other = checking.environment.aliases.get(name.lower())
    if other is not None:
        yield from _called(checking, scope, other)


def _called(checking: Checking, scope: Scope, name: str) -> Iterator[Local | Bound | Root]:
    yield from (local for local in reversed(scope.locals) if local.name == name)
    if name in scope.bindings:
        yield scope.bindings[name]
    root = checking.environment.roots.get(name.lower())
    if root is not None:
        yield root


def _overlap(path: tuple[str, ...], written: tuple[str, ...]) -> bool:
    shorter = min(len(path), len(written))
    return path[:shorter] == written[:shorter]


def _walk(origin: Local | Bound | Root, names: tuple[str, ...]) -> tuple[Type, tuple[Step, ...]] | _Lost:
    """The type at the end of a path and the steps to it."""
    type_, owner = origin.type, origin.name
    steps: list[Step] = []
    for segment, name in enumerate(names, 1):
        if isinstance(type_, OptionalType):
            type_ = type_.inner
        match type_:
            case RecordType(record_name, fields) as record:
                field = fields.get(name.lower())
                if field is None:
                    meant = suggestion(name, (each.name for each in fields.values()))
                    return _Lost(f"{record_name} has no `{name}`", segment, meant)
                steps.append(FieldStep(record, field))
                type_, owner = field.type, f"{record_name}.{field.name}"
            case MapType(value, known):
                if known is not None and name not in known:
                    return _Lost(f"there is no `{owner}.{name}`", segment, suggestion(name, known))
                steps.append(KeyStep(owner, name, declared=True))
                type_, owner = _value_type(value, known, name), f"{owner}.{name}"
            case AnyType():
                steps.append(KeyStep(owner, name, declared=False))
                owner = f"{owner}.{name}"
            case _:
                return _Lost(f"`{name}` cannot be read from {type_text(type_)}", segment, None, Mistake.WRONG_KIND)
    return (type_.inner if isinstance(type_, OptionalType) else type_), tuple(steps)


def _value_type(value: Type, known: Mapping[str, Type] | None, name: str) -> Type:
    return value if known is None else known[name]
