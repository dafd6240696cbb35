"""Numbers on the wire: exact on the way in and out, bounded, and without ornament.

Two questions the JSON library leaves open, each answered on the bytes in a microsecond or two:

* `has_oversized_number`: is a number longer than we compute with exactly? Asked before anything is built, so that
  `1e400` costs nothing.
* `plain_numbers`: 10.00 -> 10, 1E+2 -> 100, 0.10 -> 0.1 in what was encoded.
"""

import re
from decimal import Decimal

WHOLE_DIGITS_MAX = 19
"""Holds every 64-bit integer there is a use for, and the largest amount published (10^15, the money on a coupon)."""

INTEGER_MAX = 2**63 - 1
"""The largest integer the database keeps; ids and counts are integers."""

FRACTION_DIGITS_MAX = 20
"""With 19 digits before the point a product of two has 78 digits, inside the 80 the engine computes with exactly."""

_EXPONENT_DIGITS_MAX = 4
"""Of an exponent's own digits: beyond, it need not even be read as an integer to be refused."""

_DIGITS_ALIKE = bytes.maketrans(b"123456789E", b"000000000e")
_LONG_RUN = b"0" * WHOLE_DIGITS_MAX
_NUMBER = re.compile(r"-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?)(\d+))?")
_NUMBER_BYTES = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")

_TRAILING_ZERO = re.compile(rb"\.\d*0[,}\]]")
_SIGNS_OF_ORNAMENT = (b"E+", b"E-", b":-0", b",-0", b"[-0")
_ZEROS_AT_END = re.compile(rb"\.(\d*[1-9])?0+(?![\d])")
_EXPONENT = re.compile(rb"-?\d+(?:\.\d+)?E[+-]?\d+")
_MINUS_ZERO = re.compile(rb"-0(?![.\d])")


def is_oversized(text: str) -> bool:
    """Whether a JSON number has more digits before or after its point than we compute with, or is too large an integer
    to be kept."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return True
    whole, fraction, sign, exponent = match.groups(default="")
    if len(exponent) > _EXPONENT_DIGITS_MAX:
        return True
    if len(whole) == WHOLE_DIGITS_MAX and not fraction and not exponent:
        return int(whole) > INTEGER_MAX
    shift = int(sign + exponent) if exponent else 0
    return len(whole) + shift > WHOLE_DIGITS_MAX or len(fraction) - shift > FRACTION_DIGITS_MAX


def has_oversized_number(raw: bytes) -> bool:
    """Whether any number of a JSON text is oversized. Digits inside strings do not count."""
    alike = raw.translate(_DIGITS_ALIKE)
    if _LONG_RUN not in alike and b"0e" not in alike:
        return False
    return any(is_oversized(number.decode()) for number in _NUMBER_BYTES.findall(outside_strings(raw)))


def outside_strings(raw: bytes) -> bytes:
    """A JSON text without the content of its strings: every string is one quote."""
    return b'"'.join(_without_escapes(raw).split(b'"')[0::2])


def plain_numbers(encoded: bytes) -> bytes:
    """A JSON text of ours with every number in its shortest plain form; strings stay as they are."""
    if _TRAILING_ZERO.search(encoded) is None and not _has_any(encoded, _SIGNS_OF_ORNAMENT):
        return encoded
    parts = _without_escapes(encoded).split(b'"')
    structure = _EXPONENT.sub(_without_exponent, b'"'.join(parts[0::2]))
    structure = _MINUS_ZERO.sub(b"0", _ZEROS_AT_END.sub(_without_zeros, structure))
    parts[0::2] = structure.split(b'"')
    return b'"'.join(parts).replace(b"\x01", b'\\"').replace(b"\x00", b"\\\\")


def _has_any(encoded: bytes, signs: tuple[bytes, ...]) -> bool:
    # A plain loop: this runs for every answer, and a generator would cost more than the search.
    for sign in signs:  # noqa: SIM110
        if sign in encoded:
            return True
    return False


def _without_escapes(raw: bytes) -> bytes:
    # JSON text holds no raw control characters, so two of them can stand for the escapes that would confuse a split.
    return raw.replace(b"\\\\", b"\x00").replace(b'\\"', b"\x01") if b"\\" in raw else raw


def _without_exponent(match: re.Match[bytes]) -> bytes:
    return format(Decimal(match[0].decode()), "f").encode()


def _without_zeros(match: re.Match[bytes]) -> bytes:
    significant: bytes | None = match[1]
    return b"." + significant if significant else b""
