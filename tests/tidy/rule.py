"""What a house rule is: a name, where it holds, how a breach is found, what to do instead, and its own examples.

A rule without a breach that it notices proves nothing, so each carries snippets that it must refuse and snippets that
it must let pass; `test_rules.py` runs those before it trusts the rule with the tree.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from tests.tidy.source import Source


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach: the line it stands on, from 1, and what stands there."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`covers` says which files the rule reads, `find` yields its breaches; the snippets are (path, text) pairs."""

    name: str
    instead: str
    covers: Callable[[Source], bool]
    find: Callable[[Source], Iterable[Finding]]
    refused: tuple[tuple[str, str], ...]
    allowed: tuple[tuple[str, str], ...]

    def breaches(self, source: Source) -> list[str]:
        """What the rule has against a file, a line each, ready for a message."""
        if not self.covers(source):
            return []
        return [f"{source.path}:{finding.line}: {finding.what}" for finding in self.find(source)]


def snippet(path: str, text: str) -> Source:
    """A file that exists only in a rule's examples."""
    return Source(PurePosixPath(path), text)


def is_python(source: Source) -> bool:
    """Whether the file is Python."""
    return source.path.suffix == ".py"


def is_product(source: Source) -> bool:
    """Whether the file is Python of the product itself rather than of its tests."""
    return is_python(source) and source.under("src")


def is_test(source: Source) -> bool:
    """Whether the file is Python of the tests."""
    return is_python(source) and source.under("tests")
