"""Regular expressions: RE2, so that no pattern can take more than linear time. [TL; D]"""

import functools
from typing import Final, Protocol

import re2

from largesse.language.errors import ExpressionError
from largesse.language.limits import PATTERN_LENGTH_MAX, PATTERN_MEMORY_BYTES_MAX

_KEPT: Final = 256
"""Patterns only known while rules run that stay compiled: a handful of attributes hold patterns, not a catalogue."""


class Match(Protocol):
    """Where a pattern matched."""

    def groupdict(self) -> dict[str, str | None]:
        """What each named group matched."""
        ...


class Pattern(Protocol):
    """A compiled pattern."""

    def search(self, text: str) -> Match | None:
        """The first place in the text where the pattern occurs."""
        ...

    def fullmatch(self, text: str) -> Match | None:
        """The whole text, when the pattern matches all of it."""
        ...


def compiled(pattern: str) -> Pattern:
    """Compile a pattern of a rule; raises ExpressionError when it is no RE2 pattern or a huge one."""
    if len(pattern) > PATTERN_LENGTH_MAX:
        raise ExpressionError(f"A pattern may have {PATTERN_LENGTH_MAX:,} characters")
    return reader(pattern)


@functools.lru_cache(_KEPT)
def reader(pattern: str) -> Pattern:
    """Compile a pattern of any length; for those the language itself builds."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = PATTERN_MEMORY_BYTES_MAX
    try:
        made: Pattern = re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
        raise ExpressionError(f"`{pattern}` is not a pattern: {reason}") from None
    return made
