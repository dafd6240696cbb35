"""What is asked of jobs about coupons, as it is kept until they are done."""

import msgspec
from msgspec import Struct, structs

from largesse.engine.attributes import JSON
from largesse.engine.formats.codes import CodePattern
from largesse.storage.codes.coupons import CouponFilter, CouponTerms
from largesse.storage.values import attributes_of

# The kinds of these jobs, which are the names of their modules.
CREATION = "create_coupons"
DELETION = "delete_coupons"

# Why a creation ends early; published as the status of such a job.
PATTERN_FULL = "coupon pattern full"


class CouponCreation(Struct, frozen=True, kw_only=True):
    """So many coupons of a campaign, with codes of a pattern."""

    campaign_id: int
    batch_id: str
    count: int
    pattern: CodePattern
    terms: CouponTerms


class CouponDeletion(Struct, frozen=True, kw_only=True):
    """The coupons of a campaign that pass a filter."""

    wanted: CouponFilter


def creation_of(what: JSON) -> CouponCreation:
    """The creation that a job was asked for."""
    creation = msgspec.convert(what, CouponCreation)
    terms = structs.replace(creation.terms, attributes=attributes_of(creation.terms.attributes))
    return structs.replace(creation, terms=terms)


def deletion_of(what: JSON) -> CouponDeletion:
    """The deletion that a job was asked for."""
    return msgspec.convert(what, CouponDeletion)
