"""Whether a checked value has the kinds that are wanted, and what remains to be looked at while the rule runs."""

import enum
from typing import assert_never

from largesse.language.check.checked import Checked, Constant, Demand
from largesse.language.kinds import Kind
from largesse.language.rfc3339 import parse_time
from largesse.language.types import ANY, TIME, Type, kinds_of, type_of_kinds


class Fit(enum.Enum):
    """Whether an argument fits a parameter."""

    ALWAYS = enum.auto()
    PERHAPS = enum.auto()
    NEVER = enum.auto()


def fit(argument: Checked, kinds: Kind) -> Fit:
    """Whether a checked value has one of some kinds. A text may still become the time that is wanted."""
    has = kinds_of(argument.type)
    if not has & ~kinds:
        return Fit.ALWAYS
    if has & kinds:
        return Fit.PERHAPS
    if has == Kind.STRING and Kind.TIME in kinds:
        if isinstance(argument, Constant):
            return Fit.PERHAPS if parse_time(str(argument.value)) else Fit.NEVER
        return Fit.PERHAPS
    return Fit.NEVER


def demand(argument: Checked, kinds: Kind, what: str) -> Checked:
    """The argument, with what its type leaves open looked at while the rule runs."""
    match fit(argument, kinds):
        case Fit.ALWAYS | Fit.NEVER:
            return argument
        case Fit.PERHAPS:
            if isinstance(argument, Constant) and isinstance(argument.value, str):
                return Constant(argument.node, TIME, parse_time(argument.value))
            return Demand(argument.node, _narrowed(argument.type, kinds), argument, kinds, what)
        case unreachable:
            assert_never(unreachable)


def _narrowed(type_: Type, kinds: Kind) -> Type:
    narrow = type_of_kinds(kinds)
    return narrow if narrow != ANY else type_of_kinds(kinds & kinds_of(type_))
