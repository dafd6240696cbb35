"""What callers send about referrals, beside the referral itself."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct

from largesse.api.models.referral import AdvocateId, ReferralUsageLimit
from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.http.files.downloads import DateFormat
from largesse.plumbing.http.paging import Paging
from largesse.storage.codes.referrals import Validity

Pattern = Annotated[str, Meta(min_length=3, max_length=100)]
YesNo = Literal["true", "false"]

# Published: how many advocates one request may name.
ADVOCATES_MAX = 1_000


class CampaignPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The referrals of one campaign."""

    application_id: int
    campaign_id: int


class ReferralPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One referral; the contract calls its id a string."""

    application_id: int
    campaign_id: int
    referral_id: str


class SilentQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether to answer without what was created: `yes` or `no`."""

    silent: str = "yes"


class ReferralsQuery(Paging, frozen=True, kw_only=True):
    """Filters of a campaign's list of referrals [MA getReferralsWithoutTotalCount]."""

    code: str | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    valid: Validity | None = None
    usable: YesNo | None = None
    advocate: str | None = None


class ApplicationPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """All referrals of an Application."""

    application_id: int


class ExportQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Which referrals of an Application to export, and in which form [MA exportReferrals]."""

    campaign_id: Annotated[int, Meta(extra_json_schema={"type": "number"})] | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    valid: Validity | None = None
    usable: YesNo | None = None
    batch_id: str | None = None
    date_format: DateFormat | None = None


class NewReferral(Struct, frozen=True, kw_only=True, rename="camel"):
    """A referral to create for one advocate [IA NewReferral]."""

    start_date: Omittable[datetime] = UNSET
    expiry_date: Omittable[datetime] = UNSET
    usage_limit: Omittable[ReferralUsageLimit] = UNSET
    campaign_id: int
    advocate_profile_integration_id: AdvocateId
    friend_profile_integration_id: Omittable[str] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET


class NewReferralsForMultipleAdvocates(Struct, frozen=True, kw_only=True, rename="camel"):
    """Referrals to create, one for each advocate, on the same terms [IA NewReferralsForMultipleAdvocates]."""

    start_date: Omittable[datetime] = UNSET
    expiry_date: Omittable[datetime] = UNSET
    usage_limit: ReferralUsageLimit
    campaign_id: int
    advocate_profile_integration_ids: Annotated[list[str], Meta(min_length=1, max_length=ADVOCATES_MAX)]
    attributes: Omittable[dict[str, JSON]] = UNSET
    valid_characters: Omittable[list[str]] = UNSET
    referral_pattern: Omittable[Pattern] = UNSET


class UpdateReferral(Struct, frozen=True, kw_only=True, rename="camel"):
    """New terms of one referral. What is left out stays, but dates and friend are then removed [MA UpdateReferral]."""

    friend_profile_integration_id: Omittable[AdvocateId] = UNSET
    start_date: Omittable[datetime] = UNSET
    expiry_date: Omittable[datetime] = UNSET
    usage_limit: Omittable[ReferralUsageLimit] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
