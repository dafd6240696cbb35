"""Comparison and logic. [TL corefn/comparison, corefn/logic]"""

import ast
from datetime import datetime
from decimal import Decimal
from typing import Final

from largesse.language.compile import code as py
from largesse.language.compile.code import Body, Code
from largesse.language.compile.inlining import eager, never_fails, operator, plainly, reordering
from largesse.language.compile.runtime import truth
from largesse.language.compile.weave import Weaver
from largesse.language.environment import Example, Function, InlineRule, Known
from largesse.language.kinds import Kind, Value, kind_of, kind_text
from largesse.language.types import BOOLEAN, BooleanType, DecimalType, StringType, Type, kinds_of
from largesse.language.values import text_of


def same(left: Value, right: Value) -> bool:
    """Whether two atoms are equal: numbers by value, everything else by text form, so that 1 equals "1"."""
    if kind_of(left) is Kind.DECIMAL and kind_of(right) is Kind.DECIMAL:
        return left == right
    return text_of(left) == text_of(right)


def equal(first: Value, *others: Value) -> bool:
    """Whether the first equals every other."""
    return all(same(first, other) for other in others)


def different(first: Value, *others: Value) -> bool:
    """Whether the first differs from every other."""
    return not any(same(first, other) for other in others)


def _same_class(left: Type, right: Type) -> bool:
    """Whether Python's own equality is the language's for these types."""
    return isinstance(left, DecimalType | StringType | BooleanType) and left == right


def _inline_equal(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    codes = eager(arguments)
    if len(codes) != 2 or not _same_class(codes[0].type, codes[1].type):
        return never_fails(equal)(weaver, arguments)
    code = plainly(weaver, codes, lambda left, right: py.compare(left, ast.Eq(), right))
    if code.fails:
        return code
    # What is missing is None and so equals nothing that is there: one side may do without its test for None.
    spared = next((each.expression for each in codes if each.needs and each.needs[-1].read is each.expression), None)
    tests = [py.present(need) for need in code.needs if need.read is not spared]
    return Code(code.expression, BOOLEAN, code.needs, lenient=py.every([*tests, code.expression]))


def _inline_different(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    codes = eager(arguments)
    if len(codes) != 2 or not _same_class(codes[0].type, codes[1].type):
        return never_fails(different)(weaver, arguments)
    return plainly(weaver, codes, lambda left, right: py.compare(left, ast.NotEq(), right))


def _condition(weaver: Weaver, code: Code) -> Code:
    """The code as a condition: collections count as true, other values that may not be Boolean are looked at."""
    if isinstance(code.type, BooleanType):
        return code
    value = py.call(weaver.name(truth), weaver.strict(code))
    surely = not kinds_of(code.type) & Kind.ATOM
    return Code(value, BOOLEAN, fails=not surely or code.fails or bool(code.needs))


def _inline_and(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    codes = [_condition(weaver, code) for code in eager(arguments)]
    lenients = [py.lenient(code) for code in codes]
    tests = [each for each in lenients if each is not None]
    return Code(
        py.every([weaver.strict(code) for code in codes]),
        BOOLEAN,
        fails=any(code.fails or code.needs for code in codes),
        lenient=py.every(tests) if len(tests) == len(codes) else None,
    )


def _inline_or(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    codes = [_condition(weaver, code) for code in eager(arguments)]
    lenient: ast.expr | None = None
    if codes and not any(code.fails for code in codes):
        # Whatever is missing ends the whole with False, also where a later part would hold.
        for code in reversed(codes):
            rest = code.expression if lenient is None else py.some([code.expression, lenient])
            lenient = py.every([*(py.present(need) for need in code.needs), rest])
    return Code(
        py.some([weaver.strict(code) for code in codes]),
        BOOLEAN,
        fails=any(code.fails or code.needs for code in codes),
        lenient=lenient,
    )


def _refuse_other_atoms(arguments: tuple[Known, ...]) -> str | None:
    may = Kind.BOOLEAN | Kind.COLLECTION
    wrong = next((each.type for each in arguments if not kinds_of(each.type) & may), None)
    return None if wrong is None else f"a condition must be Boolean, not {kind_text(kinds_of(wrong))}"


def every_holds(*conditions: Value) -> bool:
    """Whether every condition holds, left to right, up to the first that does not."""
    return all(truth(condition) for condition in conditions)


def some_holds(*conditions: Value) -> bool:
    """Whether some condition holds, left to right, up to the first that does."""
    return any(truth(condition) for condition in conditions)


def _ordering(comparison: type[ast.cmpop]) -> InlineRule:
    return operator(lambda left, right: py.compare(left, comparison(), right), 2)


def between(value: ast.expr, low: ast.expr, high: ast.expr) -> ast.expr:
    """`low < value < high`."""
    return ast.Compare(low, [ast.Lt(), ast.Lt()], [value, high])


def greater(first: Decimal, *others: Decimal) -> bool:
    """Whether the first is above every other."""
    return all(first > other for other in others)


def less(first: Decimal, *others: Decimal) -> bool:
    """Whether the first is below every other."""
    return all(first < other for other in others)


def at_least(first: Decimal, *others: Decimal) -> bool:
    """Whether the first is no less than any other."""
    return all(first >= other for other in others)


def at_most(first: Decimal, *others: Decimal) -> bool:
    """Whether the first is no more than any other."""
    return all(first <= other for other in others)


def later(first: datetime, *others: datetime) -> bool:
    """Whether the first is after every other."""
    return all(first > other for other in others)


def earlier(first: datetime, *others: datetime) -> bool:
    """Whether the first is before every other."""
    return all(first < other for other in others)


def not_earlier(first: datetime, *others: datetime) -> bool:
    """Whether the first is no earlier than any other."""
    return all(first >= other for other in others)


def not_later(first: datetime, *others: datetime) -> bool:
    """Whether the first is no later than any other."""
    return all(first <= other for other in others)


def number_between(*numbers: Decimal) -> bool:
    """Whether all but the last two lie strictly between the last two."""
    *values, low, high = numbers
    return all(low < value < high for value in values)


def time_between(*times: datetime) -> bool:
    """Whether all but the last two lie strictly between the last two."""
    *values, low, high = times
    return all(low < value < high for value in values)


_EARLY: Final = "2020-01-01T00:00:00Z"
_LATE: Final = "2021-01-01T00:00:00+01:00"
_EARLY_TIME: Final = ("parseTime", _EARLY)

LOGIC: Final = (
    Function(
        "=(Atom, Atom, Atom...)Boolean",
        equal,
        "Whether the first equals every other. Numbers compare by value, everything else by text form.",
        (
            Example(["=", 1, 1, 1], True),
            Example(["=", "1", 1], True),
            Example(["=", "true", True], True),
            Example(["=", "a", "a", "b"], False),
            Example(["=", "a", "A"], False),
        ),
        inline=_inline_equal,
    ),
    Function(
        "!=(Atom, Atom, Atom...)Boolean",
        different,
        "Whether the first differs from every other.",
        (Example(["!=", "Hello", "Bye"], True), Example(["!=", "Hello", "Hello", "Bye"], False)),
        inline=_inline_different,
    ),
    Function(
        ">(Decimal, Decimal, Decimal...)Boolean",
        greater,
        "Whether the first is above every other.",
        (Example([">", 3, 2, 1], True), Example([">", 3, 2, 4], False)),
        inline=_ordering(ast.Gt),
    ),
    Function(
        ">(Time, Time, Time...)Boolean",
        later,
        "Whether the first is after every other.",
        (Example([">", list(_EARLY_TIME), _LATE], False),),
        inline=_ordering(ast.Gt),
    ),
    Function(
        "<(Decimal, Decimal, Decimal...)Boolean",
        less,
        "Whether the first is below every other.",
        (Example(["<", 1, 2, 3], True), Example(["<", 1, 1], False)),
        inline=_ordering(ast.Lt),
    ),
    Function(
        "<(Time, Time, Time...)Boolean",
        earlier,
        "Whether the first is before every other.",
        (Example(["<", list(_EARLY_TIME), _LATE], True),),
        inline=_ordering(ast.Lt),
    ),
    Function(
        ">=(Decimal, Decimal, Decimal...)Boolean",
        at_least,
        "Whether the first is no less than any other.",
        (Example([">=", 2, 2, 1], True),),
        inline=_ordering(ast.GtE),
    ),
    Function(
        ">=(Time, Time, Time...)Boolean",
        not_earlier,
        "Whether the first is no earlier than any other.",
        (Example([">=", list(_EARLY_TIME), _EARLY], True),),
        inline=_ordering(ast.GtE),
    ),
    Function(
        "<=(Decimal, Decimal, Decimal...)Boolean",
        at_most,
        "Whether the first is no more than any other.",
        (Example(["<=", 2, 2, 1], False),),
        inline=_ordering(ast.LtE),
    ),
    Function(
        "<=(Time, Time, Time...)Boolean",
        not_later,
        "Whether the first is no later than any other.",
        (Example(["<=", list(_EARLY_TIME), _LATE], True),),
        inline=_ordering(ast.LtE),
    ),
    Function(
        "between(Decimal, Decimal, Decimal, Decimal...)Boolean",
        number_between,
        "Whether all but the last two lie between the last two, which are themselves outside.",
        (
            Example(["between", 1, 0, 2], True),
            Example(["between", 0, 0, 2], False),
            Example(["between", 1, 3, 0, 2], False),
        ),
        inline=reordering(between, 3, number_between),
    ),
    Function(
        "between(Time, Time, Time, Time...)Boolean",
        time_between,
        "Whether all but the last two lie between the last two, which are themselves outside.",
        (Example(["between", ["parseTime", "2020-06-01T00:00:00Z"], _EARLY, _LATE], True),),
        inline=reordering(between, 3, time_between),
    ),
    Function(
        "and(Atom|Collection...)Boolean",
        every_holds,
        "Whether every condition holds; stops at the first that does not. Lists and maps count as true.",
        (
            Example(["and"], True),
            Example(["and", True, ["list"]], True),
            Example(["and", False, ["<", ["/", 1, 0], 1]], False),
        ),
        inline=_inline_and,
        refuses=_refuse_other_atoms,
    ),
    Function(
        "or(Atom|Collection...)Boolean",
        some_holds,
        "Whether some condition holds; stops at the first that does. Lists and maps count as true.",
        (
            Example(["or"], False),
            Example(["or", False, ["list"]], True),
            Example(["or", True, ["<", ["/", 1, 0], 1]], True),
        ),
        inline=_inline_or,
        refuses=_refuse_other_atoms,
    ),
    Function(
        "not(Boolean)Boolean",
        lambda value: not value,
        "The opposite.",
        (Example(["not", False], True),),
        inline=operator(lambda value: ast.UnaryOp(ast.Not(), value), 1),
    ),
)
"""Comparison and logic, in the order of the reference."""
