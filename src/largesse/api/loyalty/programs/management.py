"""What staff do with loyalty programs: create, list, change and delete them."""

from msgspec import Struct, structs

from largesse.api.loyalty.programs.wire import (
    NewLoyaltyProgram,
    UpdateLoyaltyProgram,
    changed_settings,
    new_settings,
    show_program,
)
from largesse.api.models.loyalty_program import LoyaltyProgram
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.engine.formats.codes import code_pattern
from largesse.engine.loyalty.acceptance import program_refusals
from largesse.engine.refusals import INVALID_VALUE, LOCKED, UNKNOWN
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    NoPath,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.http.paging import Page, page
from largesse.plumbing.problems import Duplicate, FieldError, NotFound, at_pointer
from largesse.storage.applications import list_applications
from largesse.storage.loyalty import programs
from largesse.storage.loyalty.programs import ProgramNameTaken, ProgramSettings, StoredProgram

# Settings that the points already awarded rely on, as callers name them.
LOCKED_SETTINGS = {
    "tiers": "tiers",
    "tiers_expiration_policy": "tiersExpirationPolicy",
    "allow_subledger": "allowSubledger",
    "sandbox": "sandbox",
}


class ProgramPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One loyalty program."""

    loyalty_program_id: int


async def create_loyalty_program(call: Call[object], request: Request[NoPath, None, NewLoyaltyProgram]) -> Reply:
    """Create a loyalty program; its name is unique in the account."""
    settings = await _accept(call, new_settings(request.body))
    try:
        program_id = await programs.create_program(call.db, call.caller.account_id, settings, call.now)
    except ProgramNameTaken:
        details = "There is another loyalty program with this name"
        raise Duplicate(details, errors=(at_pointer("Duplicate", details, "/name"),)) from None
    return created(show_program(await reach_program(call, program_id)))


async def get_loyalty_programs(call: Call[object], _request: Request[NoPath, None, None]) -> Reply:
    """All loyalty programs of the account."""
    found = await programs.list_programs(call.db, call.caller.account_id)
    return ok(page([show_program(program) for program in found], len(found)))


async def get_loyalty_program(call: Call[object], request: Request[ProgramPath, None, None]) -> Reply:
    """One loyalty program."""
    return ok(show_program(await reach_program(call, request.path.loyalty_program_id)))


async def update_loyalty_program(
    call: Call[object], request: Request[ProgramPath, None, UpdateLoyaltyProgram]
) -> Reply:
    """Change a loyalty program; what its points rely on only as long as there are none."""
    stored = await reach_program(call, request.path.loyalty_program_id)
    settings = changed_settings(stored.settings, request.body)
    if stored.is_used:
        refuse_if_any(_locked(stored.settings, _in_order(settings)))
    settings = await _accept(call, settings)
    program_id = stored.settings.program.id
    await programs.update_program(call.db, call.caller.account_id, program_id, settings, call.now)
    return ok(show_program(await reach_program(call, program_id)))


async def delete_loyalty_program(call: Call[object], request: Request[ProgramPath, None, None]) -> Reply:
    """Delete a loyalty program with all points in it."""
    if not await programs.delete_program(call.db, call.caller.account_id, request.path.loyalty_program_id):
        raise NotFound("There is no such loyalty program")
    return no_content()


async def reach_program(call: Call[object], program_id: int) -> StoredProgram:
    """The caller's loyalty program with this id. Raises `NotFound`."""
    found = await programs.find_program(call.db, call.caller.account_id, program_id)
    if found is None:
        raise NotFound("There is no such loyalty program")
    return found


async def _accept(call: Call[object], settings: ProgramSettings) -> ProgramSettings:
    """The settings with their tiers in order. Raises `Invalid` with all that is wrong with them as they were sent."""
    program = settings.program
    errors = [*errors_of(program_refusals(program)), *await _unusable_applications(call, settings)]
    if (code := settings.card_code_settings) is not None:
        if not program.card_based:
            details = "only card-based programs have codes of cards"
            errors.append(at_pointer(INVALID_VALUE, details, "/cardCodeSettings"))
        found = code_pattern(code["couponPattern"], code["validCharacters"], "sensitive")
        if isinstance(found, tuple):
            errors += errors_of(found, "/cardCodeSettings")
    refuse_if_any(errors)
    return _in_order(settings)


def _in_order(settings: ProgramSettings) -> ProgramSettings:
    """The settings with the tiers that take fewer points first."""
    tiers = tuple(sorted(settings.program.tiers, key=lambda tier: tier.points_min))
    return structs.replace(settings, program=structs.replace(settings.program, tiers=tiers))


async def _unusable_applications(call: Call[object], settings: ProgramSettings) -> list[FieldError]:
    """What is wrong with the Applications a program is for: those the account does not have, or of the other world."""
    ids = settings.program.subscribed_applications
    if not ids:
        return []
    found = await list_applications(call.db, call.caller.account_id, ids=ids, page_size=len(ids))
    known = {application.id: application.settings.sandbox for application in found.entries}
    errors: list[FieldError] = []
    for index, application_id in enumerate(ids):
        place = f"/subscribedApplications/{index}"
        if application_id not in known:
            errors.append(at_pointer(UNKNOWN, f"There is no Application {application_id}", place))
        elif known[application_id] != settings.program.sandbox:
            details = "A sandbox program and a live Application, or the other way round, do not go together"
            errors.append(at_pointer(INVALID_VALUE, details, place))
    return errors


def _locked(before: ProgramSettings, after: ProgramSettings) -> list[FieldError]:
    """The settings that cannot be changed once there are points."""
    return [
        at_pointer(LOCKED, f"{wire} cannot be changed once there are points in the program", f"/{wire}")
        for name, wire in LOCKED_SETTINGS.items()
        if getattr(before.program, name) != getattr(after.program, name)
    ]


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/loyalty_programs",
        operation_id="createLoyaltyProgram",
        summary="Create a loyalty program",
        access=Access.MANAGEMENT,
        run=create_loyalty_program,
        path_params=NoPath,
        body=NewLoyaltyProgram,
        replies={201: LoyaltyProgram},
        problems=(400, 409),
        published=False,
        tag="Loyalty",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs",
        operation_id="getLoyaltyPrograms",
        summary="List loyalty programs",
        access=Access.MANAGEMENT,
        run=get_loyalty_programs,
        path_params=NoPath,
        replies={200: Page[LoyaltyProgram]},
        tag="Loyalty",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}",
        operation_id="getLoyaltyProgram",
        summary="Read a loyalty program",
        access=Access.MANAGEMENT,
        run=get_loyalty_program,
        path_params=ProgramPath,
        replies={200: LoyaltyProgram},
        problems=(404,),
        tag="Loyalty",
    ),
    Operation(
        method="PUT",
        path="/v1/loyalty_programs/{loyaltyProgramId}",
        operation_id="updateLoyaltyProgram",
        summary="Change a loyalty program",
        access=Access.MANAGEMENT,
        run=update_loyalty_program,
        path_params=ProgramPath,
        body=UpdateLoyaltyProgram,
        replies={200: LoyaltyProgram},
        problems=(400, 404),
        published=False,
        tag="Loyalty",
    ),
    Operation(
        method="DELETE",
        path="/v1/loyalty_programs/{loyaltyProgramId}",
        operation_id="deleteLoyaltyProgram",
        summary="Delete a loyalty program and all its points",
        access=Access.MANAGEMENT,
        run=delete_loyalty_program,
        path_params=ProgramPath,
        replies={204: None},
        problems=(404,),
        published=False,
        tag="Loyalty",
    ),
)
