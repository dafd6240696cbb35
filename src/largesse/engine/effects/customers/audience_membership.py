"""addToAudience, removeFromAudience: somebody joins an audience or leaves it."""

from decimal import Decimal
from typing import Literal

from msgspec import UNSET, UnsetType

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.frame import EvaluationFrame
from largesse.engine.functions.audiences import audience_numbered, profile_named, refuse_unknown
from largesse.language import Example, ExpressionError, Function


class AudienceMembershipProps(Props, frozen=True):
    """The audience by its id and name, and the profile by both its ids; a new profile has no id of ours yet."""

    audience_id: int
    audience_name: str
    profile_integration_id: str
    profile_id: int | UnsetType = UNSET


def add_to_audience(frame: EvaluationFrame, who: str, audience_id: Decimal) -> None:
    """Somebody joins an audience."""
    _change(frame, who, audience_id, "addToAudience")


def remove_from_audience(frame: EvaluationFrame, who: str, audience_id: Decimal) -> None:
    """Somebody leaves an audience."""
    _change(frame, who, audience_id, "removeFromAudience")


def _change(
    frame: EvaluationFrame,
    who: str,
    audience_id: Decimal,
    effect_type: Literal["addToAudience", "removeFromAudience"],
) -> None:
    """Change the membership; the rules after this one see it. An effect that changes nothing is given all the same, for
    the next update of the session gives it again."""
    profile_id = profile_named(frame, who)
    number = audience_numbered(frame, audience_id)
    if not profile_id:
        raise ExpressionError("there is no customer in this evaluation who could be in an audience")
    state = frame.state
    state.put(state.memberships, (profile_id, number), effect_type == "addToAudience")
    profile = frame.profile if who == "Current" else frame.advocate
    known = UNSET if profile is None or not profile.id else profile.id
    props = AudienceMembershipProps(number, frame.definitions.audiences[number].name, profile_id, known)
    state.emit(effect_type, props)


ADD_TO_AUDIENCE = Effect(
    name="addToAudience",
    props=AudienceMembershipProps,
    doc="Somebody has joined an audience: at once, and for good.",
    functions=(
        Function(
            "addToAudience(String, Decimal)Null",
            add_to_audience,
            "Bring the customer (Current) or the one who referred that customer (Advocate) into the audience with this "
            "id. It is done at once, whether or not the session is closed, and nothing takes it back.",
            (
                Example(
                    ["addToAudience", "Current", 1],
                    [{"audienceId": 1, "audienceName": "vip", "profileIntegrationId": "ann"}],
                ),
            ),
            needs_frame=True,
            refuses=refuse_unknown,
        ),
    ),
)

REMOVE_FROM_AUDIENCE = Effect(
    name="removeFromAudience",
    props=AudienceMembershipProps,
    doc="Somebody has left an audience: at once, and for good.",
    functions=(
        Function(
            "removeFromAudience(String, Decimal)Null",
            remove_from_audience,
            "Take the customer (Current) or the one who referred that customer (Advocate) out of the audience with "
            "this id. It is done at once, whether or not the session is closed, and nothing takes it back.",
            (
                Example(
                    ["removeFromAudience", "Current", 2],
                    [{"audienceId": 2, "audienceName": "newcomers", "profileIntegrationId": "ann"}],
                ),
            ),
            needs_frame=True,
            refuses=refuse_unknown,
        ),
    ),
)
