"""From the trace of a condition to the reasons why it does not hold.

The walk goes down to the innermost parts that decide: through `and` to each part that fails, through `or` to all of
them, through `catch` to what it caught. There a family of functions knows what to say; what none knows is shown as it
is written.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec import UNSET

from largesse.engine.evaluation.why import (
    audiences,
    cards,
    codes,
    comparisons,
    presence,
    referrals,
    relations,
    spans,
    standing,
)
from largesse.engine.evaluation.why.findings import Finding, is_read
from largesse.engine.evaluation.why.telling import Telling
from largesse.engine.evaluation.why.told import Reason
from largesse.language import Explanation


def _coupon(_told: Explanation, telling: Telling) -> Finding:
    text, fix = codes.invalid(telling)
    return Finding(text, fix=fix)


_FAMILIES: Mapping[str, Callable[[Explanation, Telling], Finding]] = {
    ">": comparisons.order,
    ">=": comparisons.order,
    "<": comparisons.order,
    "<=": comparisons.order,
    "after": comparisons.order,
    "before": comparisons.order,
    "=": comparisons.equality,
    "!=": comparisons.inequality,
    "eventis": comparisons.event,
    "exists": presence.exists,
    "every": presence.every,
    "isempty": presence.is_empty,
    **dict.fromkeys(relations.FUNCTIONS, relations.unrelated),
    **dict.fromkeys(spans.FUNCTIONS, spans.outside),
    **dict.fromkeys(audiences.FUNCTIONS, audiences.outside),
    **dict.fromkeys(standing.FUNCTIONS, standing.short),
    **dict.fromkeys(referrals.FUNCTIONS, referrals.invalid),
    **dict.fromkeys(cards.FUNCTIONS, cards.absent),
    "couponvalid": _coupon,
    "couponvalidnoredeem": _coupon,
}

_HELD: Mapping[str, Callable[[Explanation, Telling], Finding]] = {
    **dict.fromkeys((">", ">=", "<", "<="), comparisons.reversed_order),
    "=": comparisons.inequality,
    "!=": comparisons.equality,
    "eventis": comparisons.same_event,
    **dict.fromkeys(relations.FUNCTIONS, relations.related),
    **dict.fromkeys(spans.FUNCTIONS, spans.inside),
    **dict.fromkeys(audiences.FUNCTIONS, audiences.inside),
    **dict.fromkeys(standing.FUNCTIONS, standing.reached),
    **dict.fromkeys(referrals.FUNCTIONS, referrals.valid),
    **dict.fromkeys(cards.FUNCTIONS, cards.present),
}
"""What holds and, inside `not`, must not."""


def reasons_of(condition: Explanation, index: int, telling: Telling) -> Iterator[Reason]:
    """Why a top-level condition does not hold; nothing when it does."""
    if _holds(condition):
        return
    for part, finding in _findings(condition, telling):
        yield Reason(index, part.text, finding.text, finding.actual, finding.wanted, finding.fix)


def _holds(told: Explanation) -> bool:
    if told.error is not None or not told.evaluated:
        return False
    return told.value if isinstance(told.value, bool) else isinstance(told.value, list | tuple | dict)


def _findings(told: Explanation, telling: Telling) -> Iterator[tuple[Explanation, Finding]]:
    """The parts that decide, each with what was found."""
    operands = [operand for operand in told.operands if operand.evaluated]
    match told.function:
        case "and" if operands:
            for operand in operands:
                if not _holds(operand):
                    yield from _findings(operand, telling)
        case "or" if operands:
            yield told, _any_of([finding for operand in operands for _, finding in _findings(operand, telling)])
        case "catch" | "onfailure" | "identity" if operands:
            decisive = operands[-1] if told.function == "catch" else operands[0]
            yield from [(told, _plain(told))] if _holds(decisive) else _findings(decisive, telling)
        case "not" if operands and operands[0].error is None:
            yield from _unwanted(operands[0], telling)
        case _:
            yield told, _leaf(told, telling)


def _unwanted(told: Explanation, telling: Telling) -> Iterator[tuple[Explanation, Finding]]:
    """The parts because of which something holds that must not."""
    operands = [operand for operand in told.operands if operand.evaluated]
    match told.function:
        case "or":
            for operand in operands:
                if _holds(operand):
                    yield from _unwanted(operand, telling)
        case "and" if len(operands) == 1:
            yield from _unwanted(operands[0], telling)
        case "catch" | "onfailure" | "identity" if operands:
            decisive = operands[-1] if told.function == "catch" else operands[0]
            yield from _unwanted(decisive, telling) if _holds(decisive) else [(told, presence.held(told, telling))]
        case "not" if operands:
            yield from _findings(operands[0], telling)
        case _ if is_read(told):
            yield told, comparisons.flag(told, telling, wanted=False)
        case _:
            family = _HELD.get(told.function, presence.held)
            yield told, family(told, telling)


def _any_of(findings: list[Finding]) -> Finding:
    """One finding for several ways of which none holds; the fix is that of the first way that has one."""
    fix = next((finding.fix for finding in findings if finding.fix is not UNSET), UNSET)
    return Finding("none of these holds: " + "; ".join(finding.text for finding in findings), fix=fix)


def _leaf(told: Explanation, telling: Telling) -> Finding:
    if told.error is not None:
        return presence.missing(told)
    if is_read(told) and isinstance(told.value, bool):
        return comparisons.flag(told, telling, wanted=True)
    family = _FAMILIES.get(told.function)
    return _plain(told) if family is None else family(told, telling)


def _plain(told: Explanation) -> Finding:
    return Finding(f"{told.text} does not hold")
