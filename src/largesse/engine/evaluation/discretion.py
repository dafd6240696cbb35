"""Telling a shop less about codes that cannot be used: nothing that would help to guess one.

An account may want this where codes are typed by people who might try many. Whatever is wrong with a code itself, it
is told as not found; that a good code does not apply to this cart is told as usual, since its owner needs to know, and
since an accepted code tells as much. What is stored, and what staff are told, stays whole.
"""

from collections.abc import Iterable

from msgspec import UNSET, structs

from largesse.engine.codes.coupons import CouponRejection
from largesse.engine.codes.referrals import ReferralRejection
from largesse.engine.effects.codes.reject_coupon import RejectCouponProps
from largesse.engine.effects.codes.reject_referral import RejectReferralProps
from largesse.engine.effects.record import EffectRecord
from largesse.engine.evaluation.outcome import Outcome, RuleFailure
from largesse.engine.evaluation.programs import Programs
from largesse.engine.evaluation.questions import folded_codes
from largesse.engine.facts import Questions

TOLD_OF_COUPONS: frozenset[CouponRejection] = frozenset(
    {"CouponNotFound", "CouponRejectedByCondition", "EffectCouldNotBeApplied", "CouponPartOfNotTriggeredCampaign"}
)
TOLD_OF_REFERRALS: frozenset[ReferralRejection] = frozenset(
    {"ReferralNotFound", "ReferralRejectedByCondition", "EffectCouldNotBeApplied", "ReferralPartOfNotTriggeredCampaign"}
)


def discreet(programs: Programs, outcome: Outcome, questions: Questions) -> tuple[Outcome, Questions]:
    """What may be told, and which codes may be told about."""
    hidden = {
        record.props.value
        for record in outcome.effects
        if isinstance(record.props, RejectCouponProps | RejectReferralProps) and _is_hidden(record)
    }
    codes = folded_codes(programs, outcome.session)
    told = structs.replace(
        outcome,
        effects=discreet_effects(outcome.effects, outcome.session.coupon_codes),
        failures=tuple(dict.fromkeys(map(_without_codes, outcome.failures))),
    )
    left = tuple(code for code in questions.coupon_codes if codes.get(code) not in hidden)
    referral = "" if outcome.session.referral_code in hidden else questions.referral_code
    return told, structs.replace(questions, coupon_codes=left, referral_code=referral)


def discreet_effects(effects: Iterable[EffectRecord], codes: Iterable[str]) -> tuple[EffectRecord, ...]:
    """The effects, with hidden rejections as those of codes that nobody knows: of no campaign, in the order of the
    codes and before everything else. What other rules give while such a code is evaluated does not name it."""
    effects = tuple(effects)
    hidden = {record.triggered_by_coupon for record in effects if _is_hidden(record)}
    unknown: list[EffectRecord] = []
    others: list[EffectRecord] = []
    for record in effects:
        match record.props:
            case RejectCouponProps(value=value) if record.campaign_id == 0 or _is_hidden(record):
                props = RejectCouponProps(value, "CouponNotFound")
                unknown.append(EffectRecord(0, 0, 0, "", "rejectCoupon", props))
            case RejectReferralProps(value=value) if record.campaign_id == 0 or _is_hidden(record):
                unknown.append(
                    EffectRecord(0, 0, 0, "", "rejectReferral", RejectReferralProps(value, "ReferralNotFound"))
                )
            case _ if record.triggered_by_coupon in hidden:
                others.append(structs.replace(record, triggered_by_coupon=UNSET))
            case _:
                others.append(record)
    order = {code: index for index, code in enumerate(codes)}
    unknown.sort(key=lambda record: _place(record, order))
    return (*unknown, *others)


def _place(record: EffectRecord, order: dict[str, int]) -> tuple[bool, int]:
    props = record.props
    return isinstance(props, RejectReferralProps), order.get(getattr(props, "value", ""), 0)


def _is_hidden(record: EffectRecord) -> bool:
    match record.props:
        case RejectCouponProps(rejection_reason=reason):
            return reason not in TOLD_OF_COUPONS
        case RejectReferralProps(rejection_reason=reason):
            return reason not in TOLD_OF_REFERRALS
        case _:
            return False


def _without_codes(failure: RuleFailure) -> RuleFailure:
    """A failure without a word about the code of its pass."""
    if failure.coupon_id is UNSET and failure.referral_id is UNSET:
        return failure
    return structs.replace(
        failure,
        coupon_id=UNSET,
        coupon_value=UNSET,
        referral_id=UNSET,
        referral_value=UNSET,
        details=UNSET,
    )
