"""Conditions about audiences: who is not in which of them, or is and must not be."""

from decimal import Decimal

from largesse.engine.evaluation.why.findings import Finding
from largesse.engine.evaluation.why.telling import Telling
from largesse.language import Explanation

FUNCTIONS = frozenset({"audiencemember", "audiencejustjoined", "audiencejustleft"})


def outside(told: Explanation, telling: Telling) -> Finding:
    """A condition about an audience that does not hold."""
    who, audience = _named(told, telling)
    match told.function:
        case "audiencejustjoined":
            return Finding(f"{who} has not joined the audience {audience} just now")
        case "audiencejustleft":
            return Finding(f"{who} has not left the audience {audience} just now")
        case _:
            return Finding(f"{who} is not in the audience {audience}")


def inside(told: Explanation, telling: Telling) -> Finding:
    """One that holds and, inside `not`, must not."""
    who, audience = _named(told, telling)
    verb = {"audiencejustjoined": "has just joined", "audiencejustleft": "has just left"}
    said = verb.get(told.function, "is in")
    return Finding(f"{who} {said} the audience {audience}, and must not {'be' if said == 'is in' else 'have'}")


def _named(told: Explanation, telling: Telling) -> tuple[str, str]:
    who, audience = (operand.value for operand in told.operands)
    name = telling.scene.definitions.audiences.get(int(audience)) if isinstance(audience, Decimal) else None
    return "the advocate" if who == "Advocate" else "the customer", f"{audience}" if name is None else name.name
