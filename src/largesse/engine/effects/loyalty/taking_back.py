"""Taking points back: what a cancelled or reopened session, or a returned item, does to ledgers.

Points that were spent go back into the lots they came from. Points that were awarded are taken back as the return
policy of their loyalty program has it: only while they are pending; as far as active points go; or all of them, so that
their owner may come to owe some. Source: semantics, section 16.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from msgspec import UNSET, structs

from largesse.engine.effects.loyalty.add_loyalty_points import AddLoyaltyPointsProps
from largesse.engine.effects.loyalty.rollback_added_loyalty_points import RollbackAddedLoyaltyPointsProps
from largesse.engine.effects.loyalty.rollback_deducted_loyalty_points import RollbackDeductedLoyaltyPointsProps
from largesse.engine.effects.record import EffectRecord
from largesse.engine.loyalty.changes import LedgerChange, OwePoints, PointsOrigin, RecordPoints, UsePoints
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, LedgerKey, Lot, Taken, balances, take, with_lot, without
from largesse.engine.loyalty.programs import LoyaltyProgram, ReturnPolicy
from largesse.engine.money import EXACT, ZERO, shortest, total

# When points were awarded of which nothing is known but that they were spent.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class TakingBack:
    """One session's effects on points being taken back; `changes` are what that changes in ledgers, beside the inverses
    of what effects used."""

    __slots__ = ("_ledgers", "_now", "_policies", "_session_id", "changes")

    def __init__(
        self,
        programs: Iterable[LoyaltyProgram],
        ledgers: Mapping[LedgerKey, Ledger],
        session_id: str,
        now: datetime,
    ) -> None:
        self._policies: dict[int, ReturnPolicy] = {program.id: program.return_policy for program in programs}
        self._ledgers = dict(ledgers)
        self._session_id = session_id
        self._now = now
        self.changes: list[LedgerChange] = []

    @property
    def ledgers(self) -> Mapping[LedgerKey, Ledger]:
        """The ledgers as they stand by now."""
        return self._ledgers

    def spend(self, uses: Iterable[object]) -> None:
        """Take out of the ledgers what is spent anew, so that it is not taken back as well; not what is only about to
        come in."""
        for use in uses:
            if isinstance(use, UsePoints):
                ledger = self._ledgers.get(use.key, NO_POINTS)
                lots = [lot for lot in ledger.lots if lot.transaction_uuid == use.transaction_uuid]
                self._ledgers[use.key] = without(ledger, [Taken(lot, use.amount) for lot in lots])

    def give_back(self, records: Iterable[EffectRecord]) -> None:
        """Put what these effects have spent back into the ledgers, before anything is taken out of them."""
        self._ledgers = unspent(self._ledgers, (use for record in records for use in record.used))

    def settled(self, record: EffectRecord, rollback: EffectRecord) -> tuple[EffectRecord, ...]:
        """What really takes an effect back, given what would take all of it back; nothing where it stays as it is."""
        match rollback.props:
            case RollbackAddedLoyaltyPointsProps() as props:
                value = self._revoke(record, props)
                return (structs.replace(rollback, props=structs.replace(props, value=value)),) if value else ()
            case RollbackDeductedLoyaltyPointsProps() as props:
                used = [use for use in record.used if isinstance(use, UsePoints)]
                return tuple(self._given_back(record, rollback, props, use) for use in used)
            case _:
                return (rollback,)

    def _given_back(
        self, record: EffectRecord, rollback: EffectRecord, props: RollbackDeductedLoyaltyPointsProps, use: UsePoints
    ) -> EffectRecord:
        key = use.key
        self.changes.append(
            RecordPoints(
                key,
                props.transaction_uuid,
                "addition",
                use.amount,
                record.rule_name,
                self._origin(record),
                use.start,
                use.expiry,
            )
        )
        card = getattr(record.props, "card_identifier", UNSET)
        told = structs.replace(
            props,
            value=shortest(use.amount),
            recipient_integration_id=key.owner if card is UNSET else "",
            start_date=UNSET if use.start is None else use.start,
            expiry_date=UNSET if use.expiry is None else use.expiry,
            card_identifier=card,
        )
        return structs.replace(rollback, props=told)

    def _revoke(self, record: EffectRecord, props: RollbackAddedLoyaltyPointsProps) -> Decimal:
        """Take points back as far as the policy goes; how many that were."""
        owner = props.recipient_integration_id if props.card_identifier is UNSET else props.card_identifier
        key = LedgerKey(props.program_id, owner, props.sub_ledger_id)
        ledger = self._ledgers.get(key, NO_POINTS)
        policy = self._policies.get(props.program_id, "only_pending")
        own = next((lot for lot in ledger.lots if lot.transaction_uuid == props.transaction_uuid), None)
        if own is None:
            # Somebody has deleted the transaction: there is nothing to take back.
            return ZERO
        taken = _own_points(own, props.value, policy, self._now)
        rest = EXACT.subtract(props.value, total([part.amount for part in taken]))
        if own.is_expired(self._now):
            # What is lost is not asked for again.
            rest = max(ZERO, EXACT.subtract(rest, own.remaining))
        after = without(ledger, taken)
        others: tuple[Taken, ...] = ()
        if policy != "only_pending":
            others = take(after, min(rest, balances(after, self._now).active), self._now)
        rest = EXACT.subtract(rest, total([part.amount for part in others]))
        owed = rest if policy == "unlimited" else ZERO
        self._ledgers[key] = structs.replace(without(after, others), owed=EXACT.add(after.owed, owed))
        value = total([*(part.amount for part in taken), *(part.amount for part in others), owed])
        self.changes += [_use(key, part, revoked=True) for part in taken]
        self.changes += [_use(key, part, revoked=False) for part in others]
        if owed:
            self.changes.append(OwePoints(key, owed))
        if value:
            self.changes.append(
                RecordPoints(
                    key,
                    props.transaction_uuid,
                    "subtraction",
                    value,
                    record.rule_name,
                    self._origin(record),
                    creates_negative_balance=bool(owed),
                )
            )
        return shortest(value)

    def _origin(self, record: EffectRecord) -> PointsOrigin:
        return PointsOrigin(self._session_id, "", record.campaign_id, record.ruleset_id, record.rule_name)


def unspent(ledgers: Mapping[LedgerKey, Ledger], used: Iterable[object]) -> dict[LedgerKey, Ledger]:
    """The ledgers as if points had not been spent."""
    found = dict(ledgers)
    for use in used:
        if isinstance(use, UsePoints):
            ledger = found.get(use.key, NO_POINTS)
            lot = next((each for each in ledger.lots if each.transaction_uuid == use.transaction_uuid), None)
            if lot is None:
                lot = Lot(use.transaction_uuid, use.amount, use.start or _LONG_AGO, use.start, use.expiry)
                ledger = with_lot(ledger, lot)
            else:
                ledger = without(ledger, [Taken(lot, EXACT.minus(use.amount))])
            found[use.key] = ledger
    return found


def unearned(ledgers: Mapping[LedgerKey, Ledger], effects: Iterable[EffectRecord]) -> dict[LedgerKey, Ledger]:
    """The ledgers as if these effects had neither awarded nor spent points."""
    records = list(effects)
    found = unspent(ledgers, (use for record in records for use in record.used))
    added = {record.props.transaction_uuid for record in records if isinstance(record.props, AddLoyaltyPointsProps)}
    return {
        key: structs.replace(ledger, lots=tuple(lot for lot in ledger.lots if lot.transaction_uuid not in added))
        for key, ledger in found.items()
    }


def _own_points(own: Lot, value: Decimal, policy: ReturnPolicy, now: datetime) -> list[Taken]:
    """What is left of the very points that are taken back, as far as the policy lets them be taken."""
    if not own.remaining:
        return []
    if own.is_pending(now) or (policy != "only_pending" and own.is_active(now)):
        return [Taken(own, min(value, own.remaining))]
    return []


def _use(key: LedgerKey, part: Taken, *, revoked: bool) -> UsePoints:
    lot = part.lot
    return UsePoints(key, lot.transaction_uuid, part.amount, lot.start, lot.expiry, revoked)
