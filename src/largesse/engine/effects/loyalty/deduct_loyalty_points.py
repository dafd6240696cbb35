"""deductLoyaltyPoints: a customer spends points."""

from decimal import Decimal

from msgspec import UNSET, UnsetType, field, structs

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.loyalty.points import amount_of_points, grant_points, ledger_key, show_lot
from largesse.engine.effects.loyalty.rollback_deducted_loyalty_points import RollbackDeductedLoyaltyPointsProps
from largesse.engine.effects.record import Props
from largesse.engine.frame import EvaluationFrame
from largesse.engine.functions.loyalty import program_numbered
from largesse.engine.loyalty.changes import UsePoints
from largesse.engine.loyalty.ledgers import LedgerKey, Taken, balances, take, without
from largesse.engine.money import EXACT, shortest
from largesse.engine.state import LimitReachedError, State
from largesse.language import Example, Function


class DeductLoyaltyPointsProps(Props, frozen=True):
    """So many points that the customer of the session, or its card, has spent, and why."""

    rule_title: str
    program_id: int
    sub_ledger_id: str
    value: Decimal
    transaction_uuid: str = field(name="transactionUUID")
    name: str = field()
    card_identifier: str | UnsetType = UNSET

    def undone(self) -> tuple[str, Props]:
        """The points are given back; to whom is known to what the effect used."""
        rollback = RollbackDeductedLoyaltyPointsProps(
            self.program_id, self.sub_ledger_id, self.value, "", self.transaction_uuid
        )
        return "rollbackDeductedLoyaltyPoints", rollback


def deduct_loyalty_points(
    frame: EvaluationFrame,
    program_id: Decimal,
    subledger_id: str,
    name: str,
    amount: Decimal,
    partial: bool | None = None,
) -> None:
    """Spend active points of the session's customer, or fail the rule when there are not as many."""
    state = frame.state
    program = program_numbered(frame, program_id)
    key = ledger_key(frame, program, subledger_id)
    wanted = amount_of_points(amount)
    wanted = _pay_again(state, key, wanted)
    if not wanted:
        return
    grant = grant_points(state, "redeemLoyaltyPoints", wanted, partial)
    ledger = state.ledger(key)
    active = balances(ledger, state.moment.now).active
    if grant.value > active:
        raise LimitReachedError(f"{grant.value} points are more than the {active} that can be spent")
    taken = take(ledger, grant.value, state.moment.now)
    state.put(state.ledgers, key, without(ledger, taken))
    state.uses += [UsePoints(key, lot.transaction_uuid, part, lot.start, lot.expiry) for lot, part in taken]
    props = DeductLoyaltyPointsProps(
        state.rule_name,
        program.id,
        subledger_id,
        shortest(grant.value),
        state.dice.uuid(),
        name,
        key.owner if program.card_based else UNSET,
    )
    state.emit("deductLoyaltyPoints", props)


def _pay_again(state: State, key: LedgerKey, wanted: Decimal) -> Decimal:
    """Spend once more what the session has spent already; how many points are still missing. Nothing is told of it."""
    paid = state.paid.get(key)
    if not paid:
        return wanted
    left: list[UsePoints] = []
    for use in paid:
        part = min(use.amount, wanted)
        wanted = EXACT.subtract(wanted, part)
        if part < use.amount:
            left.append(structs.replace(use, amount=EXACT.subtract(use.amount, part)))
        if part:
            show_lot(state, key, use.transaction_uuid)
            ledger = state.ledger(key)
            taken = [Taken(lot, part) for lot in ledger.lots if lot.transaction_uuid == use.transaction_uuid]
            state.put(state.ledgers, key, without(ledger, taken))
    state.put(state.paid, key, tuple(left))
    return wanted


_DOC = (
    "Spend points of the session's customer: the id of the loyalty program, the subledger (empty: the main ledger), "
    "the reason and the amount. Only active points can be spent; the rule fails where there are not as many. With "
    "partial rewards an amount larger than its budget is cut to what is left of it."
)

_EXAMPLE = Example(["deductLoyaltyPoints", 1, "", "Paid", 10], [{"programId": 1, "value": 10, "name": "Paid"}])

DEDUCT_LOYALTY_POINTS = Effect(
    name="deductLoyaltyPoints",
    props=DeductLoyaltyPointsProps,
    doc="Points a customer spends; they are gone once the session is closed.",
    functions=tuple(
        Function(
            f"deductLoyaltyPoints(Decimal, String, String, Decimal{options})Null",
            deduct_loyalty_points,
            _DOC,
            (_EXAMPLE,),
            needs_frame=True,
        )
        for options in ("", ", Boolean")
    ),
)
