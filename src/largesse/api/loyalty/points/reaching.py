"""From a path to the loyalty program and the profile it is about."""

from largesse.engine.loyalty.programs import LoyaltyProgram
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
