"""The committed reference pages say what the code says."""

from collections.abc import Callable

import pytest

from tests.reference.pages import FOLDER, PAGES


@pytest.mark.parametrize(("name", "written"), PAGES.items(), ids=PAGES.keys())
def test_the_page_is_up_to_date(name: str, written: Callable[[], str]) -> None:
    committed = FOLDER / name
    assert committed.exists() and committed.read_text(encoding="utf-8") == written(), (
        "Run make docs and commit the pages."
    )


def test_no_page_is_left_behind() -> None:
    assert sorted(file.name for file in FOLDER.glob("*")) == sorted(PAGES)
