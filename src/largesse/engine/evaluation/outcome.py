"""What an evaluation decided: effects for the shop, changes for storage, and why rules did not fire."""

from collections.abc import Mapping

from msgspec import UNSET, Struct, UnsetType, field

from largesse.engine.changes import Change
from largesse.engine.codes.coupons import CampaignExclusion, CouponRejection
from largesse.engine.codes.referrals import ReferralRejection
from largesse.engine.customers.profiles import Profile
from largesse.engine.effects.record import EffectRecord
from largesse.engine.loyalty.ledgers import Ledger, LedgerKey
from largesse.engine.shopping.sessions import Session
from largesse.language import Explanation


class RuleFailure(Struct, frozen=True, rename="camel"):
    """Why one rule did not fire, in the published shape of a rule failure reason.

    `condition_index` and `effect_index` count from 0 at the rule's top level; exactly one of them is set.
    """

    campaign_id: int = field(name="campaignID")
    campaign_name: str
    ruleset_id: int = field(name="rulesetID")
    rule_index: int
    rule_name: str
    coupon_id: int | UnsetType = field(default=UNSET, name="couponID")
    coupon_value: str | UnsetType = UNSET
    referral_id: int | UnsetType = field(default=UNSET, name="referralID")
    referral_value: str | UnsetType = UNSET
    condition_index: int | UnsetType = UNSET
    effect_index: int | UnsetType = UNSET
    details: str | UnsetType = UNSET
    evaluation_group_id: int | UnsetType = field(default=UNSET, name="evaluationGroupID")
    evaluation_group_mode: str | UnsetType = UNSET


class RuleTrace(Struct, frozen=True):
    """How one rule came out in one pass: whether it fired, and its conditions with their values, part by part.

    What fired in a campaign that was excluded afterwards fired for nothing. `rejection` is why the coupon of the pass
    cannot be used whatever the rules say, `referral_rejection` the same of the session's referral.
    """

    campaign_id: int
    rule_index: int
    rule_name: str
    coupon_code: str
    fired: bool
    condition: Explanation
    failure: RuleFailure | None = None
    rejection: CouponRejection | None = None
    referral_rejection: ReferralRejection | None = None


class Exclusion(Struct, frozen=True):
    """A campaign that contributes nothing because of its evaluation group: which group decided, and why."""

    campaign_id: int
    group_id: int
    reason: CampaignExclusion


class Outcome(Struct, frozen=True):
    """One evaluation's answer.

    `session` and `profile` are as they will stand once `changes` are stored (attributes set by rules included).
    `triggered` are the ids of campaigns of which at least one rule fired, in evaluation order, without those that
    `excluded` names: they gave way to others of their evaluation group. `ledgers` are those whose points it has
    changed, as they will stand once the session is closed. A dry evaluation has no changes.
    Where rules came upon texts of which nobody had asked whether they are in a collection (`unanswered`), the
    evaluation is to be repeated with the answer.
    """

    session: Session
    profile: Profile | None
    effects: tuple[EffectRecord, ...]
    changes: tuple[Change, ...]
    triggered: tuple[int, ...] = ()
    failures: tuple[RuleFailure, ...] = ()
    trace: tuple[RuleTrace, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    ledgers: Mapping[LedgerKey, Ledger] = {}
    unanswered: frozenset[str] = frozenset()
