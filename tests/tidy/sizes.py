"""Size: what a reader can hold in the head at once."""

from collections.abc import Iterator

from tests.tidy.rule import Finding, Rule, is_python
from tests.tidy.source import Source
from tests.tidy.syntax import functions

# A module is read in one sitting and a function on one screen; a folder's listing is a table of contents.
MODULE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
FOLDER_ENTRIES_MAX = 25


def long_modules(source: Source) -> Iterator[Finding]:
    """The line on which the module became too long."""
    count = len(source.lines)
    if count > MODULE_LINES_MAX:
        yield Finding(MODULE_LINES_MAX + 1, f"a module of {count} lines")


def long_functions(source: Source) -> Iterator[Finding]:
    """Functions whose signature and body pass the limit; decorators do not count."""
    for function in functions(source.tree):
        count = (function.end_lineno or function.lineno) - function.lineno + 1
        if count > FUNCTION_LINES_MAX:
            yield Finding(function.lineno, f"{function.name} has {count} lines")


MODULES = Rule(
    name="a module has at most 400 lines",
    instead="split it where a reader would: one idea per file, a folder if the ideas are many",
    covers=is_python,
    find=long_modules,
    refused=(("tests/a.py", "x = 1\n" * 401),),
    allowed=(("tests/a.py", "x = 1\n" * 400), ("docs/a.md", "word\n" * 500)),
)
FUNCTIONS = Rule(
    name="a function has at most 60 lines",
    instead="name its steps and make each a function; the outer one then reads as their list",
    covers=is_python,
    find=long_functions,
    refused=(
        ("src/a.py", "def long():\n" + "    x = 1\n" * 60),
        ("src/a.py", "class A:\n    async def long(self):\n" + "        x = 1\n" * 60),
    ),
    allowed=(("src/a.py", "def short():\n" + "    x = 1\n" * 59),),
)
