"""What is wrong with the settings of a loyalty program, or with points awarded or taken by hand."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import available_timezones

from largesse.engine.loyalty.durations import IMMEDIATE, ON_ACTION, UNLIMITED, parse_duration
from largesse.engine.loyalty.programs import POINTS_MAX, LoyaltyProgram, is_pending, is_validity, rounded
from largesse.engine.money import ZERO
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, REQUIRED, TOO_LONG, TOO_MANY, Refusal

# Published for the ids of subledgers and the names of transactions.
SUBLEDGER_CHARACTERS_MAX = 64
REASON_CHARACTERS_MAX = 255
# Nothing is published; a ladder with more rungs is a mistake.
TIERS_MAX = 100

# Default durations are rounded up at days, weeks and months only, as published.
_ROUNDED_DEFAULTS = frozenset("DWM")
_DURATION = "a whole number and one of s, m, h, D, W, M, Y, such as 30D"


def program_refusals(program: LoyaltyProgram) -> list[Refusal]:
    """Everything that is wrong with the settings of a program, with pointers into its body."""
    return [*_basics(program), *_durations(program), *_tiers(program), *_expiration(program)]


def points_refusals(points: Decimal, name: str, subledger_id: str, program: LoyaltyProgram) -> list[Refusal]:
    """What is wrong with an amount of points, the reason for it and the subledger it is for."""
    found: list[Refusal] = []
    if not ZERO < rounded(points) <= POINTS_MAX:
        found.append(Refusal(OUT_OF_RANGE, f"points must be more than 0 and at most {POINTS_MAX}", "/points"))
    if len(name) > REASON_CHARACTERS_MAX:
        details = f"name must not be longer than {REASON_CHARACTERS_MAX} characters"
        found.append(Refusal(TOO_LONG, details, "/name"))
    if details := subledger_fault(subledger_id, program):
        found.append(Refusal(INVALID_VALUE, details, "/subledgerId"))
    return found


def subledger_fault(subledger_id: str, program: LoyaltyProgram) -> str:
    """Why a subledger cannot be used, "" where it can."""
    if subledger_id and not program.allow_subledger:
        return f'the loyalty program "{program.name}" has no subledgers'
    if len(subledger_id) > SUBLEDGER_CHARACTERS_MAX:
        return f"the id of a subledger must not be longer than {SUBLEDGER_CHARACTERS_MAX} characters"
    return ""


def term_refusals(
    pending: str | None, pending_until: datetime | None, validity: str | None, valid_until: datetime | None
) -> list[Refusal]:
    """What is wrong with when points are to start and to expire."""
    found: list[Refusal] = []
    if pending is not None and pending_until is not None:
        found.append(Refusal(INVALID_VALUE, "give pendingDuration or pendingUntil, not both", "/pendingUntil"))
    if validity is not None and valid_until is not None:
        found.append(Refusal(INVALID_VALUE, "give validityDuration or validUntil, not both", "/validUntil"))
    if pending is not None and not is_pending(pending):
        details = f'pendingDuration must be "{IMMEDIATE}", "{ON_ACTION}" or {_DURATION}'
        found.append(Refusal(INVALID_VALUE, details, "/pendingDuration"))
    if validity is not None and not is_validity(validity):
        details = f'validityDuration must be "{UNLIMITED}" or {_DURATION}'
        found.append(Refusal(INVALID_VALUE, details, "/validityDuration"))
    if pending_until is not None and valid_until is not None and valid_until <= pending_until:
        found.append(Refusal(OUT_OF_RANGE, "validUntil must be later than pendingUntil", "/validUntil"))
    return found


def _basics(program: LoyaltyProgram) -> Iterator[Refusal]:
    if not program.name:
        yield Refusal(REQUIRED, "name must not be empty", "/name")
    if not program.title:
        yield Refusal(REQUIRED, "title must not be empty", "/title")
    if program.timezone not in available_timezones():
        yield Refusal(INVALID_VALUE, f'"{program.timezone}" is not a time zone', "/timezone")


def _durations(program: LoyaltyProgram) -> Iterator[Refusal]:
    if not is_validity(program.default_validity) or not _is_default(program.default_validity):
        yield Refusal(INVALID_VALUE, f'defaultValidity must be "{UNLIMITED}" or {_DURATION}', "/defaultValidity")
    if not is_pending(program.default_pending) or not _is_default(program.default_pending):
        details = f'defaultPending must be "{IMMEDIATE}", "{ON_ACTION}" or {_DURATION}'
        yield Refusal(INVALID_VALUE, details, "/defaultPending")


def _is_default(text: str) -> bool:
    duration = parse_duration(text)
    return duration is None or duration.rounding != "U" or duration.unit in _ROUNDED_DEFAULTS


def _tiers(program: LoyaltyProgram) -> Iterator[Refusal]:
    tiers = program.tiers
    if tiers and program.card_based:
        yield Refusal(INVALID_VALUE, "a card-based program has no tiers", "/tiers")
    if len(tiers) > TIERS_MAX:
        yield Refusal(TOO_MANY, f"a program must not have more than {TIERS_MAX} tiers", "/tiers")
    for position in _repeated([tier.name for tier in tiers]):
        yield Refusal(INVALID_VALUE, "there is another tier with this name", f"/tiers/{position}/name")
    for position in _repeated([tier.points_min for tier in tiers]):
        yield Refusal(INVALID_VALUE, "there is another tier that takes as many points", f"/tiers/{position}/minPoints")
    for position, tier in enumerate(tiers):
        if not ZERO <= tier.points_min <= POINTS_MAX:
            details = f"minPoints must be between 0 and {POINTS_MAX}"
            yield Refusal(OUT_OF_RANGE, details, f"/tiers/{position}/minPoints")


def _repeated(values: Sequence[object]) -> Iterable[int]:
    return [position for position, value in enumerate(values) if value in values[:position]]


def _expiration(program: LoyaltyProgram) -> Iterator[Refusal]:
    policy, period = program.tiers_expiration_policy, program.tiers_expire_in
    if policy == "customer_attribute":
        details = "customer_attribute cannot be used: nothing says which attribute it would be"
        yield Refusal(INVALID_VALUE, details, "/tiersExpirationPolicy")
    if (policy is None) != (period is None):
        missing = "tiersExpirationPolicy" if policy is None else "tiersExpireIn"
        yield Refusal(REQUIRED, "tiersExpirationPolicy and tiersExpireIn go together", f"/{missing}")
    if period is not None:
        duration = parse_duration(period)
        if duration is None or not duration.amount:
            yield Refusal(INVALID_VALUE, f"tiersExpireIn must be {_DURATION}", "/tiersExpireIn")
        if program.tiers_downgrade_policy is None:
            yield Refusal(REQUIRED, "tiers that expire need a tiersDowngradePolicy", "/tiersDowngradePolicy")
    if policy == "absolute_expiration" and program.tier_cycle_start_date is None:
        yield Refusal(REQUIRED, "absolute_expiration needs a tierCycleStartDate", "/tierCycleStartDate")
