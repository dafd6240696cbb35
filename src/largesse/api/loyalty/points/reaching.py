"""From a path to the loyalty program and the profile or the card it is about."""

from largesse.api.loyalty.points.wire import CardPath
from largesse.engine.loyalty.cards import LoyaltyCard
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.problems import Invalid, NotFound, at_parameter
from largesse.storage.loyalty.cards import find_card
from largesse.storage.loyalty.ledgers import profile_exists
from largesse.storage.loyalty.programs import StoredProgram, find_program

# As many as integers in paths may have elsewhere.
_PROGRAM_ID_DIGITS_MAX = 15


async def reach_profile_program(call: Call[object], program_id: int | str, profile_id: str) -> LoyaltyProgram:
    """The caller's profile-based program with this id, for a profile there is. Raises `NotFound` and `Invalid`."""
    if isinstance(program_id, str):
        is_id = program_id.isascii() and program_id.isdigit() and len(program_id) <= _PROGRAM_ID_DIGITS_MAX
        program_id = int(program_id) if is_id else 0
    program = (await reach_program(call, program_id)).settings.program
    refuse_card_based(program)
    if not await profile_exists(call.db, call.caller.account_id, program.sandbox, profile_id):
        raise NotFound("There is no such customer profile")
    return program


def refuse_card_based(program: LoyaltyProgram) -> None:
    """Raises `Invalid` where points are not those of profiles."""
    if program.card_based:
        details = "the points of this loyalty program belong to cards"
        raise Invalid(errors=(at_parameter(INVALID_VALUE, details, "loyaltyProgramId"),))


async def reach_card_program(call: Call[object], program_id: int) -> StoredProgram:
    """The caller's card-based program with this id. Raises `NotFound` and `Invalid`."""
    stored = await reach_program(call, program_id)
    if not stored.settings.program.card_based:
        details = "the points of this loyalty program belong to profiles"
        raise Invalid(errors=(at_parameter(INVALID_VALUE, details, "loyaltyProgramId"),))
    return stored


async def reach_card(call: Call[object], path: CardPath) -> tuple[StoredProgram, LoyaltyCard]:
    """The caller's card-based program and the card of it. Raises `NotFound` and `Invalid`."""
    stored = await reach_card_program(call, path.loyalty_program_id)
    card = await find_card(call.db, call.caller.account_id, path.loyalty_program_id, path.loyalty_card_id)
    if card is None:
        raise NotFound("There is no such loyalty card")
    return stored, card


async def reach_program(call: Call[object], program_id: int) -> StoredProgram:
    """A program of the caller's, of those that the caller's Application may use where it is one. Raises `NotFound`."""
    found = await find_program(call.db, call.caller.account_id, program_id)
    application_id = call.caller.application_id
    if found is None or application_id not in (None, *found.settings.program.subscribed_applications):
        raise NotFound("There is no such loyalty program")
    return found
