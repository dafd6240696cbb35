"""What callers write and see of custom effects. The contract publishes none of it; it follows the official models."""

import re
from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.outgoing.parameter import (
    TemplateArgDef,
    kept,
    parameters_of,
    refused_parameters,
    refused_places,
    shown,
)
from largesse.engine.outgoing.templates import json_of_template
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.outgoing.custom_effects import CustomEffectSettings, StoredCustomEffect

_NAME = re.compile(r"[A-Za-z][\w ]*", re.ASCII)


class NewCustomEffect(Struct, frozen=True, kw_only=True, rename="camel"):
    """A custom effect to define, or all that is to be so about it [SDK NewCustomEffect].

    `payload` is a JSON object in which `${$parameter}` and `${$Session.Total}` are filled in. A disabled custom effect
    is given by no rule.
    """

    application_ids: Annotated[list[int], Meta(min_length=1)]
    is_per_item: Omittable[bool] = UNSET
    name: Annotated[str, Meta(pattern=r"^[A-Za-z](\w|\s)*$")]
    title: Annotated[str, Meta(min_length=1)]
    payload: str
    description: Omittable[str] = UNSET
    enabled: bool
    params: Omittable[list[TemplateArgDef]] = UNSET


class CustomEffect(Struct, frozen=True, kw_only=True, rename="camel"):
    """A custom effect [SDK CustomEffect]."""

    id: int
    created: datetime
    account_id: int
    modified: datetime
    application_ids: list[int]
    is_per_item: bool
    name: str
    title: str
    payload: str
    description: str
    enabled: bool
    params: list[TemplateArgDef]
    modified_by: int | UnsetType = UNSET
    created_by: int


def show_custom_effect(effect: StoredCustomEffect) -> CustomEffect:
    """A stored custom effect as callers see it."""
    settings = effect.settings
    return CustomEffect(
        id=effect.id,
        created=effect.created,
        account_id=effect.account_id,
        modified=effect.modified,
        application_ids=list(settings.application_ids),
        is_per_item=settings.is_per_item,
        name=settings.name,
        title=settings.title,
        payload=settings.payload,
        description=settings.description,
        enabled=settings.enabled,
        params=shown(settings.params),
        modified_by=UNSET if effect.modified_by is None else effect.modified_by,
        created_by=effect.created_by,
    )


def settings_of(sent: NewCustomEffect) -> CustomEffectSettings:
    """The settings that were sent."""
    return CustomEffectSettings(
        name=sent.name,
        title=sent.title,
        payload=sent.payload,
        description=given(sent.description) or "",
        enabled=sent.enabled,
        is_per_item=given(sent.is_per_item) or False,
        params=kept(given(sent.params) or []),
        application_ids=tuple(dict.fromkeys(sent.application_ids)),
    )


def refused(sent: NewCustomEffect) -> list[FieldError]:
    """What is wrong with a custom effect, its Applications aside."""
    errors: list[FieldError] = []
    if not _NAME.fullmatch(sent.name):
        details = "name must be a letter followed by letters, digits, underscores and spaces"
        errors.append(at_pointer(INVALID_VALUE, details, "/name"))
    if not sent.title.isprintable() or sent.title[:1] == " ":
        details = "title must begin with something visible and hold no control characters"
        errors.append(at_pointer(INVALID_VALUE, details, "/title"))
    params = given(sent.params) or []
    errors += refused_parameters(params)
    try:
        is_object = isinstance(json_of_template(sent.payload), dict)
    except ValueError:
        is_object = False
    if not is_object:
        errors.append(at_pointer(INVALID_VALUE, "payload must be a JSON object once it is filled in", "/payload"))
    has_item = given(sent.is_per_item) or False
    return errors + refused_places([("/payload", sent.payload)], parameters_of(params), has_item=has_item)
