"""The text form of expressions, for people: `(= (. Item Category) "shoes")`. [TL lexer]

The first word of a parenthesised group is the operator; the outermost parentheses may be left out. Words without quotes
are typed by their looks: true and false, numbers, RFC 3339 times, `null`; any other word is a text. Quoted words are
always texts; a backslash escapes the quote and itself and is otherwise a plain character, as regular expressions like
it. Operators that need quotes, because they hold spaces or look like numbers, may have them.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from largesse.language.diagnostics import Diagnostic, Mistake
from largesse.language.limits import DEPTH_MAX, TEXT_LENGTH_MAX
from largesse.language.numbers import within_limits
from largesse.language.rfc3339 import parse_time
from largesse.language.syntax import Atom, Call, Group, Literal, Node, Place, encodable

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<open>\()
      | (?P<close>\))
      | (?P<quoted>"(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*')
      | (?P<word>[^\ \t\r\n()"']+)
      | (?P<unclosed>.)""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_ESCAPE: Final = re.compile(r"\\(['\"\\])")


@dataclass(slots=True)
class _Open:
    """A parenthesis not yet closed: where it is, what stands in it so far, whether its first word is an operator."""

    start: int
    operator: str | None = None
    members: list[Node] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return self.operator is None and not self.members


def atom_of_word(word: str) -> Atom:
    """What an unquoted word means."""
    lowered = word.lower()
    if lowered in {"true", "false"}:
        return lowered == "true"
    if word == "null":
        return None
    if _NUMBER.fullmatch(word):
        return Decimal(word)
    return parse_time(word) or word


def parse(text: str) -> tuple[Node, tuple[Diagnostic, ...]]:
    """Read an expression from text. With diagnostics, whose spans are offsets into the text, there is only a Null."""
    if len(text) > TEXT_LENGTH_MAX:
        message = f"an expression may have {TEXT_LENGTH_MAX:,} characters"
        return Literal(None), (Diagnostic(Mistake.TOO_LARGE, message, span=(0, len(text))),)
    if not encodable(text):
        message = "half a surrogate pair is no character"
        return Literal(None), (Diagnostic(Mistake.BAD_TEXT, message, span=(0, len(text))),)
    found: list[Diagnostic] = []
    stack = [_Open(0)]
    for token in _TOKEN.finditer(text):
        _take(token, stack, found)
    unclosed = "this parenthesis is never closed"
    found += (Diagnostic(Mistake.BAD_TEXT, unclosed, span=_point(each.start)) for each in stack[1:])
    node = _whole(stack[0], len(text), found)
    return (Literal(None) if found else node), tuple(found)


def unfinished(text: str) -> bool:
    """Whether a text may become an expression when more is written after it: something is open, nothing is closed
    twice."""
    depth = 0
    for token in _TOKEN.finditer(text[:TEXT_LENGTH_MAX]):
        match token.lastgroup:
            case "open":
                depth += 1
            case "close" if depth == 0:
                return False
            case "close":
                depth -= 1
            case "unclosed":
                return True
            case _:
                pass
    return depth > 0


def _take(token: re.Match[str], stack: list[_Open], found: list[Diagnostic]) -> None:
    top, word, span = stack[-1], token[0], token.span()
    match token.lastgroup:
        case "open":
            stack.append(_Open(span[0]))
            if len(stack) - 1 == DEPTH_MAX + 1:
                found.append(Diagnostic(Mistake.TOO_DEEP, f"expressions may be nested {DEPTH_MAX} deep", span=span))
        case "close" if len(stack) == 1:
            found.append(Diagnostic(Mistake.BAD_TEXT, "this parenthesis closes nothing", span=span))
        case "close":
            closed = stack.pop()
            stack[-1].members.append(_closed(closed, (closed.start, span[1]), found))
        case "quoted":
            _place_word(top, _ESCAPE.sub(r"\1", word[1:-1]), span)
        case "word":
            atom = atom_of_word(word)
            if isinstance(atom, Decimal) and not within_limits(atom):
                found.append(Diagnostic(Mistake.TOO_LARGE, "this number has too many digits", span=span))
            _place_word(top, atom, span)
        case "unclosed":
            found.append(Diagnostic(Mistake.BAD_TEXT, "this text is never closed", span=span))
        case _:
            pass


def _place_word(top: _Open, atom: Atom, span: tuple[int, int]) -> None:
    if top.empty and isinstance(atom, str):
        top.operator = atom
    else:
        top.members.append(Literal(atom, Place(span=span)))


def _closed(group: _Open, span: tuple[int, int], found: list[Diagnostic]) -> Node:
    place = Place(span=span)
    if group.operator is not None:
        return Call(group.operator, tuple(group.members), place)
    if not group.members:
        found.append(Diagnostic(Mistake.BAD_TEXT, "nothing stands between these parentheses", span=span))
        return Literal(None, place)
    return Group(tuple(group.members), place)


def _whole(outermost: _Open, length: int, found: list[Diagnostic]) -> Node:
    if outermost.empty:
        if not found:
            found.append(Diagnostic(Mistake.BAD_TEXT, "there is no expression here", span=(0, length)))
        return Literal(None)
    if outermost.operator is None and len(outermost.members) == 1:
        return outermost.members[0]
    if outermost.operator is not None and not outermost.members:
        return Literal(outermost.operator, Place(span=(0, length)))
    return _closed(outermost, (0, length), found)


def _point(at: int) -> tuple[int, int]:
    return at, at + 1
