"""The Application as callers see it."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.api.models.limit import LimitConfig
from largesse.api.models.loyalty_program import LoyaltyProgram
from largesse.engine.applications import CaseSensitivity, DiscountScope, ItemDiscountScope
from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable

Word = Annotated[str, Meta(min_length=1)]


class AttributesMandatory(Struct, frozen=True, kw_only=True, rename="camel"):
    """Names of the attributes without which a campaign or a coupon cannot be stored [MA AttributesMandatory]."""

    campaigns: Omittable[list[str]] = UNSET
    coupons: Omittable[list[str]] = UNSET


class AttributesSettings(Struct, frozen=True, kw_only=True, rename="camel"):
    """What an Application demands of attributes [MA AttributesSettings]."""

    mandatory: Omittable[AttributesMandatory] = UNSET


class BestPriorPriceSettings(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whether the history of prices is recorded [MA BestPriorPriceSettings]."""

    enable_best_prior_price: Omittable[bool] = UNSET


class Application(Struct, frozen=True, kw_only=True, rename="camel"):
    """One shop with its settings [MA Application]."""

    id: int
    created: datetime
    modified: datetime
    account_id: int
    name: Word
    description: str | UnsetType = UNSET
    timezone: Word
    currency: Word
    case_sensitivity: CaseSensitivity | UnsetType = UNSET
    attributes: dict[str, JSON] | UnsetType = UNSET
    limits: list[LimitConfig] | UnsetType = UNSET
    default_discount_scope: DiscountScope | UnsetType = UNSET
    enable_cascading_discounts: bool | UnsetType = UNSET
    enable_flattened_cart_items: bool | UnsetType = UNSET
    attributes_settings: AttributesSettings | UnsetType = UNSET
    sandbox: bool | UnsetType = UNSET
    enable_partial_discounts: bool | UnsetType = UNSET
    default_discount_additional_cost_per_item_scope: ItemDiscountScope | UnsetType = UNSET
    default_evaluation_group_id: int | UnsetType = UNSET
    default_cart_item_filter_id: int | UnsetType = UNSET
    enable_campaign_state_management: bool | UnsetType = UNSET
    best_prior_price_settings: BestPriorPriceSettings | UnsetType = UNSET
    loyalty_programs: list[LoyaltyProgram]
