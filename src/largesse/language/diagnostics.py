"""Diagnostics: what is wrong with a rule, where, and what was probably meant.

Reading and checking never stop at the first mistake; they collect diagnostics, and whoever wrote the rule sees all of
them at once.
"""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from largesse.language.errors import LanguageError


class Mistake(StrEnum):
    """The stable name of a kind of mistake."""

    BAD_TEXT = "bad_text"
    BAD_JSON = "bad_json"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    UNKNOWN_FUNCTION = "unknown_function"
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_FIELD = "unknown_field"
    WRONG_ARGUMENTS = "wrong_arguments"
    WRONG_BLOCK = "wrong_block"
    WRONG_KIND = "wrong_kind"
    WRONG_VALUE = "wrong_value"
    BAD_TEMPLATE = "bad_template"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake. pointer: JSON pointer into what was checked ("" for text); span: start and end in the text, when
    there is a text."""

    code: Mistake
    message: str
    pointer: str = ""
    span: tuple[int, int] | None = None
    did_you_mean: str | None = None

    def __str__(self) -> str:
        where = f"{self.pointer}: " if self.pointer else f"{self.span[0]}: " if self.span else ""
        suggestion = f" (did you mean `{self.did_you_mean}`?)" if self.did_you_mean else ""
        return f"{where}{self.code}: {self.message}{suggestion}"


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """All mistakes found, in reading order. Never empty: what has no mistakes is compiled instead."""

    found: tuple[Diagnostic, ...]

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __str__(self) -> str:
        return "\n".join(map(str, self.found))


class RefusedError(LanguageError):
    """Raised by the one-shot functions, which answer with a value and not with a choice; `diagnostics` says why."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__(str(diagnostics))
        self.diagnostics = diagnostics


def suggestion(wrong: str, known: Iterable[str]) -> str | None:
    """The known name closest to a wrong one, whatever the letter case, or None when nothing is close."""
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(wrong.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None
