"""What shops do to customers in loyalty programs beside sessions: activate points, and let customers join."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.api.integration_ids import too_long
from largesse.api.loyalty.points.reaching import reach_program, refuse_card_based
from largesse.api.loyalty.points.wire import CustomerPath, LoyaltyLedgerEntry, show_entry
from largesse.engine.loyalty.programs import expiry_after
from largesse.engine.refusals import INVALID_VALUE, TOO_LONG
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.problems import Invalid, NotFound, at_parameter, at_pointer
from largesse.storage.customers.profiles import create_profiles
from largesse.storage.loyalty.ledgers import StoredTransaction, activate_points, join_program, waiting_points

# The ceiling is published [IA ActivateLoyaltyPoints].
TransactionUuids = Annotated[list[UUID], Meta(min_length=1, max_length=50, extra_json_schema={"uniqueItems": True})]
SessionId = Annotated[str, Meta(min_length=1)]


class ProgramPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """A loyalty program."""

    loyalty_program_id: int


class ActivateLoyaltyPoints(Struct, frozen=True, kw_only=True, rename="camel"):
    """Which points: those of some transactions, or all of a session [IA ActivateLoyaltyPoints]."""

    transaction_uuids: Omittable[TransactionUuids] = field(default=UNSET, name="transactionUUIDs")
    session_id: Omittable[SessionId] = UNSET


class ActivatedLoyaltyPoints(Struct, frozen=True, kw_only=True, rename="camel"):
    """The entries of the points that have started [IA ActivateLoyaltyPointsResponse]."""

    ledger_entries: list[LoyaltyLedgerEntry] | UnsetType = UNSET


async def activate_loyalty_points(
    call: Call[object], request: Request[ProgramPath, None, ActivateLoyaltyPoints]
) -> Reply:
    """Let points start that have awaited this action; those of a limited validity expire so much later."""
    application_id = call.caller.application
    program = (await reach_program(call, request.path.loyalty_program_id)).settings.program
    uuids, session_id = given(request.body.transaction_uuids), given(request.body.session_id)
    if (uuids is None) == (session_id is None):
        details = "give transactionUUIDs or sessionId, and not both"
        raise Invalid(errors=(at_pointer(INVALID_VALUE, details, "/transactionUUIDs"),))
    account_id = call.caller.account_id
    waiting = await waiting_points(
        call.db,
        account_id,
        program.id,
        application_id,
        transaction_uuids=[str(each) for each in uuids or ()],
        session_id=session_id,
    )
    if not waiting:
        raise NotFound("There are no such points that await activation")
    entries: list[StoredTransaction] = []
    for each in waiting:
        expiry = expiry_after(program, call.now, each.validity) if each.validity else each.expiry
        started = await activate_points(call.db, account_id, program.id, each, call.now, expiry)
        entries += [] if started is None else [started]
        if program.program_join_policy == "points_activated":
            await join_program(call.db, account_id, program.id, each.owner, call.now)
    return ok(ActivatedLoyaltyPoints(ledger_entries=[show_entry(each) for each in entries]))


async def join_loyalty_program(call: Call[object], request: Request[CustomerPath, None, None]) -> Reply:
    """Let a customer join a loyalty program, who gets a profile if there is none; one who has joined is refused."""
    program = (await reach_program(call, request.path.loyalty_program_id)).settings.program
    profile_id = request.path.integration_id
    if details := too_long(profile_id):
        raise Invalid(errors=(at_parameter(TOO_LONG, details, "integrationId"),))
    refuse_card_based(program)
    account_id = call.caller.account_id
    await create_profiles(call.db, account_id, program.sandbox, [profile_id], call.now)
    if not await join_program(call.db, account_id, program.id, profile_id, call.now):
        details = "this customer has joined the loyalty program already"
        raise Invalid(errors=(at_parameter(INVALID_VALUE, details, "integrationId"),))
    return Reply(200)


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/loyalty_programs/{loyaltyProgramId}/activate_points",
        operation_id="activateLoyaltyPoints",
        summary="Let points start that await an action",
        access=Access.INTEGRATION,
        run=activate_loyalty_points,
        path_params=ProgramPath,
        body=ActivateLoyaltyPoints,
        replies={200: ActivatedLoyaltyPoints},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
    Operation(
        method="POST",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/join",
        operation_id="joinLoyaltyProgram",
        summary="Let a customer join a loyalty program",
        access=Access.INTEGRATION,
        run=join_loyalty_program,
        path_params=CustomerPath,
        replies={200: None},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
)
