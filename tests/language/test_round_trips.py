"""Laws of the written forms: reading what was written gives the same tree, and nothing can break the readers."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from largesse.language import (
    Call,
    Group,
    Json,
    Literal,
    Node,
    format_node,
    format_time,
    from_json,
    parse,
    parse_time,
    to_json,
)
from tests.support.generated.rules import any_json

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1000, 1, 1), datetime(9998, 1, 1), timezones=OFFSETS)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=9)
TEXTS = st.text(max_size=8)
JSON_ATOMS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)


def nodes(atoms: SearchStrategy[object]) -> SearchStrategy[Node]:
    """Any tree over some atoms; a group is never headed by a text, which would make it a call."""
    literals = atoms.map(Literal)  # type: ignore[arg-type]

    def larger(inner: SearchStrategy[Node]) -> SearchStrategy[Node]:
        members = st.lists(inner, max_size=4).map(tuple)
        heads = inner.filter(lambda head: not (isinstance(head, Literal) and isinstance(head.value, str)))
        return st.one_of(
            st.builds(Call, TEXTS, members),
            st.builds(lambda head, rest: Group((head, *rest)), heads, members),
        )

    return st.recursive(literals, larger, max_leaves=20)


@settings(deadline=None)
@given(nodes(st.one_of(JSON_ATOMS, TIMES)))
@example(Call("", (Literal("\\"), Literal('"'), Literal("\\d+'"))))
@example(Call("12", (Group((Literal(None), Literal("null"), Literal("true"))),)))
@example(Literal(Decimal("1e30")))
@example(Literal("2018-03-11T00:00:00Z"))
def test_parsing_what_was_formatted_gives_the_same_tree(node: Node) -> None:
    assert parse(format_node(node)) == (node, ())


@settings(deadline=None)
@given(nodes(JSON_ATOMS))
def test_reading_what_was_written_as_json_gives_the_same_tree(node: Node) -> None:
    assert from_json(to_json(node)) == (node, ())


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.text("()\"'\\ab1.+-~ \n", max_size=60)))
def test_any_text_is_read_or_refused(text: str) -> None:
    node, found = parse(text)
    assert found or parse(format_node(node)) == (node, ())
    assert all(diagnostic.span is not None for diagnostic in found)


@settings(deadline=None)
@given(any_json())
def test_any_json_is_read_or_refused(json: Json) -> None:
    node, found = from_json(json, "/x")
    assert all(diagnostic.pointer.startswith("/x") for diagnostic in found)
    assert found or from_json(to_json(node)) == (node, ())


@settings(deadline=None)
@given(TIMES)
@example(datetime(2018, 3, 11, 0, 4, 5, 250_000, UTC))
def test_a_formatted_time_is_the_same_time(time: datetime) -> None:
    read = parse_time(format_time(time))
    assert read is not None
    assert (read, read.utcoffset()) == (time, time.utcoffset())


def test_a_time_in_json_is_the_call_that_reads_it() -> None:
    node, _ = parse("2018-03-11T00:04:05+01:00")
    assert to_json(node) == ["parseTime", "2018-03-11T00:04:05+01:00"]


def test_true_is_not_one() -> None:
    assert Literal(True) != Literal(Decimal(1))
    assert len({Literal(True), Literal(Decimal(1)), Literal(Decimal("1.0"))}) == 2


def test_lists_of_other_things_than_expressions_are_refused_where_they_stand() -> None:
    _, found = from_json(["=", [], {"a": 1}, Decimal("NaN"), ["x", 10**61 + 1]], "/c")
    assert [diagnostic.pointer for diagnostic in found] == ["/c/1", "/c/2", "/c/3", "/c/4/1"]


def test_half_a_character_is_refused() -> None:
    assert [diagnostic.pointer for diagnostic in from_json(["\ud800", "\udfff"])[1]] == ["/0", "/1"]
    assert len(parse('(f "\ud800")')[1]) == 1
