"""What staff do with the points of a profile: look at them, add some, take some."""

from uuid import UUID

from largesse.api.loyalty.points.reaching import reach_profile_program
from largesse.api.loyalty.points.wire import (
    AddLoyaltyPoints,
    DeductLoyaltyPoints,
    FullLedger,
    OwnerPath,
    SubLedger,
    show_entry,
    show_sub_ledger,
)
from largesse.api.models.loyalty import show_tier
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.engine.loyalty.acceptance import points_refusals, term_refusals
from largesse.engine.loyalty.by_hand import add_by_hand, deduct_by_hand
from largesse.engine.loyalty.ledgers import NO_POINTS, LedgerKey, balances
from largesse.engine.loyalty.programs import LoyaltyProgram, term_of
from largesse.engine.loyalty.tiers import standing
from largesse.engine.money import ZERO
from largesse.engine.refusals import INVALID_VALUE, Refusal
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, no_content, ok
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.loyalty.ledgers import (
    PointsSums,
    TransactionFilter,
    list_transactions,
    points_sums,
    read_ledgers,
    save_points,
)

# The deprecated answer has no pages: who wants more of the log asks the shop's operation for it.
TRANSACTIONS_SHOWN_MAX = 1_000
NOTHING = PointsSums(ZERO, ZERO, ZERO)


async def get_loyalty_points(call: Call[object], request: Request[OwnerPath, None, None]) -> Reply:
    """All ledgers of a profile in a program, each with its log."""
    path, account_id = request.path, call.caller.account_id
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    owner = path.integration_id
    found = await read_ledgers(call.db, account_id, [program.id], [owner], call.now)
    sums = await points_sums(call.db, account_id, program.id, owner, call.now)
    wanted = TransactionFilter(owner=owner)
    log = await list_transactions(
        call.db, account_id, program.id, wanted, now=call.now, rows_max=TRANSACTIONS_SHOWN_MAX, skip=0
    )

    def show(subledger_id: str) -> SubLedger:
        ledger = found.get(LedgerKey(program.id, owner, subledger_id), NO_POINTS)
        entries = [show_entry(each) for each in log if each.key.subledger_id == subledger_id]
        tier = show_tier(program, standing(program, ledger, call.now))
        return show_sub_ledger(balances(ledger, call.now), sums.get(subledger_id, NOTHING), entries, tier)

    others = sorted({*sums, *(key.subledger_id for key in found)} - {""})
    return ok(FullLedger(ledger=show(""), sub_ledgers={name: show(name) for name in others}))


async def add_loyalty_points(call: Call[object], request: Request[OwnerPath, None, AddLoyaltyPoints]) -> Reply:
    """Add points to a profile, from when until when the body or the program says."""
    path, sent = request.path, request.body
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    name, subledger_id = given(sent.name) or "", given(sent.subledger_id) or ""
    pending, pending_until = given(sent.pending_duration), given(sent.pending_until)
    validity, valid_until = given(sent.validity_duration), given(sent.valid_until)
    refusals = [
        *points_refusals(sent.points, name, subledger_id, program),
        *term_refusals(pending, pending_until, validity, valid_until),
    ]
    refuse_if_any(errors_of(refusals) + _unsubscribed(program, given(sent.application_id)))
    term = term_of(
        program,
        call.now,
        pending=pending or "",
        pending_until=pending_until,
        validity=validity or "",
        valid_until=valid_until,
    )
    key = LedgerKey(program.id, path.integration_id, subledger_id)
    ledgers = await read_ledgers(call.db, call.caller.account_id, [program.id], [path.integration_id], call.now)
    ledger = ledgers.get(key, NO_POINTS)
    user_id = call.caller.user_id
    changes = add_by_hand(program, key, ledger, sent.points, name, term, _new_uuid(), user_id, call.now)
    await save_points(call.db, call.caller.account_id, given(sent.application_id), changes, call.now)
    return no_content()


async def remove_loyalty_points(call: Call[object], request: Request[OwnerPath, None, DeductLoyaltyPoints]) -> Reply:
    """Take active points from a profile."""
    path, sent = request.path, request.body
    program = await reach_profile_program(call, path.loyalty_program_id, path.integration_id)
    name, subledger_id = given(sent.name) or "", given(sent.subledger_id) or ""
    refusals = points_refusals(sent.points, name, subledger_id, program)
    refuse_if_any(errors_of(refusals) + _unsubscribed(program, given(sent.application_id)))
    key = LedgerKey(program.id, path.integration_id, subledger_id)
    ledgers = await read_ledgers(call.db, call.caller.account_id, [program.id], [path.integration_id], call.now)
    ledger = ledgers.get(key, NO_POINTS)
    decided = deduct_by_hand(program, key, ledger, sent.points, name, _new_uuid(), call.caller.user_id, call.now)
    if isinstance(decided, Refusal):
        refuse_if_any(errors_of([decided]))
    else:
        await save_points(call.db, call.caller.account_id, given(sent.application_id), decided, call.now)
    return no_content()


def _unsubscribed(program: LoyaltyProgram, application_id: int | None) -> list[FieldError]:
    if application_id is None or application_id in program.subscribed_applications:
        return []
    details = "This Application is not connected to the loyalty program"
    return [at_pointer(INVALID_VALUE, details, "/applicationId")]


def _new_uuid() -> str:
    return str(UUID(bytes=random_bytes(16), version=4))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}",
        operation_id="getLoyaltyPoints",
        summary="All ledgers of a profile in a loyalty program",
        access=Access.MANAGEMENT,
        run=get_loyalty_points,
        path_params=OwnerPath,
        replies={200: FullLedger},
        problems=(404,),
        tag="Loyalty",
    ),
    Operation(
        method="PUT",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/add_points",
        operation_id="addLoyaltyPoints",
        summary="Add points to a profile",
        access=Access.MANAGEMENT,
        run=add_loyalty_points,
        path_params=OwnerPath,
        body=AddLoyaltyPoints,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
    Operation(
        method="PUT",
        path="/v1/loyalty_programs/{loyaltyProgramId}/profile/{integrationId}/deduct_points",
        operation_id="removeLoyaltyPoints",
        summary="Take active points from a profile",
        access=Access.MANAGEMENT,
        run=remove_loyalty_points,
        path_params=OwnerPath,
        body=DeductLoyaltyPoints,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Loyalty",
    ),
)
