"""Operations and nouns: none is forgotten in a list, in the tests or in a ring."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from largesse.api.nouns import NOUNS
from largesse.plumbing.http.operation import AnyOperation
from tests.tidy.slices import API, FAMILIES, SHARED
from tests.tidy.source import ROOT, sources

STORAGE = ROOT / "src" / "largesse" / "storage"
OPERATIONS: tuple[AnyOperation, ...] = tuple(operation for noun in NOUNS for operation in noun)


def folders_in(path: Path) -> list[str]:
    """The packages right under a folder."""
    return sorted(found.name for found in pkgutil.iter_modules([str(path)]) if found.ispkg)


NOUN_FOLDERS = [
    noun
    for folder in folders_in(API)
    if folder not in SHARED
    for noun in ([f"{folder}.{each}" for each in folders_in(API / folder)] if folder in FAMILIES else [folder])
]


def words_of_tests() -> frozenset[str]:
    """Every word the tests use, but for the tests about the repository and the published contract itself."""
    texts = (
        source.text
        for source in sources()
        if source.under("tests") and not source.under("tests/tidy", "tests/contract")
    )
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))


def python_name(operation_id: str) -> str:
    """`updateCustomerSessionV2` as the official SDK spells it: `update_customer_session_v2`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", operation_id).lower()


@pytest.mark.parametrize(
    ("operation_id", "expected"),
    [("updateCustomerSessionV2", "update_customer_session_v2"), ("getCampaign", "get_campaign")],
)
def test_operation_ids_are_spelled_as_the_sdk_does(operation_id: str, expected: str) -> None:
    assert python_name(operation_id) == expected


def test_every_operation_is_named_by_a_test() -> None:
    words = words_of_tests()
    ids = sorted(operation.operation_id for operation in OPERATIONS)
    untested = [one for one in ids if not words & {one, python_name(one)}]
    assert not untested, f"Write a test for {untested}, in tests/api/<noun>/, that names the operation id."


def test_no_operation_is_listed_twice() -> None:
    ids = [operation.operation_id for operation in OPERATIONS]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("noun", NOUN_FOLDERS)
def test_every_noun_is_listed(noun: str) -> None:
    package = importlib.import_module(f"largesse.api.{noun}")
    modules = [
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    ]
    tables = [module.OPERATIONS for module in modules if hasattr(module, "OPERATIONS")]
    assert tables, f"api.{noun} answers no operation. What several nouns share goes to api/models."
    unlisted = [table[0].operation_id for table in tables if not any(table is listed for listed in NOUNS)]
    assert not unlisted, f"Add the OPERATIONS of api.{noun} to NOUNS in api/nouns.py."


def test_every_file_of_queries_is_loaded_by_the_module_of_its_name() -> None:
    named = [file for file in sorted(STORAGE.rglob("*.sql")) if file.stem not in {"schema", "up"}]
    orphans = [file.name for file in named if file.name not in _text_beside(file)]
    assert named, "There are named queries, or this test no longer finds them."
    assert not orphans, f"Load {orphans} in the storage module with the same stem."


def _text_beside(queries: Path) -> str:
    module = queries.with_suffix(".py")
    return module.read_text() if module.exists() else ""
