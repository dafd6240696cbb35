"""Codes follow their pattern, differ from each other, and are all found when all are wanted."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from largesse.engine.applications import CaseSensitivity, fold_code
from largesse.engine.formats.codes import (
    DEFAULT_CHARACTERS,
    CodePattern,
    bytes_for,
    bytes_to_shuffle,
    code_pattern,
    draw,
    every,
)

ALPHABET = list(DEFAULT_CHARACTERS)
CODE_CHARACTERS = "ABCXYZabcxyz019._%+@-"

patterns = st.text(alphabet="AbZ09._%+@-##", min_size=4, max_size=12)
characters = st.lists(st.sampled_from(CODE_CHARACTERS), min_size=1, max_size=40)
spellings = st.sampled_from(("sensitive", "insensitive-uppercase", "insensitive-lowercase"))


def made(text: str, chosen: list[str], spelling: CaseSensitivity) -> CodePattern:
    pattern = code_pattern(text, chosen, spelling)
    assert isinstance(pattern, CodePattern), pattern
    return pattern


@given(patterns, characters, spellings, st.binary(max_size=400))
def test_drawn_codes_differ_match_the_pattern_and_keep_the_spelling(
    text: str, chosen: list[str], spelling: CaseSensitivity, random_bytes: bytes
) -> None:
    pattern = made(text, chosen, spelling)
    codes = draw(pattern, random_bytes)
    assert len(set(codes)) == len(codes) <= pattern.capacity
    expected = re.escape(pattern.text).replace(r"\#", f"[{re.escape(pattern.characters)}]")
    assert all(re.fullmatch(expected, code) and fold_code(code, spelling) == code for code in codes)


@pytest.mark.parametrize(
    ("text", "chosen", "spelling", "codes"),
    [
        ("A-##", ["x", "y"], "sensitive", {"A-xx", "A-xy", "A-yx", "A-yy"}),
        ("a-##", ["x", "X", "y"], "insensitive-uppercase", {"A-XX", "A-XY", "A-YX", "A-YY"}),
        ("100%#", ["0"], "sensitive", {"100%0"}),
        ("FIXED", [], "insensitive-lowercase", {"fixed"}),
    ],
)
def test_every_code_of_a_pattern(text: str, chosen: list[str], spelling: CaseSensitivity, codes: set[str]) -> None:
    pattern = made(text, chosen, spelling)
    found = every(pattern, bytes(range(bytes_to_shuffle(pattern))))
    assert (pattern.capacity, set(found)) == (len(codes), codes)
    assert set(draw(pattern, bytes([0, 0, 0, 1, 1, 0, 1, 1]))) == codes


def test_the_order_of_every_code_follows_the_random_bytes() -> None:
    pattern = made("AAA#", ["1", "2", "3"], "sensitive")
    size = bytes_to_shuffle(pattern)
    assert every(pattern, bytes(range(size))) == ["AAA1", "AAA2", "AAA3"]
    assert every(pattern, bytes(reversed(range(size)))) == ["AAA3", "AAA2", "AAA1"]


def test_no_character_is_likelier_than_another() -> None:
    pattern = made("AAA#", ALPHABET, "sensitive")
    table = {byte: draw(pattern, bytes([byte])) for byte in range(256)}
    shares = Counter(codes[0] for codes in table.values() if codes)
    assert len(shares) == 36
    assert set(shares.values()) == {256 // 36}


@given(st.integers(min_value=1, max_value=300), characters)
def test_the_bytes_asked_for_make_about_as_many_codes(count: int, chosen: list[str]) -> None:
    pattern = made("CODE-########", chosen, "sensitive")
    evenly_spread = bytes(range(256)) * (bytes_for(pattern, count) // 256 + 1)
    usable = sum(byte < 256 - 256 % len(pattern.characters) for byte in evenly_spread)
    assert usable // 8 >= count or pattern.capacity == 1


@pytest.mark.parametrize(
    ("text", "chosen", "faults"),
    [
        ("SPÄT-##", ALPHABET, [("Invalid value", "/couponPattern")]),
        ("WITH SPACE", ALPHABET, [("Invalid value", "/couponPattern")]),
        ("", ALPHABET, [("Invalid value", "/couponPattern")]),
        ("A##", ALPHABET, [("Out of range", "/couponPattern")]),
        ("A" * 101, ALPHABET, [("Too long", "/couponPattern")]),
        ("AAA#", [], [("Invalid value", "/validCharacters")]),
        ("AAA#", ["A", "AB", "#", ""], [("Invalid value", f"/validCharacters/{at}") for at in (1, 2, 3)]),
    ],
)
def test_patterns_that_are_refused(text: str, chosen: list[str], faults: list[tuple[str, str]]) -> None:
    refused = code_pattern(text, chosen, "sensitive")
    assert isinstance(refused, tuple)
    assert [(refusal.title, refusal.pointer) for refusal in refused] == faults
