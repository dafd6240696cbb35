"""Numbers as people write formulas: rounding up and down, the sign left out, the smaller or the larger of some. [C]"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

from largesse.language.compile.inlining import never_fails
from largesse.language.environment import Example, Function
from largesse.language.errors import ExpressionError
from largesse.language.functions.arithmetic import ceil, floor
from largesse.language.limits import DIGITS_MAX

_WIDE: Final = Context(prec=DIGITS_MAX + 1)
"""Rounding up may carry into one digit more."""


def _to_digits(number: Decimal, digits: Decimal, name: str, rounding: str) -> Decimal:
    places = int(digits)
    if abs(places) > DIGITS_MAX:
        raise ExpressionError(f"`{name}` takes at most {DIGITS_MAX} digits")
    if number.as_tuple().exponent >= -places:  # type: ignore[operator]  # finite numbers have a whole exponent
        return number
    return number.quantize(Decimal(1).scaleb(-places), rounding, context=_WIDE)


def round_up(number: Decimal, digits: Decimal) -> Decimal:
    """The least number of so many digits after the point that is not below."""
    return _to_digits(number, digits, "roundUp", ROUND_CEILING)


def round_down(number: Decimal, digits: Decimal) -> Decimal:
    """The greatest number of so many digits after the point that is not above."""
    return _to_digits(number, digits, "roundDown", ROUND_FLOOR)


def size_of(number: Decimal) -> Decimal:
    """The number without its sign."""
    return number.copy_abs()


def smallest(*numbers: Decimal) -> Decimal:
    """The least of some numbers."""
    return min(numbers)


def largest(*numbers: Decimal) -> Decimal:
    """The greatest of some numbers."""
    return max(numbers)


QUANTITIES: Final = (
    Function(
        "roundUp(Decimal)Decimal",
        ceil,
        "The least whole number not below.",
        (Example(["roundUp", Decimal("2.1")], 3), Example(["roundUp", Decimal("-2.7")], -2)),
        inline=never_fails(ceil),
    ),
    Function(
        "roundUp(Decimal, Decimal)Decimal",
        round_up,
        "The least number not below that has so many digits after the point.",
        (Example(["roundUp", Decimal("1.001"), 2], Decimal("1.01")), Example(["roundUp", 1201, -2], 1300)),
    ),
    Function(
        "roundDown(Decimal)Decimal",
        floor,
        "The greatest whole number not above.",
        (Example(["roundDown", Decimal("2.7")], 2), Example(["roundDown", Decimal("-2.1")], -3)),
        inline=never_fails(floor),
    ),
    Function(
        "roundDown(Decimal, Decimal)Decimal",
        round_down,
        "The greatest number not above that has so many digits after the point.",
        (Example(["roundDown", Decimal("1.019"), 2], Decimal("1.01")),),
    ),
    Function(
        "abs(Decimal)Decimal",
        size_of,
        "The number without its sign.",
        (Example(["abs", Decimal("-2.5")], Decimal("2.5")), Example(["abs", 3], 3)),
        inline=never_fails(size_of),
    ),
    Function(
        "min(Decimal, Decimal, Decimal...)Decimal",
        smallest,
        "The least of some numbers.",
        (Example(["min", 3, 1, 2], 1),),
        inline=never_fails(smallest),
    ),
    Function(
        "max(Decimal, Decimal, Decimal...)Decimal",
        largest,
        "The greatest of some numbers.",
        (Example(["max", 3, 1, 2], 3),),
        inline=never_fails(largest),
    ),
)
"""Numbers as formulas use them, in the order of the reference."""
