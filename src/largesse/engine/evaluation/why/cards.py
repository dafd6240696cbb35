"""Conditions about the loyalty card of the session: none is shown, or one is and must not be."""

from largesse.engine.evaluation.why.findings import Finding
from largesse.engine.evaluation.why.telling import Telling
from largesse.language import Explanation

_WANTED = {"loyaltycardvalid": "a loyalty card", "loyaltycardregistered": "a loyalty card that is linked to a profile"}
FUNCTIONS = frozenset(_WANTED)


def absent(told: Explanation, _telling: Telling) -> Finding:
    """No such card is shown, or one of another program."""
    return Finding(f"the session does not show {_wanted(told)}")


def present(told: Explanation, _telling: Telling) -> Finding:
    """Such a card is shown and, inside `not`, must not be."""
    return Finding(f"the session shows {_wanted(told)}, and must not")


def _wanted(told: Explanation) -> str:
    program = f" of the loyalty program {told.operands[0].value}" if told.operands else ""
    return f"{_WANTED[told.function]}{program}"
