"""Collections as callers write and see them."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.http.paging import PAGE_SIZE_MAX, Paging, Skipping
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.shopping.collections import StoredCollection

# Published: how much of what is in a collection is shown with it.
PAYLOAD_MAX = 50

# Published, in a notation that Python does not know, and checked below.
Name = Annotated[str, Meta(min_length=1, extra_json_schema={"pattern": r"^[^[:cntrl:]\s][^[:cntrl:]]*$"})]


class CollectionPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """A collection of the account."""

    collection_id: int


class ApplicationCollectionsPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The collections of all campaigns of an Application."""

    application_id: int


class CampaignCollectionsPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The collections of a campaign."""

    application_id: int
    campaign_id: int


class CampaignCollectionPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """A collection of a campaign."""

    application_id: int
    campaign_id: int
    collection_id: int


class CollectionQuery(Paging, frozen=True, kw_only=True, rename="camel"):
    """Which collections are wanted [MA listAccountCollections]."""

    with_total_result_size: bool = False
    name: str | None = None


class ItemsQuery(Skipping, frozen=True, kw_only=True):
    """A page of items."""

    page_size: Annotated[int, Meta(ge=1, le=PAGE_SIZE_MAX)] = PAGE_SIZE_MAX


class NewCollection(Struct, frozen=True, kw_only=True, rename="camel"):
    """A collection to make for the account [MA NewCollection]."""

    name: Name
    description: Omittable[str] = UNSET
    subscribed_applications_ids: Omittable[list[int]] = UNSET


class UpdateCollection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What can be changed about a collection of the account [MA UpdateCollection]."""

    description: Omittable[str] = UNSET
    subscribed_applications_ids: Omittable[list[int]] = UNSET


class NewCampaignCollection(Struct, frozen=True, kw_only=True, rename="camel"):
    """A collection to make for a campaign [MA NewCampaignCollection]."""

    name: Name
    description: Omittable[str] = UNSET


class UpdateCampaignCollection(Struct, frozen=True, kw_only=True, rename="camel"):
    """What can be changed about a collection of a campaign [MA UpdateCampaignCollection]."""

    description: Omittable[str] = UNSET


class CollectionWithoutPayload(Struct, frozen=True, kw_only=True, rename="camel"):
    """A collection [MA CollectionWithoutPayload]."""

    id: int
    created: datetime
    account_id: int
    modified: datetime
    name: Name
    description: str | UnsetType = UNSET
    subscribed_applications_ids: list[int] | UnsetType = UNSET
    created_by: int
    modified_by: int | UnsetType = UNSET
    application_id: int | UnsetType = UNSET
    campaign_id: int | UnsetType = UNSET


class Collection(CollectionWithoutPayload, frozen=True, kw_only=True, rename="camel"):
    """A collection with the beginning of what is in it [MA Collection]."""

    payload: Annotated[list[str], Meta(max_length=PAYLOAD_MAX)] | UnsetType = UNSET


class CollectionPage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of collections: counted if that was asked for, else it says whether another follows."""

    has_more: bool | UnsetType = UNSET
    total_result_size: int | UnsetType = UNSET
    data: Sequence[CollectionWithoutPayload]


class CollectionItem(Struct, frozen=True, kw_only=True):
    """One text in a collection [MA CollectionItem]."""

    item: str


def misnamed(name: str) -> list[FieldError]:
    """What is wrong with a name: control characters, or a blank at its beginning."""
    if not name[:1].isspace() and not any(unicodedata.category(each) == "Cc" for each in name):
        return []
    return [at_pointer(INVALID_VALUE, "A name begins with no blank and holds no control characters", "/name")]


def show_collection(stored: StoredCollection) -> CollectionWithoutPayload:
    """A stored collection as callers see it."""
    return CollectionWithoutPayload(**_shown(stored))


def show_with_payload(stored: StoredCollection, payload: list[str]) -> Collection:
    """A stored collection with the beginning of what is in it."""
    return Collection(**_shown(stored), payload=payload)


def _shown(stored: StoredCollection) -> dict[str, Any]:
    told = {
        "id": stored.id,
        "created": stored.created,
        "account_id": stored.account_id,
        "modified": stored.modified,
        "name": stored.name,
        "description": stored.description,
        "created_by": stored.created_by,
        "modified_by": stored.modified_by,
        "application_id": stored.application_id,
        "campaign_id": stored.campaign_id,
        "subscribed_applications_ids": None if stored.campaign_id else list(stored.subscribed_applications_ids),
    }
    return {name: UNSET if value is None else value for name, value in told.items()}
