"""Returns of items of a closed session on the wire. There are none yet; the shape is part of updates."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

IntegrationId = Annotated[str, Meta(max_length=1000)]


class ReturnedCartItem(Struct, frozen=True, kw_only=True, rename="camel"):
    """How many units of which line came back [IA ReturnedCartItem]."""

    position: int | UnsetType = UNSET
    quantity: int | UnsetType = UNSET
    sku: Annotated[str, Meta(min_length=1)] | UnsetType = UNSET


class Return(Struct, frozen=True, kw_only=True, rename="camel"):
    """One return [IA Return]."""

    id: int
    created: datetime
    application_id: int
    account_id: int
    returned_cart_items: list[ReturnedCartItem]
    event_id: int
    session_id: int
    session_integration_id: IntegrationId
    profile_id: int | UnsetType = UNSET
    profile_integration_id: IntegrationId | UnsetType = UNSET
    created_by: int | UnsetType = UNSET
