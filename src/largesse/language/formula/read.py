"""Reading formulas: arithmetic with paths, calls, percentages and parentheses. [C]

    sum     := product (('+' | '-') product)*
    product := factor (('*' | '/') factor)*
    factor  := number ['%'] | text | true | false | path | '[' path ']'
             | name '(' sum, ... ')' | '(' sum ')' | '-' factor
    path    := ['$'] name ('.' name)*

`10%` is ten divided by a hundred. Between brackets a path may hold spaces.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from largesse.language.diagnostics import Diagnostic, Mistake
from largesse.language.limits import DEPTH_MAX, FORMULA_LENGTH_MAX
from largesse.language.numbers import within_limits
from largesse.language.syntax import Call, Literal, Node, Place, children

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<text>"(?:\\.|[^"\\])*")
      | (?P<bracket>\[[^\[\]]+\])
      | (?P<path>\$?[^\W\d]\w*(?:\.\w+)*)
      | (?P<mark>[-+*/%(),])
      | (?P<odd>.)""",
    re.VERBOSE | re.DOTALL,
)
Part = TypeVar("Part")

_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
SPELLED: Final = {"round_up": "roundUp", "round_down": "roundDown"}
"""Functions that formulas spell otherwise than the language does, by lower-cased spelling."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


class _NotAFormulaError(Exception):
    """Ends the reading of one formula."""

    def __init__(self, mistake: Mistake, message: str, span: tuple[int, int]) -> None:
        super().__init__(message)
        self.mistake = mistake
        self.span = span


@dataclass(slots=True)
class _Reader:
    """Reads one formula. offset: where it starts in the text that holds it."""

    tokens: list[_Token]
    length: int
    pointer: str
    offset: int
    next: int = 0
    depth: int = 0

    def look(self) -> str:
        """The next mark, or "" for anything else."""
        if self.next < len(self.tokens) and self.tokens[self.next].kind == "mark":
            return self.tokens[self.next].text
        return ""

    def sum(self) -> Node:
        """A sum."""
        return self._chain("+-", self.product)

    def product(self) -> Node:
        """A product."""
        return self._chain("*/", self.factor)

    def _chain(self, marks: str, part: Callable[[], Node]) -> Node:
        start = self._start()
        node = part()
        chained = False
        while (mark := self.look()) and mark in marks:
            self.next += 1
            other = part()
            same = chained and isinstance(node, Call) and node.name == mark
            arguments = (*node.arguments, other) if same and isinstance(node, Call) else (node, other)
            node = Call(mark, arguments, self._place(start))
            chained = True
        return node

    def factor(self) -> Node:
        """A factor."""
        token = self._take()
        match token.kind, token.text:
            case "number", text:
                return self._number(Decimal(text), token)
            case "text", text:
                return Literal(_ESCAPE.sub(r"\1", text[1:-1]), self._place(token.start))
            case "bracket", text:
                return self._path([name.strip() for name in text[1:-1].split(".")], token)
            case "path", text:
                return self._named(text, token)
            case "mark", "(":
                return self._inside(self._closing_sum, token)
            case "mark", "-":
                return self._inside(self._negative, token)
            case _:
                raise _NotAFormulaError(Mistake.BAD_TEXT, f"`{token.text}` does not fit here", (token.start, token.end))

    def _number(self, number: Decimal, token: _Token) -> Node:
        if not within_limits(number):
            raise _NotAFormulaError(Mistake.TOO_LARGE, "this number has too many digits", (token.start, token.end))
        if self.look() != "%":
            return Literal(number, self._place(token.start))
        self.next += 1
        place = self._place(token.start)
        return Call("/", (Literal(number, place), Literal(Decimal(100), place)), place)

    def _named(self, text: str, token: _Token) -> Node:
        if text in ("true", "false"):
            return Literal(text == "true", self._place(token.start))
        if self.look() != "(" or "." in text or text.startswith("$"):
            return self._path(text.removeprefix("$").split("."), token)
        self.next += 1
        arguments = self._inside(self._arguments, token)
        return Call(SPELLED.get(text.lower(), text), arguments, self._place(token.start))

    def _arguments(self) -> tuple[Node, ...]:
        if self.look() == ")":
            self.next += 1
            return ()
        arguments = [self.sum()]
        while self.look() == ",":
            self.next += 1
            arguments.append(self.sum())
        self._close()
        return tuple(arguments)

    def _closing_sum(self) -> Node:
        node = self.sum()
        self._close()
        return node

    def _negative(self) -> Node:
        start = self._start()
        node = self.factor()
        if isinstance(node, Literal) and isinstance(node.value, Decimal):
            return Literal(-node.value, node.place)
        return Call("-", (Literal(Decimal(0)), node), self._place(start))

    def _path(self, names: list[str], token: _Token) -> Node:
        place = self._place(token.start)
        if not all(names):
            raise _NotAFormulaError(Mistake.BAD_TEXT, "a name is missing between dots", (token.start, token.end))
        return Call(".", tuple(Literal(name, place) for name in names), place)

    def _inside(self, part: Callable[[], Part], token: _Token) -> Part:
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise _NotAFormulaError(
                Mistake.TOO_DEEP, f"expressions may be nested {DEPTH_MAX} deep", (token.start, token.end)
            )
        read = part()
        self.depth -= 1
        return read

    def _close(self) -> None:
        if self.look() != ")":
            at = self._start()
            raise _NotAFormulaError(Mistake.BAD_TEXT, "a `)` is missing here", (at, max(at, self.length)))
        self.next += 1

    def _take(self) -> _Token:
        if self.next == len(self.tokens):
            raise _NotAFormulaError(Mistake.BAD_TEXT, "the formula ends too early", (0, self.length))
        self.next += 1
        return self.tokens[self.next - 1]

    def _start(self) -> int:
        return self.tokens[self.next].start if self.next < len(self.tokens) else self.length

    def _place(self, start: int) -> Place:
        return Place(self.pointer, (self.offset + start, self.offset + self.tokens[self.next - 1].end))


def parse_formula(text: str, pointer: str = "", offset: int = 0) -> tuple[Node, tuple[Diagnostic, ...]]:
    """Read a formula; the node is complete exactly when there are no diagnostics.

    `pointer` is where the text stands, `offset` where in that text the formula starts; spans count from the text's
    start.
    """
    try:
        return _read(text, pointer, offset), ()
    except _NotAFormulaError as error:
        start, end = error.span
        found = Diagnostic(error.mistake, str(error), pointer, (offset + start, offset + end))
        return Literal(None, Place(pointer)), (found,)


def _read(text: str, pointer: str, offset: int) -> Node:
    if len(text) > FORMULA_LENGTH_MAX:
        raise _NotAFormulaError(
            Mistake.TOO_LARGE, f"a formula may have {FORMULA_LENGTH_MAX:,} characters", (0, len(text))
        )
    found = (_Token(each.lastgroup or "", each[0], *each.span()) for each in _TOKEN.finditer(text))
    reader = _Reader([token for token in found if token.kind != "space"], len(text), pointer, offset)
    node = reader.sum()
    if reader.next < len(reader.tokens):
        extra = reader.tokens[reader.next]
        raise _NotAFormulaError(Mistake.BAD_TEXT, f"`{extra.text}` does not fit here", (extra.start, len(text)))
    if _depth(node) > DEPTH_MAX:
        raise _NotAFormulaError(Mistake.TOO_DEEP, f"expressions may be nested {DEPTH_MAX} deep", (0, len(text)))
    return node


def _depth(node: Node) -> int:
    """How deep an expression is nested. A chain of alternating operators nests without any parenthesis."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        current, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children(current))
    return deepest
