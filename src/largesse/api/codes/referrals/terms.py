"""From what callers send to what is stored: the terms of referrals, checked as a whole, every mistake named at once."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from largesse.api.codes.referrals.wire import NewReferral, NewReferralsForMultipleAdvocates, UpdateReferral
from largesse.api.integration_ids import too_long
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.engine.attributes import JSON, AttributeDefinitions, accept, merge
from largesse.engine.codes.referrals import Referral
from largesse.engine.formats.codes import DEFAULT_CHARACTERS, DEFAULT_PATTERN, CodePattern, code_pattern
from largesse.engine.refusals import INVALID_VALUE, REQUIRED, TOO_LONG, Refusal
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, Invalid, at_pointer
from largesse.storage.codes.referrals import ReferralCampaign, ReferralTerms

ADVOCATE = "/advocateProfileIntegrationId"
FRIEND = "/friendProfileIntegrationId"


class NewBatch(Struct, frozen=True):
    """Referrals to create: for whom, from which pattern, on which terms."""

    advocates: tuple[str, ...]
    pattern: CodePattern
    terms: ReferralTerms


def accept_new(
    sent: NewReferral | NewReferralsForMultipleAdvocates, campaign: ReferralCampaign, definitions: AttributeDefinitions
) -> NewBatch:
    """The referrals asked for. Raises `Invalid` with everything that is wrong."""
    friend = given(sent.friend_profile_integration_id) or None if isinstance(sent, NewReferral) else None
    pattern = _pattern(sent, campaign)
    errors = _wrong_people(sent, friend)
    errors += [] if isinstance(pattern, CodePattern) else errors_of(pattern)
    attributes = _attributes(sent.attributes, definitions, errors)
    errors += _wrong_dates(given(sent.start_date), given(sent.expiry_date))
    advocates = tuple(dict.fromkeys(_advocates(sent)))
    if isinstance(pattern, CodePattern) and len(advocates) > pattern.capacity:
        errors.append(used_up(len(advocates)))
    if errors or not isinstance(pattern, CodePattern):
        raise Invalid(errors=errors)
    usage_limit = given(sent.usage_limit)
    terms = ReferralTerms(
        friend_profile_integration_id=friend,
        start_date=given(sent.start_date),
        expiry_date=given(sent.expiry_date),
        usage_limit=1 if usage_limit is None else usage_limit,
        attributes=merge({}, attributes),
    )
    return NewBatch(advocates, pattern, terms)


def accept_update(sent: UpdateReferral, before: Referral, definitions: AttributeDefinitions) -> ReferralTerms:
    """A referral's terms after an update. Raises `Invalid` with everything that is wrong.

    Sent attributes are merged into the stored ones. Dates and friend are removed unless they are sent.
    """
    friend = given(sent.friend_profile_integration_id) or None
    errors: list[FieldError] = []
    if friend is not None:
        errors += _wrong_friend(friend, (before.advocate_profile_integration_id,))
    attributes = merge(before.attributes, _attributes(sent.attributes, definitions, errors))
    errors += _wrong_dates(given(sent.start_date), given(sent.expiry_date))
    refuse_if_any(errors)
    usage_limit = given(sent.usage_limit)
    return ReferralTerms(
        friend_profile_integration_id=friend,
        start_date=given(sent.start_date),
        expiry_date=given(sent.expiry_date),
        usage_limit=before.usage_limit if usage_limit is None else usage_limit,
        attributes=attributes,
    )


def used_up(count: int) -> FieldError:
    """The mistake of asking a pattern for more codes than it has left."""
    return at_pointer(INVALID_VALUE, f"The pattern does not have {count} free codes", "/referralPattern")


def _advocates(sent: NewReferral | NewReferralsForMultipleAdvocates) -> Sequence[str]:
    if isinstance(sent, NewReferral):
        return (sent.advocate_profile_integration_id,)
    return sent.advocate_profile_integration_ids


def _wrong_people(sent: NewReferral | NewReferralsForMultipleAdvocates, friend: str | None) -> list[FieldError]:
    errors: list[FieldError] = []
    for index, advocate in enumerate(_advocates(sent)):
        pointer = ADVOCATE if isinstance(sent, NewReferral) else f"{ADVOCATE}s/{index}"
        if not advocate:
            errors.append(at_pointer(REQUIRED, "an id must not be empty", pointer))
        elif details := too_long(advocate):
            errors.append(at_pointer(TOO_LONG, details, pointer))
    if friend is not None:
        errors += _wrong_friend(friend, _advocates(sent))
    return errors


def _wrong_friend(friend: str, advocates: Sequence[str]) -> list[FieldError]:
    if details := too_long(friend):
        return [at_pointer(TOO_LONG, details, FRIEND)]
    if friend in advocates:
        return [at_pointer(INVALID_VALUE, "nobody can be referred by themselves", FRIEND)]
    return []


def _wrong_dates(start_date: datetime | None, expiry_date: datetime | None) -> list[FieldError]:
    if start_date is not None and expiry_date is not None and expiry_date <= start_date:
        return [at_pointer(INVALID_VALUE, "expiryDate must be after startDate", "/expiryDate")]
    return []


def _attributes(
    sent: Omittable[dict[str, JSON]], definitions: AttributeDefinitions, errors: list[FieldError]
) -> dict[str, JSON]:
    """The attributes sent, null where one is to be cleared; what is wrong with them is added to `errors`."""
    accepted, refused = accept("Referral", given(sent) or {}, definitions, "/attributes")
    errors += errors_of(refused)
    return accepted


def _pattern(
    sent: NewReferral | NewReferralsForMultipleAdvocates, campaign: ReferralCampaign
) -> CodePattern | tuple[Refusal, ...]:
    """The pattern sent, else the campaign's, else our default."""
    text, characters = None, None
    if isinstance(sent, NewReferralsForMultipleAdvocates):
        text, characters = given(sent.referral_pattern), given(sent.valid_characters)
    if text is None and campaign.referral_settings:
        text = campaign.referral_settings["couponPattern"]
        characters = characters or campaign.referral_settings["validCharacters"]
    characters = list(DEFAULT_CHARACTERS) if characters is None else characters
    return code_pattern(text or DEFAULT_PATTERN, characters, campaign.case_sensitivity, "referralPattern")
