"""Imports point inward: the contracts in pyproject.toml hold, and each notices what it is there to notice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tidy.source import ROOT

RINGS = ("language", "engine", "plumbing", "storage", "api", "jobs", "campaign_manager", "cli", "main")

# (module, a line of it that must be refused)
REFUSED = (
    ("language", "import largesse.engine"),
    ("language", "import largesse.plumbing"),
    ("language", "import random"),
    ("engine", "import largesse.plumbing"),
    ("engine", "import largesse.storage"),
    ("engine", "import asyncio"),
    ("engine", "import time"),
    ("plumbing", "import largesse.engine"),
    ("plumbing", "import largesse.storage"),
    ("storage", "import largesse.api"),
    ("api", "import largesse.cli"),
    ("jobs", "import largesse.campaign_manager"),
    ("cli", "import largesse.jobs"),
    ("cli", "import largesse.main"),
    ("engine", "def late():\n    import largesse.plumbing"),
    ("ninth", "'''A package that has no ring.'''"),
)
# Each ring with what it stands on, so that the refusals above are for the line they show.
ALLOWED = {
    "engine": "import largesse.language\nimport datetime\nimport decimal\nimport msgspec",
    "plumbing": "import asyncpg\nimport starlette\nimport time",
    "storage": "import largesse.engine\nimport largesse.plumbing\nimport largesse.language",
    "api": "import largesse.storage\nimport largesse.engine\nimport largesse.plumbing",
    "jobs": "import largesse.api",
    "campaign_manager": "import largesse.api",
    "cli": "import largesse.api\nimport largesse.storage",
    "main": "import largesse.cli\nimport largesse.jobs\nimport largesse.api",
}


def lint(folder: Path, package_root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the `largesse` package below `package_root`, with the contracts in `folder`."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(package_root)},
        capture_output=True,
        text=True,
        check=False,
    )


def package(folder: Path) -> Path:
    """A package with every ring, each importing what it may, under the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    root = folder / "largesse"
    root.mkdir()
    (root / "__init__.py").touch()
    for ring in RINGS:
        (root / ring).mkdir()
        (root / ring / "__init__.py").write_text(ALLOWED.get(ring, ""))
    return root


def test_the_rings_point_inward() -> None:
    found = lint(ROOT, ROOT / "src")
    assert found.returncode == 0, (
        f"{found.stdout}\nAn arrow points outward. Instead: move what both need to the inner ring."
    )


def test_what_the_drawing_allows_is_allowed(tmp_path: Path) -> None:
    package(tmp_path)
    found = lint(tmp_path, tmp_path)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(("ring", "text"), REFUSED)
def test_an_arrow_that_points_outward_is_noticed(tmp_path: Path, ring: str, text: str) -> None:
    root = package(tmp_path)
    (root / ring).mkdir(exist_ok=True)
    (root / ring / "__init__.py").touch()
    (root / ring / "wrong.py").write_text(text)
    found = lint(tmp_path, tmp_path)
    assert found.returncode == 1
    assert "BROKEN" in found.stdout
