"""Returns of items of a closed session on the wire."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.storage.shopping.sessions import StoredReturn

IntegrationId = Annotated[str, Meta(max_length=1000)]


class ReturnedCartItem(Struct, frozen=True, kw_only=True, rename="camel"):
    """How many units of which line came back [IA ReturnedCartItem]."""

    position: int | UnsetType = UNSET
    quantity: int | UnsetType = UNSET
    sku: Annotated[str, Meta(min_length=1)] | UnsetType = UNSET


class Return(Struct, frozen=True, kw_only=True, rename="camel"):
    """One return, line by line [IA Return]; `created_by` is never given, since shops ask for returns and users do
    not."""

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


def show_return(stored: StoredReturn, application_id: int, account_id: int) -> Return:
    """A return as callers see it."""
    return Return(
        id=stored.id,
        created=stored.created,
        application_id=application_id,
        account_id=account_id,
        returned_cart_items=[
            ReturnedCartItem(position=line.position, sku=line.sku, quantity=line.quantity) for line in stored.lines
        ],
        event_id=stored.event_id,
        session_id=stored.session_id,
        session_integration_id=stored.session_integration_id,
        profile_id=UNSET if stored.profile_id is None else stored.profile_id,
        profile_integration_id=stored.profile_integration_id or UNSET,
    )
