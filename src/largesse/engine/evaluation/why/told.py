"""The shapes of an explanation, as the engine gives them and the API sends them."""

from decimal import Decimal
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.codes.coupons import CampaignExclusion, CouponRejection
from largesse.engine.codes.referrals import ReferralRejection

FixKind = Literal["amount", "items", "coupon", "referral", "profile", "time", "store", "value"]


class Fix(Struct, frozen=True, rename="camel"):
    """The nearest change after which a condition would hold.

    kind: what would have to change: an amount of money or another number, items of the cart, the coupons or the
    referral code of the session, who the customer is, the moment, the store, or one value. text: the change in words,
    such as "3.40 more in the cart". amount: by how much (money, pieces or seconds). path: of what. code: which code to
    remove. value: what to set.
    """

    kind: FixKind
    text: str
    amount: Decimal | UnsetType = UNSET
    path: str | UnsetType = UNSET
    code: str | UnsetType = UNSET
    value: JSON | UnsetType = UNSET


class Reason(Struct, frozen=True, rename="camel"):
    """Why a condition does not hold. condition_index: which one of its rule, from 0. expression: the part of it that
    fails, in the rule language's text form. actual and wanted: the values that do not agree."""

    condition_index: int
    expression: str
    text: str
    actual: JSON | UnsetType = UNSET
    wanted: JSON | UnsetType = UNSET
    fix: Fix | UnsetType = UNSET


class RuleTold(Struct, frozen=True, rename="camel"):
    """How one rule came out in one pass, with a code or without. reasons: all conditions that do not hold, the first of
    which stopped the rule. effect_index and details: the effect that could not be applied, and why."""

    rule_index: int
    rule_name: str
    fired: bool
    coupon_code: str | UnsetType = UNSET
    reasons: tuple[Reason, ...] = ()
    effect_index: int | UnsetType = UNSET
    details: str | UnsetType = UNSET


class CampaignTold(Struct, frozen=True, rename="camel"):
    """How a campaign came out. text: why it took no part, or why what it gave was dropped; absent where its rules tell
    all."""

    campaign_id: int
    campaign_name: str
    triggered: bool
    text: str | UnsetType = UNSET
    fix: Fix | UnsetType = UNSET
    exclusion_reason: CampaignExclusion | UnsetType = UNSET
    rules: tuple[RuleTold, ...] = ()


class CodeTold(Struct, frozen=True, rename="camel"):
    """What became of a coupon or referral code of the session, as it was entered."""

    code: str
    accepted: bool
    text: str
    reason: CouponRejection | ReferralRejection | UnsetType = UNSET
    campaign_id: int | UnsetType = UNSET
    fix: Fix | UnsetType = UNSET


class SessionTold(Struct, frozen=True, rename="camel"):
    """A whole evaluation, told: every code, every campaign, every rule. `unanswered` is as of its outcome."""

    codes: tuple[CodeTold, ...]
    campaigns: tuple[CampaignTold, ...]
    unanswered: frozenset[str] = frozenset()
