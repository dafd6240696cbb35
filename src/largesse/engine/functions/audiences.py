"""Conditions on the audiences of the customer, or of the advocate."""

from collections.abc import Callable, Container
from decimal import Decimal
from typing import get_args

from largesse.engine.customers.audiences import Who
from largesse.engine.frame import EvaluationFrame
from largesse.language import Example, ExpressionError, Function, Known

NAMING_AUDIENCES = frozenset(
    {"audienceMember", "audienceJustJoined", "audienceJustLeft", "addToAudience", "removeFromAudience"}
)
"""The functions whose second argument is an audience."""

WHOS: tuple[Who, ...] = get_args(Who)


def profile_named(frame: EvaluationFrame, who: str) -> str:
    """The id of the customer meant by Current or Advocate, "" where there is none."""
    if who == "Current":
        return frame.state.session.profile_id
    if who == "Advocate":
        return "" if frame.advocate is None else frame.advocate.integration_id
    raise ExpressionError(_unknown(who))


def audience_numbered(frame: EvaluationFrame, audience_id: Decimal) -> int:
    """The id of an audience that exists for this Application."""
    if audience_id not in frame.definitions.audiences:
        raise ExpressionError(_missing(audience_id))
    return int(audience_id)


def refuse_unknown(arguments: tuple[Known, ...]) -> str | None:
    """Refuse another word than Current or Advocate, where it is written out."""
    who = arguments[0].value
    return _unknown(who) if isinstance(who, str) and who not in WHOS else None


def refuse_unknown_audience(arguments: tuple[Known, ...], audiences: Container[object]) -> str | None:
    """Refuse an audience that does not exist, where its id is written out."""
    audience_id = arguments[1].value
    if isinstance(audience_id, Decimal) and audience_id not in audiences:
        return _missing(audience_id)
    return None


def audience_member(frame: EvaluationFrame, who: str, audience_id: Decimal) -> bool:
    """Whether somebody is in an audience."""
    profile_id = profile_named(frame, who)
    number = audience_numbered(frame, audience_id)
    return bool(profile_id) and frame.state.is_member(profile_id, number)


def audience_just_joined(frame: EvaluationFrame, who: str, audience_id: Decimal) -> bool:
    """Whether this update has brought the customer into an audience."""
    profile_named(frame, who)
    return audience_numbered(frame, audience_id) in frame.state.moves.joined and who == "Current"


def audience_just_left(frame: EvaluationFrame, who: str, audience_id: Decimal) -> bool:
    """Whether this update has taken the customer out of an audience."""
    profile_named(frame, who)
    return audience_numbered(frame, audience_id) in frame.state.moves.left and who == "Current"


def _missing(audience_id: Decimal) -> str:
    return f"there is no audience {audience_id}"


def _unknown(who: object) -> str:
    return f'"{who}" is nobody; use Current or Advocate'


def _condition(
    name: str, implementation: Callable[[EvaluationFrame, str, Decimal], bool], doc: str, *examples: Example
) -> Function:
    signature = f"{name}(String, Decimal)Boolean"
    return Function(signature, implementation, doc, examples, needs_frame=True, refuses=refuse_unknown)


AUDIENCE_FUNCTIONS = (
    _condition(
        "audienceMember",
        audience_member,
        "Whether the customer (Current) or the one who referred that customer (Advocate) is in the audience with this "
        "id. Nobody is in no audience.",
        Example(["audienceMember", "Current", 2], True),
        Example(["audienceMember", "Advocate", 2], False),
    ),
    _condition(
        "audienceJustJoined",
        audience_just_joined,
        "Whether the update of the profile that is evaluated has brought the customer into the audience with this id.",
        Example(["audienceJustJoined", "Current", 2], False),
    ),
    _condition(
        "audienceJustLeft",
        audience_just_left,
        "Whether the update of the profile that is evaluated has taken the customer out of the audience with this id.",
        Example(["audienceJustLeft", "Current", 2], False),
    ),
)
