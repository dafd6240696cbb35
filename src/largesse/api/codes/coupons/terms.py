"""From what callers send to what is stored: the terms of coupons, checked as a whole, every mistake named at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct, structs

from largesse.api.codes.coupons.bulk_wire import NewCouponCreationJob, NewCouponsForMultipleRecipients
from largesse.api.codes.coupons.wire import NewCoupons, UpdateCoupon, UpdateCouponBatch
from largesse.api.integration_ids import too_long
from largesse.api.models.limit import LimitConfig, accept_limits
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.engine.attributes import JSON, AttributeDefinitions, accept, escape, merge
from largesse.engine.budgets import Limit
from largesse.engine.codes.coupons import DISCOUNT_MAX, Coupon
from largesse.engine.formats.codes import DEFAULT_CHARACTERS, DEFAULT_PATTERN, CodePattern, code_pattern
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, REQUIRED, TOO_LONG, UNKNOWN, Refusal
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, Invalid, at_parameter, at_pointer
from largesse.storage.codes.coupons import BatchTerms, CouponCampaign, CouponTerms

# Published: how many coupons one request may make while the caller waits, and with the deprecated prefix.
COUPONS_MAX = 20_000
PREFIXED_COUPONS_MAX = 200_000


class NewBatch(Struct, frozen=True):
    """Coupons to create: how many, from which pattern, on which terms."""

    count: int
    pattern: CodePattern
    terms: CouponTerms


def accept_new(sent: NewCoupons, campaign: CouponCampaign, definitions: AttributeDefinitions) -> NewBatch:
    """The coupons asked for. Raises `Invalid` with everything that is wrong."""
    recipient = given(sent.recipient_integration_id) or None
    limits, errors = _limits(given(sent.limits) or [], is_single=sent.number_of_coupons == 1 and recipient is None)
    pattern = _pattern(
        given(sent.coupon_pattern), given(sent.valid_characters), campaign, given(sent.unique_prefix) or ""
    )
    errors += _wrong_number(sent, pattern) if isinstance(pattern, CodePattern) else errors_of(pattern)
    attributes = merge(campaign.coupon_attributes, _attributes(sent.attributes, definitions, errors))
    errors += missing_attributes(campaign.mandatory_attributes, attributes)
    errors += _wrong_terms(given(sent.discount_limit), given(sent.start_date), given(sent.expiry_date))
    if given(sent.support_request_id) is not None:
        errors.append(at_pointer(UNKNOWN, "There is no such support request", "/supportRequestId"))
    if errors or not isinstance(pattern, CodePattern):
        raise Invalid(errors=errors)
    terms = CouponTerms(
        usage_limit=sent.usage_limit,
        discount_limit=given(sent.discount_limit),
        reservation_limit=given(sent.reservation_limit),
        start_date=given(sent.start_date),
        expiry_date=given(sent.expiry_date),
        limits=limits,
        attributes=attributes,
        recipient_integration_id=recipient,
        is_reservation_mandatory=bool(given(sent.is_reservation_mandatory)),
        implicitly_reserved=bool(given(sent.implicitly_reserved)),
    )
    return NewBatch(sent.number_of_coupons, pattern, terms)


def accept_for_recipients(
    sent: NewCouponsForMultipleRecipients, campaign: CouponCampaign, definitions: AttributeDefinitions
) -> tuple[list[str], NewBatch]:
    """The customers named, each once, and the coupons for them. Raises `Invalid` with everything that is wrong."""
    errors: list[FieldError] = []
    for index, name in enumerate(sent.recipients_integration_ids):
        if not name:
            errors.append(at_pointer(REQUIRED, "an id must not be empty", f"/recipientsIntegrationIds/{index}"))
        elif details := too_long(name):
            errors.append(at_pointer(TOO_LONG, details, f"/recipientsIntegrationIds/{index}"))
    recipients = list(dict.fromkeys(sent.recipients_integration_ids))
    pattern = _pattern(given(sent.coupon_pattern), given(sent.valid_characters), campaign)
    return recipients, _accept_bulk(sent, len(recipients), pattern, campaign, definitions, errors)


def accept_job(sent: NewCouponCreationJob, campaign: CouponCampaign, definitions: AttributeDefinitions) -> NewBatch:
    """The coupons to be created by a job. Raises `Invalid` with everything that is wrong."""
    settings = given(sent.coupon_settings)
    text = None if settings is None else settings.coupon_pattern
    pattern = _pattern(text, None if settings is None else settings.valid_characters, campaign)
    new = _accept_bulk(sent, sent.number_of_coupons, pattern, campaign, definitions, [], "/couponSettings")
    terms = structs.replace(new.terms, is_reservation_mandatory=bool(given(sent.is_reservation_mandatory)))
    return structs.replace(new, terms=terms)


def _accept_bulk(
    sent: NewCouponsForMultipleRecipients | NewCouponCreationJob,
    count: int,
    pattern: CodePattern | tuple[Refusal, ...],
    campaign: CouponCampaign,
    definitions: AttributeDefinitions,
    errors: list[FieldError],
    place: str = "",
) -> NewBatch:
    if not isinstance(pattern, CodePattern):
        errors += errors_of(pattern, place)
    elif count > pattern.capacity:
        errors.append(used_up(count, place))
    attributes = merge(campaign.coupon_attributes, _attributes(sent.attributes, definitions, errors))
    errors += missing_attributes(campaign.mandatory_attributes, attributes)
    errors += _wrong_terms(given(sent.discount_limit), given(sent.start_date), given(sent.expiry_date))
    if errors or not isinstance(pattern, CodePattern):
        raise Invalid(errors=errors)
    terms = CouponTerms(
        usage_limit=sent.usage_limit,
        discount_limit=given(sent.discount_limit),
        reservation_limit=given(sent.reservation_limit),
        start_date=given(sent.start_date),
        expiry_date=given(sent.expiry_date),
        attributes=attributes,
    )
    return NewBatch(count, pattern, terms)


def accept_update(
    sent: UpdateCoupon, before: Coupon, campaign: CouponCampaign, definitions: AttributeDefinitions
) -> CouponTerms:
    """A coupon's terms after an update. Raises `Invalid` with everything that is wrong.

    Sent attributes are merged into the stored ones. Dates and recipient are removed unless they are sent [MA].
    """
    recipient = given(sent.recipient_integration_id) or None
    limits, errors = _limits(given(sent.limits) or [], is_single=recipient is None)
    attributes = merge(before.attributes, _attributes(sent.attributes, definitions, errors))
    errors += missing_attributes(campaign.mandatory_attributes, attributes)
    errors += _wrong_terms(given(sent.discount_limit), given(sent.start_date), given(sent.expiry_date))
    refuse_if_any(errors)
    told = {
        "usage_limit": given(sent.usage_limit),
        "discount_limit": given(sent.discount_limit),
        "reservation_limit": given(sent.reservation_limit),
        "limits": None if given(sent.limits) is None else limits,
        "is_reservation_mandatory": given(sent.is_reservation_mandatory),
        "implicitly_reserved": given(sent.implicitly_reserved),
    }
    kept = {name: getattr(before, name) for name in told}
    terms = CouponTerms(**(kept | {name: value for name, value in told.items() if value is not None}))
    return structs.replace(
        terms,
        start_date=given(sent.start_date),
        expiry_date=given(sent.expiry_date),
        attributes=attributes,
        recipient_integration_id=recipient,
    )


def accept_batch(sent: UpdateCouponBatch, campaign: CouponCampaign, definitions: AttributeDefinitions) -> BatchTerms:
    """What changes on many coupons. Raises `Invalid` with everything that is wrong.

    Mandatory attributes must be sent: whether each of the coupons has them already is not looked up [MA].
    """
    errors: list[FieldError] = []
    attributes = _attributes(sent.attributes, definitions, errors)
    errors += missing_attributes(campaign.mandatory_attributes, merge({}, attributes))
    errors += _wrong_terms(given(sent.discount_limit), given(sent.start_date), given(sent.expiry_date))
    refuse_if_any(errors)
    return BatchTerms(
        usage_limit=given(sent.usage_limit),
        discount_limit=given(sent.discount_limit),
        reservation_limit=given(sent.reservation_limit),
        start_date=given(sent.start_date),
        expiry_date=given(sent.expiry_date),
        attributes=attributes,
    )


def _attributes(
    sent: Omittable[dict[str, JSON]], definitions: AttributeDefinitions, errors: list[FieldError]
) -> dict[str, JSON]:
    """The attributes sent, null where one is to be cleared; what is wrong with them is added to `errors`."""
    accepted, refused = accept("Coupon", given(sent) or {}, definitions, "/attributes")
    errors += errors_of(refused)
    return accepted


def missing_attributes(mandatory: Iterable[str], attributes: Mapping[str, JSON]) -> list[FieldError]:
    """A mistake for every attribute that coupons must have and these lack."""
    return [
        at_pointer(REQUIRED, f'The attribute "{name}" is mandatory for coupons', f"/attributes/{escape(name)}")
        for name in mandatory
        if name not in attributes
    ]


def _limits(sent: list[LimitConfig], *, is_single: bool) -> tuple[tuple[Limit, ...], list[FieldError]]:
    """A coupon's own limits: of profiles only, and only on a single coupon that is nobody's in particular [MA]."""
    limits, errors = accept_limits(sent, "/limits")
    if sent and not is_single:
        details = "limits can only be set on a single coupon without a recipient"
        errors.append(at_pointer(INVALID_VALUE, details, "/limits"))
    for index, limit in enumerate(sent):
        if "Profile" not in limit.entities:
            details = "the limits of a coupon are per profile: entities must contain Profile"
            errors.append(at_pointer(INVALID_VALUE, details, f"/limits/{index}/entities"))
    return limits, errors


def _pattern(
    text: str | None, characters: list[str] | None, campaign: CouponCampaign, prefix: str = ""
) -> CodePattern | tuple[Refusal, ...]:
    """The pattern sent, else the campaign's, else our default; the deprecated prefix goes before any of them."""
    if text is None and campaign.coupon_settings:
        text = campaign.coupon_settings["couponPattern"]
        characters = characters or campaign.coupon_settings["validCharacters"]
    text = prefix + (text or DEFAULT_PATTERN)
    characters = list(DEFAULT_CHARACTERS) if characters is None else characters
    return code_pattern(text, characters, campaign.case_sensitivity)


def _wrong_terms(
    discount_limit: Decimal | None, start_date: datetime | None, expiry_date: datetime | None
) -> list[FieldError]:
    errors = []
    if discount_limit is not None and not 0 <= discount_limit <= DISCOUNT_MAX:
        details = f"discountLimit must be a number from 0 to {DISCOUNT_MAX}"
        errors.append(at_pointer(OUT_OF_RANGE, details, "/discountLimit"))
    if start_date is not None and expiry_date is not None and expiry_date <= start_date:
        errors.append(at_pointer(INVALID_VALUE, "expiryDate must be after startDate", "/expiryDate"))
    return errors


def _wrong_number(sent: NewCoupons, pattern: CodePattern) -> list[FieldError]:
    number_max = PREFIXED_COUPONS_MAX if given(sent.unique_prefix) else COUPONS_MAX
    if not 1 <= sent.number_of_coupons <= number_max:
        details = f"numberOfCoupons must be an integer from 1 to {number_max}"
        return [at_pointer(OUT_OF_RANGE, details, "/numberOfCoupons")]
    if sent.number_of_coupons > pattern.capacity:
        return [used_up(sent.number_of_coupons)]
    return []


def used_up(count: int, place: str = "") -> FieldError:
    """The mistake of asking a pattern for more codes than it has left; `place` is the object it stands in."""
    return at_pointer(INVALID_VALUE, f"couponPattern does not have {count} free codes", f"{place}/couponPattern")


def refuse_silent(silent: str) -> None:
    """Raises `Invalid` unless it is yes or no."""
    if silent not in ("yes", "no"):
        raise Invalid(errors=(at_parameter("enum", 'silent must be one of the following: "yes", "no"', "silent"),))
