"""Values as other programs read them, and as people do."""

from datetime import datetime
from decimal import Decimal

from largesse.cli.eval.answers import Answer, Failures, Token
from largesse.language import Explanation, Json, Literal, Value, format_node, format_time, kind_of
from largesse.language.numbers import plain


def as_reply(answered: Answer | Failures) -> Json:
    """The line of a batch: kind and value, or the first thing that is wrong."""
    if isinstance(answered, Answer):
        return as_object(answered.value)
    first = answered[0]
    return {"error": {"code": first.code, "message": first.message, "span": first.span}}


def as_object(value: Value | Token) -> dict[str, Json]:
    """A value with its kind: numbers as text so that no digit is lost, collections of such objects."""
    if isinstance(value, Token):
        return {"kind": "Token", "value": value.source}
    return {"kind": str(kind_of(value).name).title(), "value": _plain(value)}


def _plain(value: Value) -> Json:
    match value:
        case None | bool() | str():
            return value
        case int() | Decimal():
            return plain(Decimal(value))
        case datetime():
            return format_time(value)
        case list() | tuple():
            return [as_object(element) for element in value]
        case dict():
            return {str(key): as_object(element) for key, element in value.items()}
        case _:
            raise TypeError(f"a {type(value).__name__} is no value of the language")


def as_text(value: Value | Token) -> str:
    """A value as a person reads it: atoms in the text form, collections with brackets."""
    if isinstance(value, Token):
        return value.source
    match value:
        case None | bool() | str() | Decimal() | datetime():
            return format_node(Literal(value))
        case int():
            return str(value)
        case list() | tuple():
            return f"[{', '.join(map(as_text, value))}]"
        case dict():
            return "{" + ", ".join(f"{key}: {as_text(element)}" for key, element in value.items()) + "}"
        case _:
            return f"({type(value).__name__})"


def as_tree(told: Explanation, indent: str = "") -> list[str]:
    """An explanation, one part per line under the part it belongs to."""
    ending = told.error or (as_text(told.value) if told.evaluated else "not needed")
    lines = [f"{indent}{told.text} → {ending}"]
    for child in told.children:
        lines += as_tree(child, indent + "  ")
    return lines


def with_carets(source: str, failures: Failures) -> str:
    """What is wrong, each under a copy of its line with carets below the place."""
    return "\n".join(part for failure in failures for part in _pointed(source, failure.span, failure.message))


def _pointed(source: str, span: tuple[int, int] | None, message: str) -> list[str]:
    if span is None or "\t" in source:
        return [message]
    start, end = span
    line_start = source.rfind("\n", 0, start) + 1
    line = source[line_start:].partition("\n")[0]
    width = max(1, min(end, line_start + len(line)) - start)
    return [f"  {line}", f"  {' ' * (start - line_start)}{'^' * width}", message]
