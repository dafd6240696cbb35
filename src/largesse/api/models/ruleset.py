"""Rulesets as callers write and see them: expressions stay the JSON lists they are."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable


class Binding(Struct, frozen=True, kw_only=True, rename="camel"):
    """A name for the value of an expression; the bounds are for the form in which people fill it in [MA Binding]."""

    name: str
    type: Omittable[str] = UNSET
    expression: list[JSON]
    value_type: Omittable[str] = UNSET
    min_value: Omittable[Decimal] = UNSET
    max_value: Omittable[Decimal] = UNSET
    attribute_id: Omittable[int] = UNSET
    description: Omittable[str] = UNSET


class Rule(Struct, frozen=True, kw_only=True, rename="camel"):
    """When `condition` holds, `effects` happen [MA Rule]."""

    id: Omittable[UUID] = UNSET
    parent_id: Omittable[UUID] = UNSET
    title: str
    description: Omittable[str] = UNSET
    bindings: Omittable[list[Binding]] = UNSET
    condition: Annotated[list[JSON], Meta(min_length=1)]
    effects: list[list[JSON]]


class Ruleset(Struct, frozen=True, kw_only=True, rename="camel"):
    """One version of a campaign's rules; `activate` tells whether it is the one in force [MA Ruleset]."""

    id: int
    created: datetime
    user_id: int
    rules: list[Rule]
    strikethrough_rules: list[Rule] | UnsetType = UNSET
    bindings: list[Binding]
    rb_version: str | UnsetType = UNSET
    activate: bool | UnsetType = UNSET
    campaign_id: int | UnsetType = UNSET
    template_id: int | UnsetType = UNSET
    activated_at: datetime | UnsetType = UNSET
