"""Codes of coupons and referrals from a pattern: SUMMER-##### and a set of characters become many different codes.

Codes must not be guessable, so every one is made from random bytes, which come from outside: this ring rolls no dice.
A byte that would make some characters likelier than others is thrown away. Source: semantics, section 11.
"""

import itertools
import re
from collections.abc import Sequence

from msgspec import Struct

from largesse.engine.applications import CaseSensitivity, fold_code
from largesse.engine.codes.coupons import CODE_CHARACTERS_MAX
from largesse.engine.dice import Dice
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, TOO_LONG, Refusal

PLACEHOLDER = "#"
DEFAULT_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
DEFAULT_PATTERN = PLACEHOLDER * 8

# Published for the code of a stored coupon.
CODE_CHARACTERS_MIN = 4

# Up to here all codes of a pattern are simply listed; beyond, drawing at random finds a free one soon enough.
ENUMERATED_CODES_MAX = 50_000

_CODE = re.compile(r"[A-Za-z0-9._%+@-]+")
_PATTERN = re.compile(r"[A-Za-z0-9._%+@#-]+")
_BYTE_VALUES = 256
_KEY_BYTES = 8


class CodePattern(Struct, frozen=True):
    """A pattern in the spelling of its Application and the different characters that may replace each placeholder."""

    text: str
    characters: str

    @property
    def placeholders(self) -> int:
        """How many characters of each code are random."""
        return self.text.count(PLACEHOLDER)

    @property
    def capacity(self) -> int:
        """How many different codes there can be; a pattern without placeholders is one code."""
        size = len(self.characters)
        return int(size**self.placeholders)


def code_pattern(
    text: str, characters: Sequence[str], case_sensitivity: CaseSensitivity, name: str = "couponPattern"
) -> CodePattern | tuple[Refusal, ...]:
    """The pattern as an Application will spell its codes, or what is wrong with it.

    Pointers are relative to an object that calls the pattern by this name, and has `validCharacters`.
    """
    refused: list[Refusal] = []
    if not _PATTERN.fullmatch(text):
        details = f"{name} may hold letters, digits, . _ % + @ - and the placeholder #"
        refused.append(Refusal(INVALID_VALUE, details, f"/{name}"))
    elif len(text) > CODE_CHARACTERS_MAX:
        details = f"{name} makes codes of more than {CODE_CHARACTERS_MAX} characters"
        refused.append(Refusal(TOO_LONG, details, f"/{name}"))
    elif len(text) < CODE_CHARACTERS_MIN:
        details = f"{name} makes codes of fewer than {CODE_CHARACTERS_MIN} characters"
        refused.append(Refusal(OUT_OF_RANGE, details, f"/{name}"))
    for position, character in enumerate(characters):
        if len(character) != 1 or not _CODE.fullmatch(character):
            details = "each of validCharacters must be one letter, digit or one of . _ % + @ -"
            refused.append(Refusal(INVALID_VALUE, details, f"/validCharacters/{position}"))
    if PLACEHOLDER in text and not characters:
        refused.append(Refusal(INVALID_VALUE, "validCharacters must not be empty", "/validCharacters"))
    if refused:
        return tuple(refused)
    folded = (fold_code(character, case_sensitivity) for character in characters)
    return CodePattern(fold_code(text, case_sensitivity), "".join(dict.fromkeys(folded)))


def code_from(pattern: CodePattern, dice: Dice) -> str:
    """One code of a pattern, drawn by the dice."""
    drawn = iter(dice.word(pattern.placeholders, pattern.characters))
    return "".join(next(drawn) if character == PLACEHOLDER else character for character in pattern.text)


def bytes_for(pattern: CodePattern, count: int) -> int:
    """How many random bytes `draw` should be given for about `count` codes."""
    if pattern.capacity == 1:
        return 0
    return -(-count * pattern.placeholders * _BYTE_VALUES // _usable_bytes(pattern))


def draw(pattern: CodePattern, random_bytes: bytes) -> list[str]:
    """The different codes that these random bytes make, in the order in which they were drawn.

    A pattern with no placeholder, or with one character to put in its place, makes its only code of no bytes at all.
    """
    if pattern.capacity == 1:
        return [pattern.text.replace(PLACEHOLDER, pattern.characters)]
    usable = _usable_bytes(pattern)
    size = len(pattern.characters)
    table = bytes(ord(pattern.characters[value % size]) for value in range(_BYTE_VALUES))
    drawn = random_bytes.translate(table, bytes(range(usable, _BYTE_VALUES))).decode("ascii")
    width = pattern.placeholders
    form = pattern.text.replace("%", "%%").replace(PLACEHOLDER, "%s")
    starts = range(0, len(drawn) - width + 1, width)
    return list(dict.fromkeys(form % tuple(drawn[start : start + width]) for start in starts))


def bytes_to_shuffle(pattern: CodePattern) -> int:
    """How many random bytes `every` must be given."""
    return pattern.capacity * _KEY_BYTES


def every(pattern: CodePattern, random_bytes: bytes) -> list[str]:
    """All codes of a pattern in random order; only for a capacity up to `ENUMERATED_CODES_MAX`."""
    form = pattern.text.replace("%", "%%").replace(PLACEHOLDER, "%s")
    fillings = itertools.product(pattern.characters, repeat=pattern.placeholders)
    codes = [form % filling for filling in fillings]
    keys = (random_bytes[start : start + _KEY_BYTES] for start in range(0, len(codes) * _KEY_BYTES, _KEY_BYTES))
    return [code for _, code in sorted(zip(keys, codes, strict=True))]


def _usable_bytes(pattern: CodePattern) -> int:
    """Byte values below this are dealt out evenly over the characters; those from here on are thrown away."""
    return _BYTE_VALUES - _BYTE_VALUES % len(pattern.characters)
