"""Tiers: the level that points have earned, how long it is held, and where it goes when it expires.

A tier is earned by active points alone. Where tiers do not expire, the balance decides at every moment. Where they do,
more points raise the tier at once, and fewer lower it only when it expires. Source: semantics, section 15.4.
"""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from largesse.engine.loyalty.changes import HoldTier
from largesse.engine.loyalty.durations import Duration, parse_duration
from largesse.engine.loyalty.ledgers import HeldTier, Ledger, LedgerKey, balances
from largesse.engine.loyalty.programs import LoyaltyProgram, TierLevel
from largesse.engine.money import EXACT, ZERO

# A tier nobody looked at for so many of its periods begins a new one now: there is no history to be exact about.
PERIODS_MAX = 200


class Standing(Struct, frozen=True):
    """Where a ledger stands at a moment: its tier, since and until when, and what the next one takes.

    Where tiers do not expire they have no dates.
    """

    tier: TierLevel | None = None
    start: datetime | None = None
    expiry: datetime | None = None
    next_tier: TierLevel | None = None
    points_to_next: Decimal | None = None

    @property
    def held(self) -> HeldTier | None:
        """What is to be remembered of it."""
        if self.tier is None or self.start is None:
            return None
        return HeldTier(self.tier.id, self.start, self.expiry)


def standing(program: LoyaltyProgram, ledger: Ledger, at: datetime) -> Standing:
    """Where a ledger stands at a moment, if nothing happens until then."""
    if program.card_based or not program.tiers:
        return Standing()
    points = balances(ledger, at).active
    if program.tiers_expire_in is None:
        return _standing(program, points, deserved(program, points), None, None)
    return _held(program, ledger, at)


def deserved(program: LoyaltyProgram, points: Decimal) -> TierLevel | None:
    """The highest tier that so many active points reach."""
    return next((tier for tier in reversed(program.tiers) if tier.points_min <= points), None)


def next_expiry(program: LoyaltyProgram, ledger: Ledger, start: datetime) -> datetime | None:
    """When a tier that begins now expires."""
    period = parse_duration(program.tiers_expire_in or "")
    if period is None:
        return None
    match program.tiers_expiration_policy:
        case "program_join_date":
            return _first_after(period, ledger.joined or start, start, program)
        case "absolute_expiration":
            return _first_after(period, program.tier_cycle_start_date or start, start, program)
        case _:
            return period.after(start, program.zone)


def _held(program: LoyaltyProgram, ledger: Ledger, at: datetime) -> Standing:
    """The tier held, lowered at every expiry since it was looked at, then raised to what the balance has earned."""
    held = ledger.held
    tier = next((each for each in program.tiers if held is not None and each.id == held.tier_id), None)
    start, expiry = (held.start, held.expiry) if held is not None and tier is not None else (None, None)
    for _ in range(PERIODS_MAX):
        if tier is None or expiry is None or expiry > at:
            break
        start = expiry
        tier = _after_expiry(program, tier, balances(ledger, expiry).active)
        expiry = next_expiry(program, ledger, start)
    else:
        start, expiry = at, next_expiry(program, ledger, at)
    points = balances(ledger, at).active
    earned = deserved(program, points)
    if earned is not None and (tier is None or earned.points_min > tier.points_min):
        tier, start, expiry = earned, at, next_expiry(program, ledger, at)
    if tier is None or (points == ZERO and held is None):
        # Nobody without points has begun anything, not even where the lowest tier takes none.
        start = expiry = None
    return _standing(program, points, tier, start, expiry)


def _after_expiry(program: LoyaltyProgram, tier: TierLevel, points: Decimal) -> TierLevel | None:
    """The tier after the one that expires, with so many active points."""
    if points >= tier.points_min or program.tiers_downgrade_policy == "balance_based":
        return deserved(program, points)
    place = program.tiers.index(tier)
    return program.tiers[place - 1] if place else None


def _standing(
    program: LoyaltyProgram, points: Decimal, tier: TierLevel | None, start: datetime | None, expiry: datetime | None
) -> Standing:
    above = [each for each in program.tiers if tier is None or each.points_min > tier.points_min]
    if not above:
        return Standing(tier, start, expiry)
    return Standing(tier, start, expiry, above[0], max(EXACT.subtract(above[0].points_min, points), ZERO))


def _first_after(period: Duration, base: datetime, moment: datetime, program: LoyaltyProgram) -> datetime:
    """The first end of a period later than a moment, counting periods from `base`."""
    elapsed = int((moment - base).total_seconds())
    # As many whole periods as have surely passed are skipped; rounding may have brought an end forward by one or two.
    passed = max(0, elapsed // max(1, period.longest_seconds) - 2)
    for number in range(passed + 1, passed + PERIODS_MAX):
        end = Duration(period.amount * number, period.unit, period.rounding).after(base, program.zone)
        if end > moment:
            return end
    return period.after(moment, program.zone)


def tier_to_hold(program: LoyaltyProgram, key: LedgerKey, ledger: Ledger, at: datetime) -> HoldTier | None:
    """What is to be remembered of a ledger's tier from now on; None where that is what is remembered already."""
    held = standing(program, ledger, at).held
    if held is None or held == ledger.held:
        return None
    return HoldTier(key, held.tier_id, held.start, held.expiry)
