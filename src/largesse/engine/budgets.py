"""Budgets: how often, or up to what amount, a campaign may do something, for everybody or per coupon, profile and so
on.

A limit says what is bounded; a budget key names one counter of it (this campaign, this action, this week, this
profile). A counter exists only where a limit is defined: usage before that is not known. Source: semantics, section
13.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct

Action = Literal[
    "redeemCoupon",
    "redeemReferral",
    "createCoupon",
    "createReferral",
    "setDiscount",
    "setDiscountEffect",
    "createLoyaltyPoints",
    "createLoyaltyPointsEffect",
    "redeemLoyaltyPoints",
    "redeemLoyaltyPointsEffect",
    "customEffect",
    "callApi",
    "awardGiveaway",
    "addFreeItemEffect",
    "reserveCoupon",
]
Period = Literal["daily", "weekly", "monthly", "yearly"]
BudgetEntity = Literal["Coupon", "Referral", "Profile", "Identifier", "Store", "Session"]

OVERALL = "overall"


class Limit(Struct, frozen=True):
    """At most `limit` of an action, per period (None: ever) and per combination of `entities` (none: campaign-wide)."""

    action: Action
    limit: Decimal
    period: Period | None = None
    entities: tuple[BudgetEntity, ...] = ()


class Subject(Struct, frozen=True):
    """Whose budgets are meant: the moment in the Application's time zone and every entity a limit can be bound to."""

    local_now: datetime
    session_id: str
    profile_id: str = ""
    coupon_code: str = ""
    referral_code: str = ""
    identifiers: tuple[str, ...] = ()
    store_id: str = ""


class CountBudget(Struct, frozen=True, tag=True):
    """Change: add `amount` to one counter, refused where that would pass `limit` (None: unguarded, when giving
    back)."""

    campaign_id: int
    key: str
    action: Action
    period: str
    amount: Decimal
    limit: Decimal | None

    def inverse(self) -> "CountBudget":
        """Give the amount back to the same counter, even when its period is over by now."""
        return CountBudget(self.campaign_id, self.key, self.action, self.period, -self.amount, None)


def keys(limit: Limit, subject: Subject) -> tuple[str, ...]:
    """The counters that one limit asks for.

    One per identifier where the limit is per identifier, else one. None at all when an entity of the limit is absent
    from the session (no coupon, no identifier ...): such a limit is then neither checked nor counted. A limit per
    profile without a profile is a matter for the caller (`needs_profile`).
    """
    prefixes = [f"{limit.action}|{_bucket(limit.period, subject.local_now)}"]
    for entity in limit.entities:
        prefixes = [f"{prefix}|{entity}={name}" for prefix in prefixes for name in _names(entity, subject)]
    return tuple(prefixes)


def _names(entity: BudgetEntity, subject: Subject) -> Iterable[str]:
    # An identifier that is sent twice is still one counter.
    names = dict.fromkeys(subject.identifiers) if entity == "Identifier" else (_name(entity, subject),)
    return [name.replace("\\", "\\\\").replace("|", "\\|") for name in names if name]


def _name(entity: Literal["Coupon", "Referral", "Profile", "Store", "Session"], subject: Subject) -> str:
    match entity:
        case "Coupon":
            return subject.coupon_code
        case "Referral":
            return subject.referral_code
        case "Profile":
            return subject.profile_id
        case "Store":
            return subject.store_id
        case "Session":
            return subject.session_id


def _bucket(period: Period | None, local_now: datetime) -> str:
    """The period a moment falls into; weeks start on Monday."""
    match period:
        case None:
            return OVERALL
        case "daily":
            return f"daily:{local_now:%Y-%m-%d}"
        case "weekly":
            return f"weekly:{local_now - timedelta(days=local_now.weekday()):%Y-%m-%d}"
        case "monthly":
            return f"monthly:{local_now:%Y-%m}"
        case "yearly":
            return f"yearly:{local_now:%Y}"
