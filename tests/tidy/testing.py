"""Tests about tests: nothing is faked inside the rings, nothing is skipped, nothing depends on a machine's speed."""

import ast
import re
from collections.abc import Iterator

from tests.tidy.rule import Finding, Rule, is_test
from tests.tidy.source import Source
from tests.tidy.syntax import functions, modules_imported, uses

PURE = ("tests/language", "tests/engine", "tests/scenarios", "tests/storage")
SKIPS = re.compile(r"pytest\.(mark\.(skip|skipif|xfail)|skip|importorskip|xfail)|unittest\.skip\w*")
STOPWATCHES = re.compile(r"time\.(perf_counter|process_time|thread_time)(_ns)?")


def mocks(source: Source) -> Iterator[Finding]:
    """Mock libraries anywhere, and monkeypatching inside the rings."""
    for line, module in modules_imported(source.tree):
        if module.startswith(("unittest.mock", "mock.", "pytest_mock")):
            yield Finding(line, module)
    if source.under(*PURE):
        for function in functions(source.tree):
            if any(argument.arg == "monkeypatch" for argument in function.args.args):
                yield Finding(function.lineno, f"{function.name} patches what it tests")


def skips(source: Source) -> Iterator[Finding]:
    """Tests that say beforehand they will not run, or may fail."""
    return (Finding(line, name) for line, name in uses(source.tree) if SKIPS.fullmatch(name))


def stopwatches(source: Source) -> Iterator[Finding]:
    """Measurements of how long something took."""
    return (Finding(line, name) for line, name in uses(source.tree) if STOPWATCHES.fullmatch(name))


def bodies_without_claim(source: Source) -> Iterator[Finding]:
    """Tests without an assertion, an expected error, or a call of something that asserts."""
    for function in functions(source.tree):
        if not function.name.startswith("test_"):
            continue
        claims = (isinstance(node, ast.Assert | ast.Call | ast.With | ast.AsyncWith) for node in ast.walk(function))
        if not any(claims):
            yield Finding(function.lineno, f"{function.name} claims nothing")


NO_MOCKS = Rule(
    name="nothing is mocked inside the rings",
    instead="build the facts and look at the outcome; only clock, ids and network have fakes, in tests/support",
    covers=is_test,
    find=mocks,
    refused=(
        ("tests/api/a.py", "from unittest import mock\n"),
        ("tests/api/a.py", "from unittest.mock import patch\n"),
        ("tests/engine/a.py", "def test_a(monkeypatch): ...\n"),
    ),
    allowed=(
        ("tests/cli/a.py", "def test_a(monkeypatch): ...\n"),
        ("tests/engine/a.py", "def test_a(campaign): ...\n"),
    ),
)
NO_SKIPS = Rule(
    name="no test is skipped or expected to fail",
    instead="provide what it needs in tests/support, or delete it",
    covers=is_test,
    find=skips,
    refused=(
        ("tests/api/a.py", "import pytest\n@pytest.mark.skipif(True, reason='')\ndef test_a(): ...\n"),
        ("tests/api/a.py", "from pytest import importorskip\nx = importorskip('re2')\n"),
    ),
    allowed=(("tests/api/a.py", "import pytest\n@pytest.mark.parametrize('a', [1])\ndef test_a(a): ...\n"),),
)
NO_STOPWATCHES = Rule(
    name="no test asserts how long something takes",
    instead="count what was done (queries, steps, bytes), or measure it in tests/bench",
    covers=lambda source: is_test(source) and not source.under("tests/bench"),
    find=stopwatches,
    refused=(("tests/engine/a.py", "import time\nx = time.perf_counter()\n"),),
    allowed=(("tests/bench/a.py", "import time\nx = time.perf_counter()\n"),),
)
CLAIMS = Rule(
    name="a test must be able to fail",
    instead="assert what must be true afterwards",
    covers=is_test,
    find=bodies_without_claim,
    refused=(("tests/engine/a.py", "def test_a():\n    x = 1\n"),),
    allowed=(("tests/engine/a.py", "def test_a():\n    assert 1\ndef test_b():\n    expect_refusal('x')\n"),),
)
