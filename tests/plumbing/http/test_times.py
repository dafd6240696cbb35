"""Times at the ends of the calendar are refused before anybody computes with them."""

from datetime import datetime

import pytest
from msgspec import Struct

from largesse.plumbing.http.codec import BodyReader
from largesse.plumbing.problems import Invalid


class Schedule(Struct, frozen=True, kw_only=True):
    """A body with a time and some other text."""

    start: datetime | None = None
    title: str = ""


READER = BodyReader(Schedule)


@pytest.mark.parametrize(
    "start",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+05:00",
        "0001-12-31T23:59:59Z",
        "9999-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59-05:00",
    ],
)
def test_extreme_times_are_refused_at_their_place(start: str) -> None:
    with pytest.raises(Invalid) as refused:
        READER.read(f'{{"title": "9999-", "start": "{start}"}}'.encode())
    assert [(error.title, error.pointer) for error in refused.value.errors] == [("Out of range", "/start")]


@pytest.mark.parametrize("start", ["0002-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59+01:00"])
def test_times_that_are_merely_far_away_are_fine(start: str) -> None:
    assert READER.read(f'{{"start": "{start}"}}'.encode()).start == datetime.fromisoformat(start)


@pytest.mark.parametrize("title", ["9999-", "0001-01-01", "9999-12-31T25:00:00Z", "9999-12-31T23:59:59"])
def test_other_texts_that_begin_alike_are_fine(title: str) -> None:
    assert READER.read(f'{{"title": "{title}"}}'.encode()).title == title
