"""What blocks refer to outside of the ruleset, each by id and name. [MA, the objects inside blocks]"""

from decimal import Decimal
from typing import Literal

from msgspec import UNSET, Struct, UnsetType


class Reference(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What references share."""

    id: int


class AudienceReference(Reference, frozen=True, kw_only=True):
    """An audience, perhaps one of an integration."""

    name: str
    integration: str | UnsetType = UNSET
    integration_id: str | UnsetType = UNSET


class NamedReference(Reference, frozen=True, kw_only=True):
    """Something with a name: a pool of giveaways."""

    name: str


class TitledReference(Reference, frozen=True, kw_only=True):
    """Something with a title: a webhook."""

    title: str


class CustomEffectReference(Reference, frozen=True, kw_only=True):
    """A custom effect, or a loyalty program: name as in requests, title as shown."""

    name: str
    title: str


class AchievementReference(Reference, frozen=True, kw_only=True):
    """An achievement and how much it takes."""

    name: str
    title: str
    target: Decimal


class AttributeReference(Reference, frozen=True, kw_only=True):
    """An attribute as it was defined."""

    entity: str
    name: str
    title: str
    type: str


class UpdateTarget(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Whose attribute is updated; `name` is that of a selector or filter."""

    type: Literal["session", "profile", "advocateProfile", "coupon", "referral", "allItems", "selector", "globalFilter"]
    name: str | UnsetType = UNSET


class TriggerTarget(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What a custom effect is for: the cart, or each of some items; `name` is that of a selector, filter or bundle."""

    type: Literal["cart", "allItems", "selector", "globalFilter", "bundle"]
    name: str | UnsetType = UNSET
