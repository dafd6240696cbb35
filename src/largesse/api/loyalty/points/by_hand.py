"""Points that staff add and take, to and from a profile or a card. Raises `Invalid` with all that is wrong."""

from uuid import UUID

from largesse.api.loyalty.points.wire import AddLoyaltyPoints, DeductLoyaltyPoints
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.engine.loyalty.acceptance import points_refusals, term_refusals
from largesse.engine.loyalty.by_hand import add_by_hand, deduct_by_hand
from largesse.engine.loyalty.ledgers import NO_POINTS, LedgerKey
from largesse.engine.loyalty.programs import LoyaltyProgram, term_of
from largesse.engine.refusals import INVALID_VALUE, Refusal
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.loyalty.ledgers import read_ledgers, save_points


async def add_points(call: Call[object], program: LoyaltyProgram, owner: str, sent: AddLoyaltyPoints) -> None:
    """Add points, from when until when the body or the program says."""
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
    key = LedgerKey(program.id, owner, subledger_id)
    ledgers = await read_ledgers(call.db, call.caller.account_id, [program.id], [owner], call.now)
    ledger = ledgers.get(key, NO_POINTS)
    user_id = call.caller.user_id
    changes = add_by_hand(program, key, ledger, sent.points, name, term, _new_uuid(), user_id, call.now)
    await save_points(call.db, call.caller.account_id, given(sent.application_id), changes, call.now)


async def deduct_points(call: Call[object], program: LoyaltyProgram, owner: str, sent: DeductLoyaltyPoints) -> None:
    """Take active points."""
    name, subledger_id = given(sent.name) or "", given(sent.subledger_id) or ""
    refusals = points_refusals(sent.points, name, subledger_id, program)
    refuse_if_any(errors_of(refusals) + _unsubscribed(program, given(sent.application_id)))
    key = LedgerKey(program.id, owner, subledger_id)
    ledgers = await read_ledgers(call.db, call.caller.account_id, [program.id], [owner], call.now)
    ledger = ledgers.get(key, NO_POINTS)
    decided = deduct_by_hand(program, key, ledger, sent.points, name, _new_uuid(), call.caller.user_id, call.now)
    if isinstance(decided, Refusal):
        refuse_if_any(errors_of([decided]))
    else:
        await save_points(call.db, call.caller.account_id, given(sent.application_id), decided, call.now)


def _unsubscribed(program: LoyaltyProgram, application_id: int | None) -> list[FieldError]:
    if application_id is None or application_id in program.subscribed_applications:
        return []
    details = "This Application is not connected to the loyalty program"
    return [at_pointer(INVALID_VALUE, details, "/applicationId")]


def _new_uuid() -> str:
    return str(UUID(bytes=random_bytes(16), version=4))
