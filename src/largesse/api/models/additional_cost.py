"""Definitions of additional costs as callers write and see them."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from largesse.api.models.attribute import Name, Title
from largesse.engine.shopping.additional_costs import CostType
from largesse.plumbing.http.codec import Omittable


class NewAdditionalCost(Struct, frozen=True, kw_only=True, rename="camel"):
    """An additional cost to define; of a stored one everything but the name can be changed [MA NewAdditionalCost]."""

    name: Name
    title: Title
    description: str
    subscribed_applications_ids: Omittable[list[int]] = UNSET
    type: Omittable[CostType] = "session"


class AccountAdditionalCost(Struct, frozen=True, kw_only=True, rename="camel"):
    """An additional cost as the account has defined it [MA AccountAdditionalCost]."""

    id: int
    created: datetime
    account_id: int
    name: Name
    title: Title
    description: str
    subscribed_applications_ids: list[int] | UnsetType = UNSET
    type: CostType = "session"
