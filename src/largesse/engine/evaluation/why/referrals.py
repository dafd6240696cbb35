"""Why the referral code of a session is not good, and what would help."""

from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.codes.referrals import Referral, ReferralRejection
from largesse.engine.evaluation.why.findings import Finding
from largesse.engine.evaluation.why.telling import Telling
from largesse.engine.evaluation.why.told import Fix
from largesse.engine.evaluation.why.words import when
from largesse.language import Explanation

FUNCTIONS = frozenset({"referralvalid", "referralvalidnoredeem"})

_WORDS: dict[ReferralRejection, str] = {
    "ReferralNotFound": "there is no such referral code",
    "AdvocateNotFound": "who gave it is not known",
    "ReferralRecipientIdSameAsAdvocate": "it is the customer's own",
    "ReferralCustomerAlreadyReferred": "this customer has been referred before",
    "ReferralPartOfNotRunningCampaign": "its campaign is not running",
    "ReferralExpired": "it has expired",
    "ReferralStartDateInFuture": "it is not valid yet",
    "ReferralRecipientDoesNotMatch": "it is meant for another customer",
    "ReferralLimitReached": "it has been used as often as allowed",
    "ProfileLimitReached": "this customer has used referrals as often as allowed",
    "CampaignLimitReached": "a budget of its campaign is used up",
    "ReferralRejectedByCondition": "its campaign has further conditions, or none of its rules asks for a referral",
    "EffectCouldNotBeApplied": "an effect met a limit",
    "ReferralPartOfNotTriggeredCampaign": "its campaign gave way to another, or takes no part",
}


def rejected(reason: ReferralRejection, referral: Referral | None, entered: str, now: datetime) -> tuple[str, Fix]:
    """Why a referral code was rejected, in words, and the nearest fix."""
    text = _WORDS[reason]
    if referral is not None and reason == "ReferralStartDateInFuture" and referral.start_date is not None:
        seconds = int((referral.start_date - now).total_seconds())
        starts = f"valid {when(referral.start_date, now)}"
        return f"{text}: {starts}", Fix("time", starts, amount=Decimal(seconds), code=entered)
    if referral is not None and reason == "ReferralExpired" and referral.expiry_date is not None:
        text = f"it expired {when(referral.expiry_date, now)}"
    return text, Fix("referral", f"remove referral code {entered}", code=entered)


def invalid(_told: Explanation, telling: Telling) -> Finding:
    """Why `referralValid` does not hold in a pass."""
    scene = telling.scene
    entered, referral = scene.session.referral_code, scene.facts.referral
    name = telling.campaign.name
    wanted = Fix("referral", f"enter a referral code of the campaign {name}")
    if not entered:
        return Finding("no referral code is in the session", fix=wanted)
    if referral is not None and referral.campaign_id != telling.campaign.id:
        return Finding(f"the referral code {entered} is not one of the campaign {name}", fix=wanted)
    reason = telling.referral_rejection or scene.referral_rejection
    if reason is None:
        return Finding(f"the referral code {entered} is good here")
    text, fix = rejected(reason, referral, entered, telling.now)
    return Finding(f"the referral code {entered} cannot be used: {text}", fix=fix)


def valid(_told: Explanation, telling: Telling) -> Finding:
    """One that holds and, inside `not`, must not."""
    entered = telling.scene.session.referral_code
    fix: Fix | UnsetType = Fix("referral", f"remove referral code {entered}", code=entered) if entered else UNSET
    return Finding(f"the referral code {entered} is good, and must not be", fix=fix)
