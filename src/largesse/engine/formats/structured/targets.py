"""What a discount is on: the shapes of `awardDiscount.target`. [MA AwardDiscountTarget]"""

from typing import Literal, TypeAlias

from msgspec import UNSET, Struct, UnsetType


class Target(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", omit_defaults=True):
    """What all targets share: their `type`."""


class AwardDiscountCartTarget(Target, frozen=True, kw_only=True, tag="cart"):
    """The whole session."""


class AwardDiscountAllItemsTarget(Target, frozen=True, kw_only=True, tag="allItems"):
    """Each item of the cart; prorated: one amount shared out over them."""

    prorated: bool | UnsetType = UNSET


class AwardDiscountGlobalFilterTarget(Target, frozen=True, kw_only=True, tag="globalFilter"):
    """The items of a filter of the Application."""

    name: str
    prorated: bool | UnsetType = UNSET


class AwardDiscountSelectorTarget(Target, frozen=True, kw_only=True, tag="selector"):
    """The items of a selector of this ruleset."""

    name: str
    prorated: bool | UnsetType = UNSET


class AwardDiscountBundleItemByIndex(Target, frozen=True, kw_only=True, tag="byIndex"):
    """The item of a bundle at this place."""

    value: int


class AwardDiscountBundleItemByAttribute(Target, frozen=True, kw_only=True, tag="byAttribute"):
    """The item of a bundle with the highest or lowest value of an attribute."""

    attribute: str
    direction: Literal["highest", "lowest"]


class AwardDiscountBundleTarget(Target, frozen=True, kw_only=True, tag="bundle"):
    """The items of each bundle, or one item of each."""

    name: str
    item: AwardDiscountBundleItemByIndex | AwardDiscountBundleItemByAttribute | UnsetType = UNSET
    prorated: bool | UnsetType = UNSET


class AdditionalCostReference(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """An additional cost by id and API name."""

    id: int
    name: str
    title: str | UnsetType = UNSET


ItemsTarget: TypeAlias = AwardDiscountAllItemsTarget | AwardDiscountGlobalFilterTarget | AwardDiscountSelectorTarget


class AwardDiscountAdditionalCostTarget(Target, frozen=True, kw_only=True, tag="additionalCost"):
    """One additional cost: of the session, or of each of some items."""

    additional_cost: AdditionalCostReference
    target: AwardDiscountCartTarget | ItemsTarget


AwardDiscountTarget: TypeAlias = (
    AwardDiscountCartTarget | ItemsTarget | AwardDiscountBundleTarget | AwardDiscountAdditionalCostTarget
)
