"""Numbers as they are written: which may be written at all, and the shortest exact way."""

from decimal import Decimal

from largesse.language.limits import DIGITS_MAX, EXPONENT_MAX


def within_limits(number: Decimal) -> bool:
    """Whether a number is finite and has no more digits, and no larger exponent, than the language computes with."""
    if not number.is_finite():
        return False
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return len(digits) <= DIGITS_MAX and abs(number.adjusted()) <= EXPONENT_MAX


def plain(number: Decimal) -> str:
    """The shortest exact form without an exponent: 1.50 is "1.5", 1E+2 is "100"."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
