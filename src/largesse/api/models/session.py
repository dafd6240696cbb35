"""Customer sessions on the wire."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.api.models.cart import AdditionalCost, CartItem, show_costs, show_item
from largesse.engine.attributes import JSON
from largesse.engine.codes.coupons import CODE_CHARACTERS_MAX
from largesse.engine.shopping import sessions
from largesse.engine.shopping.sessions import (
    IDENTIFIERS_MAX,
    LOYALTY_CARDS_MAX,
    REFERRAL_CODE_CHARACTERS_MAX,
    Session,
    SessionState,
)

# The engine checks these, so that all faults of a session are told at once; the documents still show them.
CouponCode = Annotated[str, Meta(extra_json_schema={"maxLength": CODE_CHARACTERS_MAX})]
ReferralCode = Annotated[str, Meta(extra_json_schema={"maxLength": REFERRAL_CODE_CHARACTERS_MAX})]
LoyaltyCards = Annotated[list[str], Meta(extra_json_schema={"maxItems": LOYALTY_CARDS_MAX})]
Identifiers = Annotated[list[str], Meta(extra_json_schema={"maxItems": IDENTIFIERS_MAX})]
StoreId = Annotated[str, Meta(extra_json_schema={"minLength": 1, "maxLength": 1000})]


class ExperimentVariantAllocation(Struct, frozen=True, kw_only=True, rename="camel"):
    """Which variant of an experiment the shop has put the customer into [IA ExperimentVariantAllocation]."""

    experiment_id: int = field(name="experimentID")
    variant_id: int = field(name="variantID")


class CustomerSession(Struct, frozen=True, kw_only=True, rename="camel"):
    """One session as it stands [IA CustomerSessionV2].

    `profile_id` is "" for an anonymous customer, `referral_code` "" where there is none; lists and maps are always
    given, if empty. All totals are before discounts.
    """

    id: int
    created: datetime
    integration_id: Annotated[str, Meta(max_length=1000, extra_json_schema={"format": "string"})]
    application_id: int
    profile_id: str
    store_integration_id: StoreId | UnsetType = UNSET
    evaluable_campaign_ids: list[int] | UnsetType = UNSET
    coupon_codes: list[CouponCode] | UnsetType = UNSET
    referral_code: ReferralCode | UnsetType = UNSET
    loyalty_cards: LoyaltyCards | UnsetType = UNSET
    state: Annotated[SessionState, Meta(extra_json_schema={"default": "open"})]
    cart_items: list[CartItem]
    experiment_variant_allocations: list[ExperimentVariantAllocation] | UnsetType = UNSET
    additional_costs: dict[str, AdditionalCost] | UnsetType = UNSET
    identifiers: Identifiers | UnsetType = UNSET
    attributes: dict[str, JSON]
    first_session: bool
    update_count: int
    total: Decimal
    cart_item_total: Decimal
    additional_cost_total: Decimal
    cart_item_additional_cost_total: Annotated[Decimal, Meta(extra_json_schema={"readOnly": True})]
    updated: datetime


def show_session(session: Session) -> CustomerSession:
    """A session as callers see it."""
    totals = session.totals
    store = session.store_integration_id
    return CustomerSession(
        id=session.id,
        created=session.created,
        integration_id=session.integration_id,
        application_id=session.application_id,
        profile_id=session.profile_id,
        store_integration_id=UNSET if store is None else store,
        coupon_codes=list(session.coupon_codes),
        referral_code=session.referral_code,
        loyalty_cards=list(session.loyalty_cards),
        state=session.state,
        cart_items=[show_item(item, position) for position, item in enumerate(session.cart_items)],
        experiment_variant_allocations=_show_allocations(session.experiment_variant_allocations),
        additional_costs=show_costs(session.additional_costs),
        identifiers=list(session.identifiers),
        attributes=session.attributes,
        first_session=session.first_session,
        update_count=session.update_count,
        total=totals.total,
        cart_item_total=totals.cart_items,
        additional_cost_total=totals.additional_costs,
        cart_item_additional_cost_total=totals.cart_item_additional_costs,
        updated=session.updated,
    )


def _show_allocations(
    allocations: tuple[sessions.ExperimentVariantAllocation, ...],
) -> list[ExperimentVariantAllocation] | UnsetType:
    if not allocations:
        return UNSET
    return [
        ExperimentVariantAllocation(experiment_id=each.experiment_id, variant_id=each.variant_id)
        for each in allocations
    ]
