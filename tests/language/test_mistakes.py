"""The checker's words, tested where they are caused: see cases/mistakes.rules."""

import re
from pathlib import Path

import pytest

from largesse.language import Diagnostic, Diagnostics, compile_expression, parse
from tests.support.rules import world

FILE = Path(__file__).parent / "cases" / "mistakes.rules"
CHUNKS = [
    "\n".join(line for line in chunk.splitlines() if not line.startswith(";"))
    for chunk in FILE.read_text().split("---\n")
]
EXPECTATION = re.compile(r"\s*### (\w+): (.*)$")


def found_in(text: str) -> tuple[Diagnostic, ...]:
    """Everything wrong with an expression in the text form."""
    node, found = parse(text)
    if found:
        return found
    compiled = compile_expression(node, world())
    return compiled.found if isinstance(compiled, Diagnostics) else ()


@pytest.mark.parametrize("chunk", CHUNKS)
def test_mistakes_are_found_on_their_lines(chunk: str) -> None:
    lines = chunk.splitlines()
    expected = [
        (number, match[1], match[2]) for number, line in enumerate(lines) if (match := EXPECTATION.search(line))
    ]
    text = "\n".join(EXPECTATION.sub("", line) for line in lines)
    found = found_in(text)
    for diagnostic, (number, code, message) in zip(found, expected, strict=True):
        assert diagnostic.span is not None
        assert (text.count("\n", 0, diagnostic.span[0]), diagnostic.code) == (number, code)
        assert message in str(diagnostic)
