"""Numbers on the bytes: laws for any JSON text."""

from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from largesse.plumbing.http.bodies.numbers import has_oversized_number, outside_strings
from largesse.plumbing.http.bodies.trees import parse_tree
from largesse.plumbing.http.codec import encode

DECIMALS = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=6
) | st.builds(lambda digits, exponent: Decimal(digits).scaleb(exponent), st.integers(-9999, 9999), st.integers(-12, 8))
TEXTS = st.text(max_size=8) | st.sampled_from(['"1.10,', "E+1", "\\", '\\"', "1.0}", ":-0", "12345678901234567890"])
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | DECIMALS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(TREES, max_size=3))
def test_plain_writing_changes_no_value(tree: object) -> None:
    assert parse_tree(encode(tree)) == tree


@given(st.lists(DECIMALS, min_size=1, max_size=5))
def test_every_decimal_is_written_in_its_shortest_plain_form(numbers: list[Decimal]) -> None:
    for text in encode(numbers).decode().strip("[]").split(","):
        assert "e" not in text.lower()
        assert text == "0" or text.strip("-") == text.strip("-").lstrip("0") or text.strip("-").startswith("0.")
        assert "." not in text or text[-1] != "0"


@given(st.lists(TREES, max_size=3))
def test_only_digits_outside_strings_count_as_numbers(tree: object) -> None:
    raw = msgspec.json.Encoder(decimal_format="number").encode(tree)
    assert not has_oversized_number(raw)
    assert outside_strings(raw).count(b'"') * 2 == raw.replace(b"\\\\", b"").replace(b'\\"', b"").count(b'"')


def test_an_oversized_number_is_found_wherever_it_stands() -> None:
    for raw in (b"[1e20]", b'{"a":"x","b":[[0.123456789012345678901]]}', b"12345678901234567890", b'["\\"", 1e99]'):
        assert has_oversized_number(raw)
