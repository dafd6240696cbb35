"""Arithmetic: exact sums, differences and products; quotients to 16 digits. [TL corefn/math]"""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from functools import reduce
from typing import Final

from largesse.language.compile.inlining import never_fails, pair
from largesse.language.environment import Example, Function
from largesse.language.errors import ExpressionError
from largesse.language.limits import DIGITS_MAX
from largesse.language.values import EXACT, QUOTIENT

ADD: Final = EXACT.add
SUBTRACT: Final = EXACT.subtract
MULTIPLY: Final = EXACT.multiply
REMAINDER: Final = EXACT.remainder
DIVIDE: Final = QUOTIENT.divide

_ROUNDING: Final = Context(prec=DIGITS_MAX + 1, rounding=ROUND_HALF_UP)
"""Rounding up may carry into one digit more."""


def _folding(operation: Callable[[Decimal, Decimal], Decimal]) -> Callable[..., Decimal]:
    """An operation on two numbers as one on many, from the left."""

    def fold(*numbers: Decimal) -> Decimal:
        return reduce(operation, numbers)

    return fold


def floor(number: Decimal) -> Decimal:
    """The greatest whole number not above."""
    return number.to_integral_value(ROUND_FLOOR)


def ceil(number: Decimal) -> Decimal:
    """The least whole number not below."""
    return number.to_integral_value(ROUND_CEILING)


def round_half_away(number: Decimal, digits: Decimal = Decimal(0)) -> Decimal:
    """Rounded to so many digits after the point (before it, when negative), halves away from zero. [C]"""
    places = int(digits)
    if abs(places) > DIGITS_MAX:
        raise ExpressionError(f"`round` takes at most {DIGITS_MAX} digits")
    if number.as_tuple().exponent >= -places:  # type: ignore[operator]  # finite numbers have a whole exponent
        return number
    return number.quantize(Decimal(1).scaleb(-places), context=_ROUNDING)


ARITHMETIC: Final = (
    Function(
        "+(Decimal, Decimal, Decimal...)Decimal",
        _folding(ADD),
        "The sum.",
        (Example(["+", 1, 2, 3], 6), Example(["+", Decimal("0.1"), Decimal("0.2")], Decimal("0.3"))),
        inline=pair(ADD),
    ),
    Function(
        "-(Decimal, Decimal, Decimal...)Decimal",
        _folding(SUBTRACT),
        "The first less all others.",
        (Example(["-", Decimal("1.2"), Decimal("3.4"), Decimal("-5.6")], Decimal("3.4")),),
        inline=pair(SUBTRACT),
    ),
    Function(
        "*(Decimal, Decimal, Decimal...)Decimal",
        _folding(MULTIPLY),
        "The product.",
        (Example(["*", 2, 3, 4], 24), Example(["*", Decimal("19.99"), ["/", 10, 100]], Decimal("1.999"))),
        inline=pair(MULTIPLY),
    ),
    Function(
        "/(Decimal, Decimal, Decimal...)Decimal",
        _folding(DIVIDE),
        "The first divided by all others, to 16 significant digits.",
        (
            Example(["/", Decimal("1.2"), Decimal("3.4")], Decimal("0.3529411764705882")),
            Example(["/", 10, 100], Decimal("0.1")),
            Example(["/", 1, 0], fails="Division by zero"),
        ),
        inline=pair(DIVIDE),
    ),
    Function(
        "mod(Decimal, Decimal, Decimal...)Decimal",
        _folding(REMAINDER),
        "The remainder, with the sign of the dividend.",
        (
            Example(["mod", 4, 3, 2], 1),
            Example(["mod", -7, 3], -1),
            Example(["mod", 1, 0], fails="Division by zero"),
        ),
        inline=pair(REMAINDER),
    ),
    Function(
        "floor(Decimal)Decimal",
        floor,
        "The greatest whole number not above.",
        (Example(["floor", Decimal("2.7")], 2), Example(["floor", Decimal("-2.7")], -3)),
        inline=never_fails(floor),
    ),
    Function(
        "ceil(Decimal)Decimal",
        ceil,
        "The least whole number not below.",
        (Example(["ceil", Decimal("2.1")], 3), Example(["ceil", Decimal("-2.7")], -2)),
        inline=never_fails(ceil),
    ),
    Function(
        "round(Decimal)Decimal",
        round_half_away,
        "The nearest whole number, halves away from zero.",
        (Example(["round", Decimal("2.5")], 3), Example(["round", Decimal("-2.5")], -3)),
    ),
    Function(
        "round(Decimal, Decimal)Decimal",
        round_half_away,
        "Rounded to so many digits after the point, halves away from zero.",
        (Example(["round", Decimal("1.005"), 2], Decimal("1.01")), Example(["round", 1250, -2], 1300)),
    ),
)
"""Arithmetic, in the order of the reference."""
