"""Custom attributes as callers write and see them."""

import re
from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import AttributeType, Entity
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.problems import FieldError, at_pointer

# What names and titles look like, as published [MA NewAttribute, NewAdditionalCost].
Name = Annotated[str, Meta(pattern=r"^[A-Za-z]\w*$")]
Title = Annotated[str, Meta(pattern="^[A-Za-z][A-Za-z0-9_.!~*'() -]*$")]

_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
_TITLE = re.compile(r"[A-Za-z][A-Za-z0-9_.!~*'() -]*")

# The ceilings are published [MA NewAttribute].
Suggestion = Annotated[str, Meta(min_length=1)]
Suggestions = Annotated[list[Suggestion], Meta(max_length=50)]
Subscription = Literal["application", "catalog"]
Subscriptions = Annotated[list[Subscription], Meta(max_length=2)]


class NewAttribute(Struct, frozen=True, kw_only=True, rename="camel"):
    """An attribute to define; of a stored one only the description can be changed [MA NewAttribute]."""

    entity: Entity
    event_type: Omittable[str] = UNSET
    name: Name
    title: Title
    type: AttributeType
    description: str
    suggestions: Suggestions
    has_allowed_list: Omittable[bool] = UNSET
    restricted_by_suggestions: Omittable[bool] = UNSET
    editable: bool
    subscribed_applications_ids: Omittable[list[int]] = UNSET
    subscribed_catalogs_ids: Omittable[list[int]] = UNSET
    allowed_subscriptions: Omittable[Subscriptions] = UNSET


class Attribute(Struct, frozen=True, kw_only=True, rename="camel"):
    """A custom attribute [MA Attribute]."""

    id: int
    created: datetime
    account_id: int
    entity: Entity
    event_type: str | UnsetType = UNSET
    name: Name
    title: Title
    type: AttributeType
    description: str
    suggestions: Suggestions
    has_allowed_list: bool | UnsetType = UNSET
    restricted_by_suggestions: bool | UnsetType = UNSET
    editable: bool
    subscribed_applications_ids: list[int] | UnsetType = UNSET
    subscribed_catalogs_ids: list[int] | UnsetType = UNSET
    allowed_subscriptions: Subscriptions | UnsetType = UNSET
    event_type_id: int | UnsetType = UNSET


def misnamed(name: str, title: str) -> list[FieldError]:
    """What our notation of the published patterns lets pass: letters of other scripts, and a line break at the end."""
    errors = []
    if not _NAME.fullmatch(name):
        details = "name must be a letter followed by letters, digits and underscores"
        errors.append(at_pointer(INVALID_VALUE, details, "/name"))
    if not _TITLE.fullmatch(title):
        details = "title must be a letter followed by letters, digits, spaces and _.!~*'()-"
        errors.append(at_pointer(INVALID_VALUE, details, "/title"))
    return errors
