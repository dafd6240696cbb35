"""extendLoyaltyPointsExpiryDate, setLoyaltyPointsExpiryDate: points expire later, or at a certain time."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, Struct, UnsetType, field

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.loyalty.points import ledger_key
from largesse.engine.effects.record import Props
from largesse.engine.frame import EvaluationFrame
from largesse.engine.functions.loyalty import program_numbered
from largesse.engine.loyalty.durations import parse_duration
from largesse.engine.loyalty.ledgers import LedgerKey, Lot, with_expiry
from largesse.language import Example, ExpressionError, Function, Known


class MovedExpiry(Struct, frozen=True, rename="camel", omit_defaults=True):
    """The points of one transaction, when they expire now, and when they did before, if ever."""

    transaction_uuid: str = field(name="transactionUUID")
    new_expiry_date: datetime = field()
    previous_expiry_date: datetime | UnsetType = UNSET


class ExtendLoyaltyPointsExpiryDateProps(Props, frozen=True):
    """By how much, and the transactions concerned; `previous_expiration_date` is the earliest of their dates before."""

    program_id: int
    sub_ledger_id: str
    extension_duration: str
    previous_expiration_date: datetime
    affected_transactions: tuple[MovedExpiry, ...]


class SetLoyaltyPointsExpiryDateProps(Props, frozen=True):
    """When the points of the ledger expire, and the transactions concerned."""

    program_id: int
    sub_ledger_id: str
    new_expiry_date: datetime
    affected_transactions: tuple[MovedExpiry, ...]


def extend_loyalty_points_expiry_date(
    frame: EvaluationFrame, program_id: Decimal, subledger_id: str, duration: str
) -> None:
    """Let all active and pending points that expire at all do so later; nothing is told where there are none."""
    state = frame.state
    extension = parse_duration(duration)
    if extension is None:
        raise ExpressionError(_no_duration(duration))
    program = program_numbered(frame, program_id)
    key = ledger_key(frame, program, subledger_id)
    lots = _lots(frame, key)
    moved = [
        MovedExpiry(lot.transaction_uuid, extension.after(lot.expiry, program.zone), lot.expiry)
        for lot in lots
        if lot.expiry is not None
    ]
    if not moved:
        return
    _move(frame, key, moved)
    earliest = min(lot.expiry for lot in lots if lot.expiry is not None)
    props = ExtendLoyaltyPointsExpiryDateProps(program.id, subledger_id, duration, earliest, tuple(moved))
    state.emit("extendLoyaltyPointsExpiryDate", props)


def set_loyalty_points_expiry_date(
    frame: EvaluationFrame, program_id: Decimal, subledger_id: str, expiry: datetime
) -> None:
    """Let all active and pending points expire at one time; nothing is told where there are none."""
    state = frame.state
    program = program_numbered(frame, program_id)
    key = ledger_key(frame, program, subledger_id)
    moved = [
        MovedExpiry(lot.transaction_uuid, expiry, UNSET if lot.expiry is None else lot.expiry)
        for lot in _lots(frame, key)
    ]
    if not moved:
        return
    _move(frame, key, moved)
    props = SetLoyaltyPointsExpiryDateProps(program.id, subledger_id, expiry, tuple(moved))
    state.emit("setLoyaltyPointsExpiryDate", props)


def _lots(frame: EvaluationFrame, key: LedgerKey) -> list[Lot]:
    """The active and the pending points of a ledger."""
    now = frame.state.moment.now
    return [lot for lot in frame.state.ledger(key).lots if lot.remaining and not lot.is_expired(now)]


def _move(frame: EvaluationFrame, key: LedgerKey, moved: Iterable[MovedExpiry]) -> None:
    ledger = frame.state.ledger(key)
    for each in moved:
        ledger = with_expiry(ledger, each.transaction_uuid, each.new_expiry_date)
    frame.state.put(frame.state.ledgers, key, ledger)


def _no_duration(text: object) -> str:
    return f'"{text}" is not a duration; use a whole number and one of s, m, h, D, W, M, Y, such as 30D'


def _refuse(arguments: tuple[Known, ...]) -> str | None:
    duration = arguments[2].value
    return _no_duration(duration) if isinstance(duration, str) and parse_duration(duration) is None else None


EXTEND_LOYALTY_POINTS_EXPIRY_DATE = Effect(
    name="extendLoyaltyPointsExpiryDate",
    props=ExtendLoyaltyPointsExpiryDateProps,
    doc="Points expire later, once the session is closed.",
    functions=(
        Function(
            "extendLoyaltyPointsExpiryDate(Decimal, String, String)Null",
            extend_loyalty_points_expiry_date,
            "Let the customer's active and pending points expire later, those that expire at all: the id of the "
            "loyalty program, the subledger (empty: the main ledger), and by how long, such as 30D.",
            (Example(["extendLoyaltyPointsExpiryDate", 1, "", "30D"], [{"programId": 1, "extensionDuration": "30D"}]),),
            needs_frame=True,
            refuses=_refuse,
        ),
    ),
)

SET_LOYALTY_POINTS_EXPIRY_DATE = Effect(
    name="setLoyaltyPointsExpiryDate",
    props=SetLoyaltyPointsExpiryDateProps,
    doc="Points expire at a certain time, once the session is closed.",
    functions=(
        Function(
            "setLoyaltyPointsExpiryDate(Decimal, String, Time)Null",
            set_loyalty_points_expiry_date,
            "Let all of the customer's active and pending points expire at one time: the id of the loyalty program, "
            "the subledger (empty: the main ledger), and the time.",
            (
                Example(
                    ["setLoyaltyPointsExpiryDate", 1, "", "2089-01-01T00:00:00Z"],
                    [{"programId": 1, "newExpiryDate": "2089-01-01T00:00:00Z"}],
                ),
            ),
            needs_frame=True,
        ),
    ),
)
