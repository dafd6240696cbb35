"""Props of effects about money, items and bundles [IA *EffectProps]."""

from decimal import Decimal

from msgspec import UNSET, Struct, UnsetType

from largesse.api.models.effect_props.numbers import Whole


class SetDiscountEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """An amount off the session."""

    name: str
    value: Decimal
    scope: str | UnsetType = UNSET
    desired_value: Decimal | UnsetType = UNSET


class SetDiscountPerItemEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """An amount off one item."""

    name: str
    value: Decimal
    position: Whole
    sub_position: Whole | UnsetType = UNSET
    desired_value: Decimal | UnsetType = UNSET
    scope: str | UnsetType = UNSET
    total_discount: Decimal | UnsetType = UNSET
    desired_total_discount: Decimal | UnsetType = UNSET
    bundle_index: int | UnsetType = UNSET
    bundle_name: str | UnsetType = UNSET
    targeted_item_position: Whole | UnsetType = UNSET
    targeted_item_sub_position: Whole | UnsetType = UNSET
    excluded_from_price_history: bool | UnsetType = UNSET


class SetDiscountPerAdditionalCostEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """An amount off one additional cost of the session."""

    name: str
    additional_cost_id: int
    additional_cost: str
    value: Decimal
    desired_value: Decimal | UnsetType = UNSET


class SetDiscountPerAdditionalCostPerItemEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """An amount off one additional cost of one item."""

    name: str
    additional_cost_id: int
    additional_cost: str
    value: Decimal
    position: Whole
    sub_position: Whole | UnsetType = UNSET
    desired_value: Decimal | UnsetType = UNSET


class RollbackDiscountEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """A discount is taken back."""

    name: str
    value: Decimal
    cart_item_position: Whole | UnsetType = UNSET
    cart_item_sub_position: Whole | UnsetType = UNSET
    additional_cost_id: int | UnsetType = UNSET
    additional_cost: str | UnsetType = UNSET
    scope: str | UnsetType = UNSET


class AddFreeItemEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """An item goes into the cart for nothing."""

    sku: str
    name: str
    desired_quantity: int | UnsetType = UNSET


class ShowBundleMetadataEffectProps(Struct, frozen=True, kw_only=True, rename="camel"):
    """Items that make up a bundle (deprecated)."""

    description: str
    bundle_attributes: list[str]
    items_indices: list[Whole]
