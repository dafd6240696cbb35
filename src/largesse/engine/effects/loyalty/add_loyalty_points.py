"""addLoyaltyPoints: points for a customer, perhaps one lot for each of some items."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from msgspec import UNSET, Struct, UnsetType, field, structs

from largesse.engine.attributes import JSON
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.loyalty.change_loyalty_tier_level import raise_tier
from largesse.engine.effects.loyalty.points import (
    amount_of_points,
    count_effect,
    grant_points,
    ledger_key,
    show_lot,
)
from largesse.engine.effects.loyalty.rollback_added_loyalty_points import RollbackAddedLoyaltyPointsProps
from largesse.engine.effects.record import Props
from largesse.engine.evaluation.spending import count_again
from largesse.engine.frame import EvaluationFrame
from largesse.engine.functions.loyalty import program_numbered
from largesse.engine.loyalty.in_place import Award, Place, PointsInPlace, meet
from largesse.engine.loyalty.ledgers import LedgerKey, Lot, with_lot
from largesse.engine.loyalty.programs import LoyaltyProgram, Term, is_pending, is_validity, term_of
from largesse.engine.money import EXACT, shortest, total
from largesse.engine.state import State
from largesse.engine.views.items import Unit
from largesse.language import Example, ExpressionError, Function, Kind, each_element


class AddLoyaltyPointsProps(Props, frozen=True):
    """So many points for a profile or a card, and why; with partial rewards how many were wanted.

    No start date means that they are active at once, unless they wait for an action, and no expiry date that they never
    expire or, where they wait, only after `validity_duration`. The item is named where the points are for one.
    """

    name: str
    program_id: int
    sub_ledger_id: str
    value: Decimal
    recipient_integration_id: str
    transaction_uuid: str = field(name="transactionUUID")
    desired_value: Decimal | UnsetType = UNSET
    start_date: datetime | UnsetType = UNSET
    expiry_date: datetime | UnsetType = UNSET
    cart_item_position: int | UnsetType = UNSET
    cart_item_sub_position: int | UnsetType = UNSET
    card_identifier: str | UnsetType = UNSET
    awaits_activation: bool | UnsetType = UNSET
    validity_duration: str | UnsetType = UNSET

    def ledger(self) -> LedgerKey:
        """Whose points they are."""
        owner = self.recipient_integration_id if self.card_identifier is UNSET else self.card_identifier
        return LedgerKey(self.program_id, owner, self.sub_ledger_id)

    def term(self, now: datetime) -> Term:
        """From when until when they are active, given the moment that a session was closed at."""
        start = None if self.awaits_activation is True else now if self.start_date is UNSET else self.start_date
        return Term(
            start,
            None if self.expiry_date is UNSET else self.expiry_date,
            "" if self.validity_duration is UNSET else self.validity_duration,
        )

    def place(self) -> Place | None:
        """The item that they are for, if they are for one."""
        if self.cart_item_position is UNSET:
            return None
        return self.cart_item_position, None if self.cart_item_sub_position is UNSET else self.cart_item_sub_position

    def undone(self) -> tuple[str, Props]:
        """The points are taken back, as far as the loyalty program has it so."""
        rollback = RollbackAddedLoyaltyPointsProps(
            self.program_id,
            self.sub_ledger_id,
            self.value,
            self.recipient_integration_id,
            self.transaction_uuid,
            self.cart_item_position,
            self.cart_item_sub_position,
            self.card_identifier,
        )
        return "rollbackAddedLoyaltyPoints", rollback


class _Options(Struct, frozen=True):
    """What a rule may say beside the amount."""

    term: Term
    partial: bool | None


class _Award(Struct, frozen=True):
    """One award, the ledger that it is for, and whose session it is told in."""

    of: Award
    program: LoyaltyProgram
    key: LedgerKey
    recipient: str

    def props(self, transaction_uuid: str, value: Decimal, term: Term, now: datetime) -> AddLoyaltyPointsProps:
        """The props of so many points of it; what starts now is active at once."""
        position, sub_position = (None, None) if self.of.place is None else self.of.place
        return AddLoyaltyPointsProps(
            name=self.of.name,
            program_id=self.program.id,
            sub_ledger_id=self.key.subledger_id,
            value=shortest(value),
            recipient_integration_id=self.recipient,
            transaction_uuid=transaction_uuid,
            start_date=UNSET if term.start is None or term.start == now else term.start,
            expiry_date=UNSET if term.expiry is None else term.expiry,
            cart_item_position=UNSET if position is None else position,
            cart_item_sub_position=UNSET if sub_position is None else sub_position,
            card_identifier=self.key.owner if self.program.card_based else UNSET,
            awaits_activation=True if term.start is None else UNSET,
            validity_duration=term.validity or UNSET,
        )


def add_loyalty_points(
    frame: EvaluationFrame,
    program_id: Decimal,
    subledger_id: str,
    recipient: str,
    name: str,
    amount: Decimal,
    options: Mapping[str, JSON] | None = None,
    unit: Unit | None = None,
) -> None:
    """Give points to a profile ("": the session's), or fail the rule when a budget does not allow it."""
    state = frame.state
    program = program_numbered(frame, program_id)
    key = ledger_key(frame, program, subledger_id, "" if program.card_based else recipient)
    points = amount_of_points(amount)
    read = _read(program, state.moment.now, options or {})
    if not points:
        return
    recipient = state.session.profile_id if program.card_based else key.owner
    of = Award(state.now_pass.campaign.id, state.rule_name, name, None if unit is None else unit.place)
    award = _Award(of, program, key, recipient)
    met = _met(state, award, points)
    missing = EXACT.subtract(points, total([part.amount for part in met]))
    if not missing:
        return
    grant = grant_points(state, "createLoyaltyPoints", missing, read.partial, more=bool(met))
    term = read.term
    lot = Lot(state.dice.uuid(), grant.value, state.moment.now, term.start, term.expiry, term.validity)
    before = state.ledger(key)
    after = with_lot(before, lot)
    state.put(state.ledgers, key, after)
    props = award.props(lot.transaction_uuid, grant.value, term, state.moment.now)
    desired = UNSET if grant.desired is None else shortest(grant.desired)
    state.emit("addLoyaltyPoints", structs.replace(props, desired_value=desired))
    raise_tier(frame, program, key, before, after)


def _met(state: State, award: _Award, points: Decimal) -> Sequence[PointsInPlace]:
    """The points of an award that are in place already, told as effects; all of them count as one."""
    in_place = state.in_place.get(award.key)
    by, left = meet(in_place, points, award.of) if in_place else ((), ())
    if not by:
        return ()
    state.put(state.in_place, award.key, left)
    if not any(part.counts for part in by):
        count_effect(state, "createLoyaltyPoints")
    for part in by:
        show_lot(state, part.key, part.transaction_uuid)
        if state.in_place_counts:
            count_again(state, part.used)
        state.uses += part.used
        start = None if part.start is None else max(part.start, state.moment.now)
        term = Term(start, part.expiry, part.validity)
        state.emit("addLoyaltyPoints", award.props(part.transaction_uuid, part.amount, term, state.moment.now))
    return by


def add_loyalty_points_per_item(
    frame: EvaluationFrame,
    items: Sequence[Unit],
    program_id: Decimal,
    subledger_id: str,
    recipient: str,
    name: str,
    amount_of: Callable[[Unit], Decimal],
    options: Mapping[str, JSON] | None = None,
) -> None:
    """Give points for each item, one lot after the other: returning the item takes them back."""
    for unit in items:
        add_loyalty_points(frame, program_id, subledger_id, recipient, name, amount_of(unit), options, unit)


def _read(program: LoyaltyProgram, now: datetime, options: Mapping[str, JSON]) -> _Options:
    """Options as `_OPTIONS` has them."""
    wrong = next((name for name, value in options.items() if not _fits(name, value)), None)
    if wrong is not None:
        raise ExpressionError(f'"{wrong}" cannot be an option of points with this value; use {_OPTIONS}')
    term = term_of(
        program,
        now,
        pending=options.get("pending", ""),
        pending_until=options.get("startDate"),
        validity=options.get("validity", ""),
        valid_until=options.get("expiryDate"),
    )
    return _Options(term, options.get("partial"))


def _fits(name: str, value: JSON) -> bool:
    match name, value:
        case "pending", str():
            return is_pending(value)
        case "validity", str():
            return is_validity(value)
        case (("startDate" | "expiryDate"), datetime()):
            return True
        case "partial", bool():
            return True
        case _:
            return False


_OPTIONS = "pending and validity (durations such as 30D), startDate and expiryDate (times), partial (true or false)"
_DOC = (
    "Give points: the id of the loyalty program, the subledger (empty: the main ledger), the profile (empty: that of "
    f"the session), the reason, the amount and, as a map, options: {_OPTIONS}. In a card-based program the points go "
    "to the card of the session."
)
_PER_ITEM_DOC = "As addLoyaltyPoints, once for each item of a list: the amount may be a block that computes it for one."

_EXAMPLES: Final = (
    Example(["addLoyaltyPoints", 1, "", "", "Thanks", 20], [{"name": "Thanks", "programId": 1, "value": 20}]),
    Example(
        ["addLoyaltyPoints", 1, "", "", "Thanks", 20, ["kv", ["validity", "30D"], ["pending", "7D"]]],
        [{"name": "Thanks", "programId": 1, "value": 20}],
    ),
)
_PER_ITEM_EXAMPLE: Final = Example(
    [
        "addLoyaltyPointsPerItem",
        [".", "Session", "CartItems"],
        1,
        "",
        "",
        "Thanks",
        [["Item"], [".", "Item", "Price"]],
    ],
    [{"value": 10, "cartItemSubPosition": 0}, {"value": 10, "cartItemSubPosition": 1}],
)

ADD_LOYALTY_POINTS = Effect(
    name="addLoyaltyPoints",
    props=AddLoyaltyPointsProps,
    doc="Points for a customer; they are there once the session is closed.",
    functions=(
        *(
            Function(
                f"addLoyaltyPoints(Decimal, String, String, String, Decimal{kinds})Null",
                add_loyalty_points,
                _DOC,
                _EXAMPLES,
                needs_frame=True,
            )
            for kinds in ("", ", Map")
        ),
        *(
            Function(
                f"addLoyaltyPointsPerItem(List, Decimal, String, String, String, Decimal|Token{options})Null",
                add_loyalty_points_per_item,
                _PER_ITEM_DOC,
                (_PER_ITEM_EXAMPLE,),
                needs_frame=True,
                binds=each_element,
                body=Kind.DECIMAL,
            )
            for options in ("", ", Map")
        ),
    ),
)
