"""Jobs about coupons as callers write and see them."""

from typing import TypeVar

from msgspec import UNSET, UnsetType

from largesse.api.codes.coupons.bulk_wire import CouponCreationJob, CouponDeletionFilters, CouponDeletionJob
from largesse.api.models.code_generator import CodeGeneratorSettings
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import given
from largesse.plumbing.problems import Invalid, at_pointer
from largesse.storage.codes.coupon_jobs import PATTERN_FULL, CouponCreation, CouponDeletion
from largesse.storage.codes.coupons import CODES_PER_STATEMENT_MAX, CouponFilter
from largesse.storage.jobs.jobs import StoredJob

T = TypeVar("T")


def filter_of_deletion(sent: CouponDeletionFilters, campaign_id: int) -> CouponFilter:
    """The filters of a deletion. An empty text filters nothing. Raises `Invalid`."""
    if given(sent.usable) is not None and given(sent.redeemed) is not None:
        details = "redeemed cannot be used together with usable"
        raise Invalid(errors=(at_pointer(INVALID_VALUE, details, "/filters/redeemed"),))
    value = given(sent.value) or None
    return CouponFilter(
        campaign_id=campaign_id,
        value=None if given(sent.exact_match) else value,
        exact_value=value if given(sent.exact_match) else None,
        created_before=given(sent.created_before),
        created_after=given(sent.created_after),
        starts_before=given(sent.starts_before),
        starts_after=given(sent.starts_after),
        expires_before=given(sent.expires_before),
        expires_after=given(sent.expires_after),
        valid=given(sent.valid),
        usable=given(sent.usable),
        redeemed=given(sent.redeemed),
        referral_id=given(sent.referral_id),
        recipient_integration_id=given(sent.recipient_integration_id) or None,
        batch_id=given(sent.batch_id) or None,
    )


def show_creation(job: StoredJob, creation: CouponCreation, account_id: int, application_id: int) -> CouponCreationJob:
    """A creation with how far it has come."""
    terms, pattern = creation.terms, creation.pattern
    return CouponCreationJob(
        id=job.id,
        created=job.created,
        campaign_id=creation.campaign_id,
        application_id=application_id,
        account_id=account_id,
        usage_limit=terms.usage_limit,
        discount_limit=_told(terms.discount_limit),
        reservation_limit=_told(terms.reservation_limit),
        start_date=_told(terms.start_date),
        expiry_date=_told(terms.expiry_date),
        number_of_coupons=creation.count,
        coupon_settings=CodeGeneratorSettings(valid_characters=list(pattern.characters), coupon_pattern=pattern.text),
        attributes=terms.attributes,
        batch_id=creation.batch_id,
        status=PATTERN_FULL if job.ending == PATTERN_FULL else _status(job),
        created_amount=job.done,
        fail_count=job.failures,
        errors=_errors(job),
        created_by=job.created_by,
        communicated=False,
        chunk_execution_count=job.steps,
        chunk_size=CODES_PER_STATEMENT_MAX,
    )


def show_deletion(job: StoredJob, deletion: CouponDeletion, account_id: int, application_id: int) -> CouponDeletionJob:
    """A deletion with how far it has come."""
    wanted = deletion.wanted
    return CouponDeletionJob(
        id=job.id,
        created=job.created,
        application_id=application_id,
        account_id=account_id,
        filters=CouponDeletionFilters(
            created_before=_told(wanted.created_before),
            created_after=_told(wanted.created_after),
            starts_after=_told(wanted.starts_after),
            starts_before=_told(wanted.starts_before),
            valid=_told(wanted.valid),
            usable=_told(wanted.usable),
            redeemed=_told(wanted.redeemed),
            recipient_integration_id=_told(wanted.recipient_integration_id),
            exact_match=wanted.exact_value is not None,
            value=_told(wanted.exact_value or wanted.value),
            batch_id=_told(wanted.batch_id),
            referral_id=_told(wanted.referral_id),
            expires_after=_told(wanted.expires_after),
            expires_before=_told(wanted.expires_before),
        ),
        status=_status(job),
        deleted_amount=job.done,
        fail_count=job.failures,
        errors=_errors(job),
        created_by=job.created_by,
        communicated=False,
        campaign_ids=[] if wanted.campaign_id is None else [wanted.campaign_id],
    )


def _status(job: StoredJob) -> str:
    return "pending" if job.state == "open" else job.state


def _errors(job: StoredJob) -> list[str]:
    return [job.ending] if job.ending else []


def _told(value: T | None) -> T | UnsetType:
    return UNSET if value is None else value
