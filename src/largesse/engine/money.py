"""Exact amounts: how they are added, divided, shared out and written.

An amount is a `decimal.Decimal` in units of the Application's currency (99.99, never cents). Sums, differences and
products are exact; quotients, the only inexact operation, keep `QUOTIENT_DIGITS` significant digits. Discounts are
not rounded to the currency's digits; only pro rata shares are, and those always add up to the whole.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Context, Decimal

ZERO = Decimal(0)

# Wide enough that no sum or product of amounts inside our ceilings (20 digits each) is ever rounded.
EXACT = Context(prec=80)

# What the original engine's decimal library keeps of a quotient; see the rule language's division.
QUOTIENT_DIGITS = 16
QUOTIENTS = Context(prec=QUOTIENT_DIGITS)


# Decimals of the currencies that do not have two (ISO 4217).
_MINOR_DIGITS: Mapping[str, int] = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND"), 0),
    **dict.fromkeys(("VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def minor_digits(currency: str) -> int:
    """How many decimals amounts of a currency have when they are paid; two where the currency is not known."""
    return _MINOR_DIGITS.get(currency.upper(), 2)


def total(amounts: Sequence[Decimal]) -> Decimal:
    """Add amounts exactly; the sum of none is 0."""
    result = ZERO
    for amount in amounts:
        result = EXACT.add(result, amount)
    return result


def shortest(amount: Decimal) -> Decimal:
    """The same number with its fewest digits and no exponent, as it is written in JSON: 10.00 -> 10, 1E+2 -> 100."""
    # A sum has the smaller exponent of its two parts, so that adding 0 writes out what an exponent above 0 left out.
    return EXACT.add(amount.normalize(EXACT), ZERO)


def shares(whole: Decimal, weights: Sequence[Decimal], digits: int) -> tuple[Decimal, ...]:
    """Split `whole` in proportion to `weights`, each share cut to `digits` decimals.

    What the cutting leaves over is added to the largest share (the first of them on a tie), so that the shares always
    sum to `whole`. All weights 0 gives everything to the first. Source: rule language, section 6.3 (30 over 55/60/115
    gives 7.17, 7.82, 15.01).
    """
    if not weights:
        return ()
    weight_total = total(weights)
    unit = Decimal(1).scaleb(-digits)
    if weight_total == 0:
        return (whole, *(ZERO for _ in weights[1:]))
    parts = [
        EXACT.divide(EXACT.multiply(whole, weight), weight_total).quantize(unit, ROUND_DOWN, context=EXACT)
        for weight in weights
    ]
    rest = EXACT.subtract(whole, total(parts))
    largest = max(range(len(parts)), key=lambda index: parts[index])
    parts[largest] = EXACT.add(parts[largest], rest)
    return tuple(parts)
