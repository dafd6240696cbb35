"""Canonical text of checked expressions, and whether an expression may be shared.

Two expressions with one key mean the same in every ruleset: names of bindings are replaced by what they are bound to,
parameters by their depth, fields by their declared spelling. Long keys are replaced by a digest, so that bindings that
read each other do not multiply.
"""

import hashlib
from typing import Final, assert_never

from largesse.language.check.checked import (
    Assign,
    Block,
    Bound,
    Checked,
    Constant,
    Demand,
    FieldStep,
    Invoke,
    Local,
    MakeMap,
    Read,
    ReadVariable,
    Sequence,
    everything,
)
from largesse.language.environment import Root
from largesse.language.kinds import Value, kind_of, kind_text
from largesse.language.values import text_of

_LONGEST: Final = 300
"""Characters of a key in plain text; a key of this length is still read and compared at a glance in a trace."""


def key_of(checked: Checked) -> str:
    """The canonical text of an expression."""
    return _key(checked, {})


def _key(checked: Checked, depths: dict[Local, int]) -> str:
    match checked:
        case Constant(value=value):
            return _constant(value)
        case Read(origin=origin, steps=steps):
            names = [step.field.name if isinstance(step, FieldStep) else repr(step.key) for step in steps]
            text = ".".join([_origin(origin, depths), *names])
        case ReadVariable(path=path):
            text = f"(variable {path!r})"
        case Assign(path=path, value=value):
            text = f"(set {path!r} {_key(value, depths)})"
        case MakeMap(entries=entries):
            text = f"(kv {' '.join(f'{key!r} {_key(value, depths)}' for key, value in entries)})"
        case Block(parameters=parameters, body=body):
            inner = depths | {parameter: len(depths) + index for index, parameter in enumerate(parameters)}
            text = f"[{len(parameters)} {_key(body, inner)}]"
        case Sequence(members=members):
            text = f"(do {' '.join(_key(member, depths) for member in members)})"
        case Demand(value=value, kinds=kinds):
            text = f"({kind_text(kinds)}? {_key(value, depths)})"
        case Invoke(functions=functions, arguments=arguments):
            head = "/".join(str(function.shape) for function in functions)
            text = f"({head} {' '.join(_key(argument, depths) for argument in arguments)})"
        case _:
            assert_never(checked)
    return text if len(text) <= _LONGEST else "#" + hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def _constant(value: Value) -> str:
    if isinstance(value, list | tuple):
        return f"(list {' '.join(map(_constant, value))})"
    if isinstance(value, dict):
        return f"(kv {' '.join(f'{key!r} {_constant(each)}' for key, each in value.items())})"
    return f"{kind_text(kind_of(value))}:{text_of(value)!r}"


def _origin(origin: Local | Root | Bound, depths: dict[Local, int]) -> str:
    match origin:
        case Local(name):
            return f"${depths[origin]}" if origin in depths else f"${name}"
        case Root(name):
            return name
        case Bound(key=key):
            return key
        case _:
            assert_never(origin)


def sharable(checked: Checked) -> bool:
    """Whether an expression has the same value all through an evaluation, wherever it stands: it reads constant roots,
    constant bindings and its own locals, and nothing in it needs the frame."""
    own = {local for each in everything(checked) if isinstance(each, Block) for local in each.parameters}
    return all(_stays(each, own) for each in everything(checked))


def _stays(checked: Checked, own: set[Local]) -> bool:
    match checked:
        case Invoke(functions=functions):
            return not any(function.needs_frame for function in functions)
        case Read(origin=origin, steps=steps):
            varies = any(isinstance(step, FieldStep) and step.field.varies for step in steps)
            stays = origin in own if isinstance(origin, Local) else origin.constant
            return stays and not varies
        case Assign() | ReadVariable():
            return False
        case _:
            return True
