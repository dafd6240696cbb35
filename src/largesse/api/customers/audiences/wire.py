"""What shops and staff send about audiences, and how lists of them are written."""

from collections.abc import Sequence
from typing import Annotated, Generic, Literal, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.http.paging import Paging

T = TypeVar("T")

# Published: how many actions one request may hold, and how many audiences analytics may be asked for.
ACTIONS_MAX = 1_000
ANALYTICS_IDS_MAX = 1_000


class AudiencePath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One audience."""

    audience_id: int


class AudiencesQuery(Paging, frozen=True, kw_only=True):
    """Whether the list of audiences says how long it is."""

    with_total_result_size: bool = False


class AnalyticsQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """The audiences to count members of, by ids separated by commas."""

    sort: str | None = None
    audience_ids: str


class MembersQuery(Paging, frozen=True, kw_only=True):
    """A part of the ids of the members that are wanted, in any case."""

    profile_query: str | None = None


class PartialPage(Struct, Generic[T], frozen=True, kw_only=True, rename="camel"):
    """One page of a list that is counted only on request; otherwise `has_more` says whether another page follows."""

    has_more: bool | UnsetType = UNSET
    total_result_size: int | UnsetType = UNSET
    data: Sequence[T]


class MorePage(Struct, Generic[T], frozen=True, kw_only=True, rename="camel"):
    """One page of a list that is never counted."""

    has_more: bool | UnsetType = UNSET
    data: Sequence[T]


class CustomerProfileAudienceRequestItem(Struct, frozen=True, kw_only=True, rename="camel"):
    """One customer joins one audience or leaves it [IA CustomerProfileAudienceRequestItem]."""

    action: Literal["add", "delete"]
    profile_integration_id: Annotated[str, Meta(extra_json_schema={"maxLength": 1000})]
    audience_id: int


class CustomerProfileAudienceRequest(Struct, frozen=True, kw_only=True, rename="camel"):
    """Who joins and leaves which audiences, in order [IA CustomerProfileAudienceRequest]."""

    data: Omittable[list[CustomerProfileAudienceRequestItem]] = UNSET
