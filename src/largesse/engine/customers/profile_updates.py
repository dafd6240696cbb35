"""Whether an update of a profile is acceptable, what it leads to, and which event it is.

Source: semantics, section 8.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct, structs

from largesse.engine.attributes import JSON, accept, merge
from largesse.engine.customers.audiences import AudienceMoves, ChangeMembership
from largesse.engine.customers.profiles import Profile, UpdateProfile
from largesse.engine.definitions import Definitions
from largesse.engine.refusals import INVALID_VALUE, Refusal

ProfileEvent = Literal["talon_profile_created", "talon_profile_updated"]


class ProfileUpdate(Struct, frozen=True):
    """What a shop says about a customer: attributes to merge (null clears one), audiences joined and left."""

    attributes: Mapping[str, JSON] = {}
    joins: tuple[int, ...] = ()
    leaves: tuple[int, ...] = ()


class UpdatedProfile(Struct, frozen=True):
    """An accepted update: the profile and its audiences after it, the event it is, and what is to be stored of it."""

    profile: Profile
    audiences: frozenset[int]
    moves: AudienceMoves
    event: ProfileEvent
    changes: tuple[UpdateProfile | ChangeMembership, ...]


def update_profile(
    stored: Profile | None,
    audiences: frozenset[int],
    integration_id: str,
    update: ProfileUpdate,
    definitions: Definitions,
    now: datetime,
) -> UpdatedProfile | list[Refusal]:
    """Apply an update to a stored profile (None: there is none yet) in these audiences, or say all that is wrong with
    it. An audience that is both joined and left is left."""
    attributes, refusals = accept("CustomerProfile", update.attributes, definitions.attributes, "/attributes")
    for name, ids in (("adds", update.joins), ("deletes", update.leaves)):
        refusals += [
            Refusal(INVALID_VALUE, f"The audience {each} does not exist.", f"/audiencesChanges/{name}/{index}")
            for index, each in enumerate(ids)
            if each not in definitions.audiences
        ]
    if refusals:
        return refusals
    after = (audiences | frozenset(update.joins)) - frozenset(update.leaves)
    profile = stored or Profile(0, integration_id, now)
    return UpdatedProfile(
        structs.replace(profile, attributes=merge(profile.attributes, attributes)),
        after,
        AudienceMoves(after - audiences, audiences - after),
        "talon_profile_created" if stored is None else "talon_profile_updated",
        (
            UpdateProfile(integration_id, attributes),
            *(ChangeMembership(integration_id, each, True) for each in update.joins),
            *(ChangeMembership(integration_id, each, False) for each in update.leaves),
        ),
    )
