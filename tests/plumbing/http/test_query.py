"""Path and query parameters: texts to fields."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct

from largesse.plumbing.http.paging import Paging, open_page, ordering, page
from largesse.plumbing.http.query import COMMA_SEPARATED, ParameterReader
from largesse.plumbing.problems import Invalid


class Filters(Struct, frozen=True, kw_only=True, rename="camel"):
    """One parameter of each kind."""

    dry: bool = False
    campaign_id: Annotated[int, Meta(ge=1)] | None = None
    amount: Decimal | None = None
    created_after: datetime | None = None
    state: Literal["open", "closed"] | None = None
    name: Annotated[str, Meta(max_length=5)] | None = None
    tags: list[str] = []
    ids: Annotated[list[int], COMMA_SEPARATED] = []


class Needed(Struct, frozen=True, kw_only=True, rename="camel"):
    """A parameter that must be given."""

    range_start: datetime


class ThingPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """Two path parameters."""

    application_id: int
    code: str


READER = ParameterReader(Filters)


def utc(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        (b"", Filters()),
        (b"unknown=1&dry=true", Filters(dry=True)),
        (b"dry=false", Filters()),
        (b"campaignId=12", Filters(campaign_id=12)),
        (b"campaignId=1&campaignId=2", Filters(campaign_id=2)),
        (b"amount=10.50", Filters(amount=Decimal("10.50"))),
        (b"createdAfter=2030-01-31T10:00:00Z", Filters(created_after=utc(2030, 1, 31, 10))),
        (b"createdAfter=2030-01-31T10:00:00%2B02:00", Filters(created_after=utc(2030, 1, 31, 8))),
        (b"createdAfter=2030-01-31T10:00:00+02:00", Filters(created_after=utc(2030, 1, 31, 8))),
        (b"createdAfter=2030-01-31", Filters(created_after=utc(2030, 1, 31))),
        (b"createdAfter=2030-01-31T10:00:00", Filters(created_after=utc(2030, 1, 31, 10))),
        (b"state=closed", Filters(state="closed")),
        (b"name=a%20b", Filters(name="a b")),
        (b"name=", Filters(name="")),
        (b"tags=a&tags=b,c", Filters(tags=["a", "b,c"])),
        (b"ids=1,2&ids=3", Filters(ids=[1, 2, 3])),
        (b"ids=", Filters(ids=[])),
    ],
)
def test_queries(query: bytes, filters: Filters) -> None:
    assert READER.read_query(query) == filters


@pytest.mark.parametrize(
    ("query", "title", "parameter"),
    [
        (b"dry=yes", "Invalid type", "dry"),
        (b"dry=1", "Invalid type", "dry"),
        (b"dry=", "Invalid type", "dry"),
        (b"campaignId=x", "Invalid type", "campaignId"),
        (b"campaignId=1.0", "Invalid type", "campaignId"),
        (b"campaignId=0", "Out of range", "campaignId"),
        (b"campaignId=99999999999999999999", "Invalid type", "campaignId"),
        (b"amount=NaN", "Invalid type", "amount"),
        (b"amount=1e99", "Invalid type", "amount"),
        (b"createdAfter=now", "Invalid type", "createdAfter"),
        (b"createdAfter=2030-02-30", "Invalid type", "createdAfter"),
        (b"createdAfter=0001-01-01T00:00:00%2B10:00", "Invalid type", "createdAfter"),
        (b"state=shut", "enum", "state"),
        (b"name=toolong", "Too long", "name"),
        (b"name=%00", "Invalid value", "name"),
        (b"ids=1,x", "Invalid type", "ids"),
    ],
)
def test_wrong_queries(query: bytes, title: str, parameter: str) -> None:
    with pytest.raises(Invalid) as caught:
        READER.read_query(query)
    (error,) = caught.value.errors
    assert (error.title, error.parameter, error.pointer) == (title, parameter, None)


@pytest.mark.parametrize("query", [b"a=" + b"x" * 9000, b"&".join([b"a=1"] * 300), b"a=%ff", b"a=\xff"])
def test_queries_that_cannot_be_read(query: bytes) -> None:
    with pytest.raises(Invalid, match="query"):
        READER.read_query(query)


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        ParameterReader(Needed).read_query(b"")
    assert caught.value.errors[0].parameter == "rangeStart"
    assert caught.value.errors[0].title == "Required"


def test_path_parameters_are_decoded() -> None:
    reader = ParameterReader(ThingPath)
    path = reader.read_path({"applicationId": "7", "code": "SUMMER25%25OFF%2Fnow"})
    assert path == ThingPath(application_id=7, code="SUMMER25%OFF/now")
    for segments, parameter in [
        ({"applicationId": "x", "code": "c"}, "applicationId"),
        ({"applicationId": "1", "code": "%ff"}, "code"),
        ({"applicationId": "1", "code": "%00"}, "code"),
        ({"applicationId": "1", "code": "c" * 1001}, "code"),
    ]:
        with pytest.raises(Invalid) as caught:
            reader.read_path(segments)
        assert caught.value.errors[0].parameter == parameter


def test_a_type_that_no_text_can_become_is_refused_at_start() -> None:
    class Odd(Struct):
        shape: dict[str, int]

    with pytest.raises(TypeError, match="shape"):
        ParameterReader(Odd)


def test_paging() -> None:
    reader = ParameterReader(Paging)
    assert reader.read_query(b"") == Paging(page_size=1000, skip=0, sort=None)
    assert reader.read_query(b"pageSize=2&skip=4&sort=-id") == Paging(page_size=2, skip=4, sort="-id")
    for query in (b"pageSize=0", b"pageSize=1001", b"skip=-1"):
        with pytest.raises(Invalid) as caught:
            reader.read_query(query)
        assert caught.value.errors[0].parameter == query.split(b"=")[0].decode()


def test_sorting_knows_an_allow_list() -> None:
    columns = {"id": "id", "createdAt": "created"}
    assert ordering(Paging(), columns, default="-id") == ("id", True)
    assert ordering(Paging(sort="createdAt"), columns, default="id") == ("created", False)
    for sort in ("created", "id; DROP TABLE", "--id"):
        with pytest.raises(Invalid) as caught:
            ordering(Paging(sort=sort), columns, default="id")
        assert caught.value.errors[0].parameter == "sort"


def test_pages() -> None:
    assert (page([1, 2], 9).total_result_size, page([1, 2], 9).data) == (9, [1, 2])
    assert (open_page([1, 2, 3], 2).has_more, open_page([1, 2, 3], 2).data) == (True, [1, 2])
    assert (open_page([1, 2], 2).has_more, open_page([1, 2], 2).data) == (False, [1, 2])
