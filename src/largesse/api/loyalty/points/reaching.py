"""From a path to the ledgers it is about, and the tier of one as callers see it."""

from datetime import datetime

from msgspec import UNSET, UnsetType

from largesse.api.models.loyalty import Tier
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.loyalty.tiers import Standing
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.problems import Invalid, NotFound, at_parameter
from largesse.storage.loyalty.ledgers import profile_exists
from largesse.storage.loyalty.programs import find_program

# As many as integers in paths may have elsewhere.
_PROGRAM_ID_DIGITS_MAX = 15


async def reach_profile_program(call: Call[object], program_id: int | str, profile_id: str) -> LoyaltyProgram:
    """The caller's profile-based program with this id, for a profile there is. Raises `NotFound` and `Invalid`."""
    if isinstance(program_id, str):
        is_id = program_id.isascii() and program_id.isdigit() and len(program_id) <= _PROGRAM_ID_DIGITS_MAX
        program_id = int(program_id) if is_id else 0
    found = await find_program(call.db, call.caller.account_id, program_id)
    if found is None:
        raise NotFound("There is no such loyalty program")
    program = found.settings.program
    application_id = call.caller.application_id
    if application_id is not None and application_id not in program.subscribed_applications:
        raise NotFound("There is no such loyalty program")
    if program.card_based:
        details = "the points of this loyalty program belong to cards"
        raise Invalid(errors=(at_parameter(INVALID_VALUE, details, "loyaltyProgramId"),))
    if not await profile_exists(call.db, call.caller.account_id, program.sandbox, profile_id):
        raise NotFound("There is no such customer profile")
    return program


def show_tier(program: LoyaltyProgram, at: Standing) -> Tier | UnsetType:
    """The tier somebody is on, nothing where it is none."""
    tier = at.tier
    if tier is None:
        return UNSET
    return Tier(
        id=tier.id,
        name=tier.name,
        start_date=_time(at.start),
        expiry_date=_time(at.expiry),
        downgrade_policy=program.tiers_downgrade_policy or UNSET,
    )


def _time(moment: datetime | None) -> datetime | UnsetType:
    return UNSET if moment is None else moment
