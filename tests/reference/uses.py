"""How the functions of promotions are used: the expressions of blocks that call them, and what they show themselves."""

from collections.abc import Iterator

from largesse.language import Function, Json
from tests.reference.written import as_json
from tests.support.blocks import CONDITIONS, EFFECTS

USES_MAX = 4
"""Uses shown of one name."""


def uses(overloads: tuple[Function, ...]) -> Iterator[str]:
    """Uses of functions of one name, as the lines of a list."""
    for expression in expressions(overloads)[:USES_MAX]:
        yield f"- `{as_json(expression)}`"


def expressions(overloads: tuple[Function, ...]) -> list[Json]:
    """Different calls of functions of one name, shortest first."""
    declared = [one.expression for overload in overloads for one in overload.examples]
    name = overloads[0].name
    found = [call for _, meant in (*CONDITIONS, *EFFECTS) for call in calls(name, meant)]
    texts = {as_json(each): each for each in (*declared, *found)}
    return [texts[text] for text in sorted(texts, key=lambda text: (len(text), text))]


def calls(name: str, expression: Json) -> Iterator[Json]:
    """All calls of a function inside an expression."""
    if not isinstance(expression, list):
        return
    if expression and expression[0] == name:
        yield expression
    for part in expression:
        yield from calls(name, part)
