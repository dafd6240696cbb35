"""What is written for people: docstrings that exist, leftovers that do not, limits that say why."""

import ast
import itertools
import re
from collections.abc import Iterator

from tests.tidy.rule import Finding, Rule, is_product, is_python
from tests.tidy.source import Source

THIS_FILE = "tests/tidy/prose.py"
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# Hosts packages come from, in pieces, so that this file does not name them either.
HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))]
REGISTRIES = re.compile("|".join(re.escape(host) for host in HOSTS))
LIMIT = re.compile(r"_(MAX|MIN|LIMIT|SECONDS|MINUTES|HOURS|DAYS|MS)$")


def modules_without_docstring(source: Source) -> Iterator[Finding]:
    """Modules with content and no docstring. An empty `__init__.py` has nothing to say."""
    if source.text.strip() and not ast.get_docstring(source.tree):
        yield Finding(1, "no module docstring")


def public_without_docstring(source: Source) -> Iterator[Finding]:
    """Public functions and classes at the top of a module without a docstring."""
    for node in source.tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                if not node.name.startswith("_") and not ast.get_docstring(node):
                    yield Finding(node.lineno, f"{node.name} has no docstring")
            case _:
                pass


def leftovers(source: Source) -> Iterator[Finding]:
    """Lines that promise work instead of doing it."""
    for number, line in enumerate(source.lines, start=1):
        if LEFTOVERS.search(line):
            yield Finding(number, line.strip())


def registries(source: Source) -> Iterator[Finding]:
    """Lines that name a package registry's host."""
    for number, line in enumerate(source.lines, start=1):
        if REGISTRIES.search(line):
            yield Finding(number, line.strip())


def unexplained_limits(source: Source) -> Iterator[Finding]:
    """Numeric ceilings and durations with no reason beside, below or above them or their group."""
    lines = source.lines
    for node, following in itertools.zip_longest(source.tree.body, source.tree.body[1:]):
        name = _constant(node)
        if name is None or not LIMIT.search(name) or _is_text(following):
            continue
        if not any("#" in line for line in _lines_about(node, lines)):
            yield Finding(node.lineno, f"{name} gives no reason")


def _is_text(node: ast.stmt | None) -> bool:
    """Whether a statement is a bare string, which under a constant is its docstring."""
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case _:
            return False


def _constant(node: ast.stmt) -> str | None:
    """The name of a constant made from a number, a sum of numbers, or a call such as timedelta(...)."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int()) | ast.BinOp() | ast.Call()):
            return name
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=int()) | ast.BinOp() | ast.Call()):
            return name
        case _:
            return None


def _lines_about(node: ast.stmt, lines: list[str]) -> Iterator[str]:
    """The lines of a constant, and those right above it up to the first blank one."""
    yield from lines[node.lineno - 1 : node.end_lineno]
    for line in reversed(lines[: node.lineno - 1]):
        if not line.strip():
            return
        yield line


MODULE_DOCSTRINGS = Rule(
    name="every module says what it is for",
    instead="open it with a docstring: what it holds and why it is there",
    covers=is_python,
    find=modules_without_docstring,
    refused=(("src/a.py", "x = 1\n"), ("tests/a.py", "# a comment is not a docstring\nx = 1\n")),
    allowed=(("src/a.py", '"""Why."""\nx = 1\n'), ("tests/__init__.py", "")),
)
PUBLIC_DOCSTRINGS = Rule(
    name="every public function and class says what it means",
    instead="write meaning, units and errors in a docstring, or make it private with a leading underscore",
    covers=is_product,
    find=public_without_docstring,
    refused=(("src/a.py", "def a() -> None: ...\n"), ("src/a.py", "class A:\n    x: int\n")),
    allowed=(
        ("src/a.py", 'def a() -> None:\n    """Does."""\ndef _b() -> None: ...\n'),
        ("tests/a.py", "def a() -> None: ...\n"),
    ),
)
NO_LEFTOVERS = Rule(
    name="nothing is left for later in the text",
    instead="do it now, or open an issue; the text says what is",
    covers=lambda source: source.path.suffix in {".md", ".py", ".sql", ".toml", ""} and not source.under(THIS_FILE),
    find=leftovers,
    refused=(("src/a.py", "# TODO: round\n"), ("docs/a.md", "FIXME\n")),
    allowed=(("src/a.py", "# a hacked server keeps no secrets\n"), (THIS_FILE, "TODO")),
)
NO_REGISTRIES = Rule(
    name="no package registry is named",
    instead="name the package and leave its whereabouts to the reader's own configuration",
    covers=lambda _: True,
    find=registries,
    refused=tuple(("requirements.lock", f"--index-url https://{host}/simple\n") for host in HOSTS),
    allowed=(("README.md", "the package talon-one-sdk\n"),),
)
LIMITS_SAY_WHY = Rule(
    name="a limit says why it is what it is",
    instead="put the reason in a comment beside it or above its group, or in a docstring below",
    covers=is_product,
    find=unexplained_limits,
    refused=(("src/a.py", "ITEMS_MAX = 1000\n"), ("src/a.py", "# for something else\n\nCACHE_SECONDS: int = 60 * 5\n")),
    allowed=(
        ("src/a.py", "ITEMS_MAX = 1000  # the published limit [IA]\n"),
        ("src/a.py", 'ITEMS_MAX = 1000\n"""The published limit."""\n'),
        ("src/a.py", "# The published limits.\nITEMS_MAX = 1000\nUNITS_MAX = 10_000\n"),
        ("src/a.py", "NAMES_MAX = ORDER\n"),
    ),
)
