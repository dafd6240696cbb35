"""`Loyalty`: the customer's points, `Loyalty.<program>.CurrentBalance` and so on.

Balances are computed when a rule reads them. The tentative ones include what this session has earned and spent so far.
"""

from datetime import datetime
from decimal import Decimal

from largesse.engine.definitions import Definitions
from largesse.engine.loyalty.ledgers import NO_POINTS, Balances, Ledger, LedgerKey, balances
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.loyalty.tiers import Standing, standing
from largesse.engine.money import ZERO
from largesse.engine.state import State
from largesse.language import ANY, DECIMAL, STRING, TIME, Field, MapType, Root, record


class TierView:
    """A tier as rules see it."""

    __slots__ = ("expiry_date", "name", "start_date")

    def __init__(self, name: str, start_date: datetime | None, expiry_date: datetime | None) -> None:
        self.name = name
        self.start_date = start_date
        self.expiry_date = expiry_date


class LedgerView:
    """One ledger of a customer, and through `sub_ledgers` those beside it."""

    __slots__ = ("_key", "_program", "_state")

    # Never told, as published; there are operations that do.
    expired_balance = ZERO
    spent_balance = ZERO

    def __init__(self, state: State, program: LoyaltyProgram, key: LedgerKey) -> None:
        self._state = state
        self._program = program
        self._key = key

    @property
    def current_balance(self) -> Decimal:
        """Points that can be spent."""
        return self._stored.active

    @property
    def pending_balance(self) -> Decimal:
        """Points that are still to come."""
        return self._stored.pending

    @property
    def negative_balance(self) -> Decimal:
        """Points that are owed."""
        return self._stored.negative

    @property
    def tentative_current_balance(self) -> Decimal:
        """Points that can be spent, with those of this session."""
        return self._tentative.active

    @property
    def tentative_pending_balance(self) -> Decimal:
        """Points that are still to come, with those of this session."""
        return self._tentative.pending

    @property
    def tentative_negative_balance(self) -> Decimal:
        """Points that are owed, with those of this session."""
        return self._tentative.negative

    @property
    def current_tier(self) -> TierView | None:
        """The tier, None where there is none."""
        at = self._standing
        return None if at.tier is None else TierView(at.tier.name, at.start, at.expiry)

    @property
    def points_to_next_tier(self) -> Decimal | None:
        """What is missing to the next tier, None at the top."""
        return self._standing.points_to_next

    @property
    def next_tier_name(self) -> str | None:
        """The next tier, None at the top."""
        following = self._standing.next_tier
        return None if following is None else following.name

    @property
    def sub_ledgers(self) -> "SubLedgers":
        """The subledgers by id; one that nothing ever happened in is empty."""
        return SubLedgers(self._state, self._program, self._key)

    @property
    def _ledger(self) -> Ledger:
        return self._state.facts.ledgers.get(self._key, NO_POINTS)

    @property
    def _stored(self) -> Balances:
        return balances(self._ledger, self._state.moment.now)

    @property
    def _tentative(self) -> Balances:
        return balances(self._state.ledger(self._key), self._state.moment.now)

    @property
    def _standing(self) -> Standing:
        return standing(self._program, self._ledger, self._state.moment.now)


class SubLedgers:
    """The subledgers beside a ledger."""

    __slots__ = ("_key", "_program", "_state")

    def __init__(self, state: State, program: LoyaltyProgram, key: LedgerKey) -> None:
        self._state = state
        self._program = program
        self._key = key

    def get(self, subledger_id: str) -> LedgerView:
        """One of them."""
        return LedgerView(self._state, self._program, self._key._replace(subledger_id=subledger_id))


class LoyaltyView:
    """All loyalty programs in which the customer can have points."""

    __slots__ = ("_programs", "_state")

    def __init__(self, state: State, definitions: Definitions) -> None:
        self._state = state
        self._programs = definitions.loyalty_programs

    def get(self, name: str) -> LedgerView | None:
        """The main ledger in one of them; None where nobody here can have points in it."""
        program = self._programs[name]
        owner = self._state.owner_in(program)
        return LedgerView(self._state, program, LedgerKey(program.id, owner, "")) if owner else None


_TIER = record(
    "Tier",
    Field("Name", STRING, "name", doc="Name of the tier"),
    Field("StartDate", TIME, "start_date", optional=True, doc="Since when, where tiers expire"),
    Field("ExpiryDate", TIME, "expiry_date", optional=True, doc="Until when, where tiers expire"),
)
_FIELDS = (
    Field("CurrentBalance", DECIMAL, "current_balance", doc="Points that can be spent"),
    Field("PendingBalance", DECIMAL, "pending_balance", doc="Points that are still to come"),
    Field("NegativeBalance", DECIMAL, "negative_balance", doc="Points that are owed"),
    Field("TentativeCurrentBalance", DECIMAL, "tentative_current_balance", doc="With those of this session"),
    Field("TentativePendingBalance", DECIMAL, "tentative_pending_balance", doc="With those of this session"),
    Field("TentativeNegativeBalance", DECIMAL, "tentative_negative_balance", doc="With those of this session"),
    Field("ExpiredBalance", DECIMAL, "expired_balance", doc="Always 0 (deprecated)"),
    Field("SpentBalance", DECIMAL, "spent_balance", doc="Always 0 (deprecated)"),
    Field("CurrentTier", _TIER, "current_tier", optional=True, doc="The tier of the customer"),
    Field("PointsToNextTier", DECIMAL, "points_to_next_tier", optional=True, doc="Points missing to the next tier"),
    Field("NextTierName", STRING, "next_tier_name", optional=True, doc="Name of the next tier"),
)
_PROGRAM = record(
    "LoyaltyProgram",
    *_FIELDS,
    Field("SubLedgers", MapType(record("SubLedger", *_FIELDS)), "sub_ledgers", doc="The subledgers by id"),
)


def loyalty_root(definitions: Definitions) -> Root:
    """The root `Loyalty`."""
    programs = MapType(ANY, dict.fromkeys(definitions.loyalty_programs, _PROGRAM))
    return Root("Loyalty", programs, "loyalty", doc="Points of the customer, by loyalty program")
