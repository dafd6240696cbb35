"""Texts. The text that is looked into comes first, except for `~`, where the pattern does. [TL corefn/strings]"""

import ast
from decimal import Decimal
from typing import Final

from largesse.language.compile import code as py
from largesse.language.compile.code import Body, Code
from largesse.language.compile.inlining import eager, never_fails, operator, plainly, reordering
from largesse.language.compile.weave import Weaver
from largesse.language.environment import Example, Function, Known
from largesse.language.errors import ExpressionError
from largesse.language.kinds import Value
from largesse.language.limits import LIST_LENGTH_MAX, STRING_LENGTH_MAX
from largesse.language.patterns import compiled
from largesse.language.types import STRING, ListType
from largesse.language.values import text_of


def concat(*texts: str) -> str:
    """The texts one after the other."""
    return _bounded("".join(texts), sum(map(len, texts)))


def _bounded(text: str, length: int) -> str:
    if length > STRING_LENGTH_MAX:
        raise ExpressionError(f"A text may have {STRING_LENGTH_MAX:,} characters")
    return text


def contains(text: str, *needles: str) -> bool:
    """Whether the text contains every needle."""
    return all(needle in text for needle in needles)


def contains_none(text: str, *needles: str) -> bool:
    """Whether the text contains no needle."""
    return not any(needle in text for needle in needles)


def starts_with(text: str, *needles: str) -> bool:
    """Whether the text starts with every needle."""
    return all(text.startswith(needle) for needle in needles)


def ends_with(text: str, *needles: str) -> bool:
    """Whether the text ends with every needle."""
    return all(text.endswith(needle) for needle in needles)


def matches(pattern: str, *texts: str) -> bool:
    """Whether the pattern occurs in every text."""
    search = compiled(pattern).search
    return all(search(text) is not None for text in texts)


def first_name(text: str) -> str:
    """The first word, "" when there is none."""
    return next(iter(text.split()), "")


def last_name(text: str) -> str:
    """The last word, "" when there is none."""
    return next(reversed(text.split()), "")


def split(text: str, separator: str) -> list[str]:
    """The pieces between separators; the characters when the separator is empty."""
    pieces = text.split(separator, LIST_LENGTH_MAX) if separator else list(text[: LIST_LENGTH_MAX + 1])
    if len(pieces) > LIST_LENGTH_MAX:
        raise ExpressionError(f"A list may have {LIST_LENGTH_MAX:,} elements")
    return pieces


def join(items: list[Value], glue: str) -> str:
    """The elements as one text with glue between them; the first decides whether they are texts at all. [TL; C]"""
    if items and not isinstance(items[0], str):
        raise ExpressionError("`join` takes a list of texts")
    texts = [text_of(item) for item in items]
    return _bounded(glue.join(texts), sum(map(len, texts)) + len(glue) * len(texts))


def _inline_matches(weaver: Weaver, arguments: tuple[Code | Body, ...]) -> Code | None:
    codes = eager(arguments)
    pattern = codes[0].expression
    if len(codes) != 2 or not (isinstance(pattern, ast.Constant) and isinstance(pattern.value, str)):
        return None
    search = weaver.name(compiled(pattern.value).search)
    return plainly(weaver, codes[1:], lambda text: py.compare(py.call(search, text), ast.IsNot(), ast.Constant(None)))


def _refuse_bad_pattern(arguments: tuple[Known, ...]) -> str | None:
    pattern = arguments[0].value
    if isinstance(pattern, str):
        try:
            compiled(pattern)
        except ExpressionError as error:
            return error.message
    return None


STRINGS: Final = (
    Function(
        "+(String, String, String...)String",
        concat,
        "The texts one after the other. Numbers are not turned into texts: see toString.",
        (Example(["+", "Hello ", "World"], "Hello World"), Example(["+", "2", ["toString", 2]], "22")),
    ),
    Function(
        "concat(String, String, String...)String",
        concat,
        "The texts one after the other.",
        (Example(["concat", "a", "b", "c"], "abc"),),
    ),
    Function(
        "contains(String, String, String...)Boolean",
        contains,
        "Whether the first text contains all others.",
        (Example(["contains", "Hello World", "Hello", "World"], True), Example(["contains", "Hello", "World"], False)),
        inline=reordering(lambda text, needle: py.compare(needle, ast.In(), text), 2, contains),
    ),
    Function(
        "notContains(String, String, String...)Boolean",
        contains_none,
        "Whether the first text contains none of the others.",
        (Example(["notContains", "Hello", "World"], True), Example(["notContains", "Hello", "x", "ell"], False)),
        inline=reordering(lambda text, needle: py.compare(needle, ast.NotIn(), text), 2, contains_none),
    ),
    Function(
        "startsWith(String, String, String...)Boolean",
        starts_with,
        "Whether the first text starts with all others. Every text starts with the empty one.",
        (Example(["startsWith", "Hello", "He", "H", ""], True), Example(["startsWith", "Hello", "h"], False)),
        inline=operator(
            lambda text, start: py.call(py.attribute(text, "startswith"), start), 2, never_fails(starts_with)
        ),
    ),
    Function(
        "endsWith(String, String, String...)Boolean",
        ends_with,
        "Whether the first text ends with all others. Every text ends with the empty one.",
        (Example(["endsWith", "Hello", "lo", ""], True), Example(["endsWith", "Hello", "l"], False)),
        inline=operator(lambda text, end: py.call(py.attribute(text, "endswith"), end), 2, never_fails(ends_with)),
    ),
    Function(
        "~(String, String, String...)Boolean",
        matches,
        "Whether the pattern, which comes first, occurs anywhere in all texts. RE2 syntax.",
        (
            Example(["~", "^[a-z]+$", "abc"], True),
            Example(["~", "b", "abc", "x"], False),
        ),
        inline=_inline_matches,
        refuses=_refuse_bad_pattern,
        compiles=True,
    ),
    Function(
        "firstName(String)String",
        first_name,
        "The first word.",
        (Example(["firstName", "Alex Maria Unicorn"], "Alex"), Example(["firstName", ""], "")),
        inline=never_fails(first_name),
    ),
    Function(
        "lastName(String)String",
        last_name,
        "The last word.",
        (Example(["lastName", "Alex Maria Unicorn"], "Unicorn"),),
        inline=never_fails(last_name),
    ),
    Function(
        "toString(Decimal|String|Boolean|Time)String",
        text_of,
        "The text form: numbers without an exponent, times as RFC 3339.",
        (
            Example(["toString", Decimal("1.50")], "1.5"),
            Example(["toString", True], "true"),
            Example(["toString", ["parseTime", "2018-03-11T00:04:05Z"]], "2018-03-11T00:04:05Z"),
        ),
        inline=never_fails(text_of),
    ),
    Function(
        "split(String, String)List",
        split,
        "The pieces of a text between separators.",
        (Example(["split", "a,b,,c", ","], ["a", "b", "", "c"]), Example(["split", "abc", ""], ["a", "b", "c"])),
        result=ListType(STRING),
    ),
    Function(
        "join(List, String)String",
        join,
        "The elements of a list as one text, with the second argument between them.",
        (
            Example(["join", ["list", "a", "b"], "-"], "a-b"),
            Example(["join", ["list"], "-"], ""),
            Example(["join", ["list", 1, 2], "-"], fails="takes a list of texts"),
        ),
    ),
)
"""Functions on texts, in the order of the reference."""
