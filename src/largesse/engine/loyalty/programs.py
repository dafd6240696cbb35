"""Loyalty programs: their settings, what is wrong with them, and when their points start and expire.

Source: semantics, section 15.1.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from largesse.engine.loyalty.durations import IMMEDIATE, ON_ACTION, UNLIMITED, parse_duration
from largesse.engine.money import EXACT

JoinPolicy = Literal["not_join", "points_activated", "points_earned"]
TiersExpirationPolicy = Literal["tier_start_date", "program_join_date", "customer_attribute", "absolute_expiration"]
TiersDowngradePolicy = Literal["one_down", "balance_based"]
ReturnPolicy = Literal["only_pending", "within_balance", "unlimited"]

# Points are kept to the cent, and no ledger entry passes the published ceiling.
POINTS_UNIT = Decimal("0.01")
POINTS_MAX = Decimal("999999999999.99")


class TierLevel(Struct, frozen=True):
    """One level of a program, and the active points it takes."""

    id: int
    name: str
    points_min: Decimal


class LoyaltyProgram(Struct, frozen=True, kw_only=True):
    """A loyalty program as evaluation needs it; points belong to profiles or, where it is `card_based`, to cards.

    Tiers are ordered by the points they take. Without `tiers_expire_in` a tier is whatever the balance deserves; with
    it a tier is held until it expires, and lost as `tiers_downgrade_policy` says. Only Applications that are subscribed
    can use it.
    """

    id: int
    name: str
    title: str = ""
    timezone: str = "UTC"
    sandbox: bool = False
    card_based: bool = False
    allow_subledger: bool = False
    subscribed_applications: tuple[int, ...] = ()
    default_validity: str = UNLIMITED
    default_pending: str = IMMEDIATE
    program_join_policy: JoinPolicy = "not_join"
    tiers: tuple[TierLevel, ...] = ()
    tiers_expiration_policy: TiersExpirationPolicy | None = None
    tier_cycle_start_date: datetime | None = None
    tiers_expire_in: str | None = None
    tiers_downgrade_policy: TiersDowngradePolicy | None = None
    return_policy: ReturnPolicy = "only_pending"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its durations."""
        return ZoneInfo(self.timezone)


class Term(Struct, frozen=True):
    """From when until when points are active; no start awaits an action, no expiry is none.

    `validity` is how long points will be active once the action has come, "" where their expiry is known or none.
    """

    start: datetime | None
    expiry: datetime | None
    validity: str = ""


def usable_in(application_id: int, programs: Iterable[LoyaltyProgram]) -> dict[str, LoyaltyProgram]:
    """The programs that one Application may use, by exact name."""
    return {program.name: program for program in programs if application_id in program.subscribed_applications}


def is_validity(text: str) -> bool:
    """Whether a text says how long points are active."""
    return text == UNLIMITED or parse_duration(text) is not None


def is_pending(text: str) -> bool:
    """Whether a text says how long points are pending."""
    return text in (IMMEDIATE, ON_ACTION) or parse_duration(text) is not None


def term_of(
    program: LoyaltyProgram,
    now: datetime,
    *,
    pending: str = "",
    pending_until: datetime | None = None,
    validity: str = "",
    valid_until: datetime | None = None,
) -> Term:
    """When points awarded now are active: as said, or as the program has it. The texts must be durations.

    The expiry counts from the start, and starts with it where the start awaits an action.
    """
    lasting = validity or program.default_validity
    start: datetime | None = pending_until
    if pending_until is None:
        start = start_after(program, now, pending or program.default_pending)
    if valid_until is not None:
        return Term(start, valid_until)
    if start is None:
        return Term(None, None, "" if lasting == UNLIMITED else lasting)
    return Term(start, expiry_after(program, start, lasting))


def start_after(program: LoyaltyProgram, now: datetime, pending: str) -> datetime | None:
    """When points become active that are pending for so long; None: once an action has come."""
    if pending == ON_ACTION:
        return None
    duration = None if pending == IMMEDIATE else parse_duration(pending)
    return now if duration is None else duration.after(now, program.zone)


def expiry_after(program: LoyaltyProgram, start: datetime, validity: str) -> datetime | None:
    """When points expire that are active for so long; None: never."""
    duration = None if validity == UNLIMITED else parse_duration(validity)
    return None if duration is None else duration.after(start, program.zone)


def rounded(points: Decimal) -> Decimal:
    """Points as ledgers keep them, rounded half up to the cent."""
    return points.quantize(POINTS_UNIT, ROUND_HALF_UP, context=EXACT)
