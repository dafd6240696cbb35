"""Whether an update of a session is acceptable, and the session it leads to.

Every fault is found and reported, not only the first, each with the JSON pointer of its place under the session object.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from msgspec import Struct, structs

from largesse.engine.attributes import accept, show
from largesse.engine.codes.coupons import CODE_CHARACTERS_MAX, CODES_PER_SESSION_MAX
from largesse.engine.definitions import Definitions
from largesse.engine.loyalty.cards import card_fault
from largesse.engine.refusals import INVALID_TRANSITION, INVALID_VALUE, REQUIRED, TOO_LONG, TOO_MANY, Refusal
from largesse.engine.shopping import additional_costs, cart
from largesse.engine.shopping.cart import CartItem
from largesse.engine.shopping.catalogs import with_defaults
from largesse.engine.shopping.named import NOTHING, Named
from largesse.engine.shopping.sessions import (
    IDENTIFIERS_MAX,
    LOYALTY_CARDS_MAX,
    REFERRAL_CODE_CHARACTERS_MAX,
    TRANSITIONS,
    Session,
    SessionEvent,
    SessionUpdate,
    apply,
    new_session,
)


class Updated(Struct, frozen=True):
    """An accepted update: the session it leads to and the built-in event it is."""

    session: Session
    event: SessionEvent


def update_session(
    stored: Session | None,
    application_id: int,
    integration_id: str,
    update: SessionUpdate,
    definitions: Definitions,
    now: datetime,
    named: Named = NOTHING,
) -> Updated | list[Refusal]:
    """Apply an update to the stored session (None: there is none yet), or say everything that is wrong with it.

    `named` is what was found of the things that the update names.
    """
    target = update.state or (stored.state if stored else "open")
    event = TRANSITIONS.get((stored.state if stored else None, target))
    if event is None:
        return [_illegal_move(stored, target)]
    accepted, refusals = _accept(update, definitions, named)
    if refusals:
        return refusals
    base = stored or new_session(application_id, integration_id, now)
    if event in ("talon_session_cancelled", "talon_session_revoked"):
        # A cancelled session keeps the cart it was cancelled with; only its state and attributes can still change.
        accepted = SessionUpdate(state="cancelled", attributes=accepted.attributes)
    return Updated(apply(base, accepted, now), event)


def _illegal_move(stored: Session | None, target: str) -> Refusal:
    if stored is None:
        details = f'a session cannot be created with state "{target}"'
    elif stored.state == target:
        details = f'a session with state "{target}" cannot be modified'
    else:
        details = f'state cannot change from "{stored.state}" to "{target}"'
    return Refusal(INVALID_TRANSITION, details, "/state")


def _accept(update: SessionUpdate, definitions: Definitions, named: Named) -> tuple[SessionUpdate, list[Refusal]]:
    refusals = [*_list_refusals(update)]
    if definitions.attributes.has_lists:
        definitions = structs.replace(definitions, attributes=definitions.attributes.allowing(named.allowed))
    if update.store_integration_id is not None and named.store is None:
        details = f'The store "{show(update.store_integration_id)}" does not exist.'
        refusals.append(Refusal(INVALID_VALUE, details, "/storeIntegrationId"))
    if update.loyalty_cards and (fault := card_fault(update.loyalty_cards[0], named.card)):
        refusals.append(Refusal(INVALID_VALUE, fault, "/loyaltyCards/0"))
    attributes = update.attributes
    if attributes is not None:
        attributes, found = accept("CustomerSession", attributes, definitions.attributes, "/attributes")
        refusals += found
    if update.additional_costs is not None:
        costs = update.additional_costs
        refusals += additional_costs.refusals(costs, "session", definitions.additional_costs, "/additionalCosts")
    items = update.cart_items
    if items is not None:
        refusals += cart.size_refusals(items, "/cartItems")
        if len(items) <= cart.CART_ITEMS_MAX:
            items, found = _accept_items(items, frozenset(update.unpriced), definitions, named)
            refusals += found
    codes = update.coupon_codes
    if codes is not None:
        # Clients send [""] for "none"; a code entered twice counts once.
        codes = tuple(dict.fromkeys(code for code in codes if code))
    return structs.replace(update, attributes=attributes, cart_items=items, coupon_codes=codes), refusals


def _accept_items(
    items: tuple[CartItem, ...], unpriced: Collection[int], definitions: Definitions, named: Named
) -> tuple[tuple[CartItem, ...], list[Refusal]]:
    """The items as they are stored: checked, and with what they left out from the catalog."""
    accepted: list[CartItem] = []
    refusals: list[Refusal] = []
    for position, sent in enumerate(items):
        where = f"/cartItems/{position}"
        known = named.items.get(sent.sku)
        item, found = _accept_item(sent, definitions, where)
        refusals += found
        if position in unpriced and (known is None or not known.is_priced):
            details = f'the item "{show(sent.sku)}" has no price and no catalog knows one'
            refusals.append(Refusal(REQUIRED, details, f"{where}/price"))
        if known is not None:
            item = with_defaults(item, known, is_priced=position not in unpriced)
        accepted.append(_without_nulls(item) if item.attributes else item)
    return tuple(accepted), refusals


def _accept_item(item: CartItem, definitions: Definitions, where: str) -> tuple[CartItem, list[Refusal]]:
    refusals = [*cart.number_refusals(item, where)]
    if item.additional_costs:
        costs = item.additional_costs
        refusals += additional_costs.refusals(costs, "item", definitions.additional_costs, f"{where}/additionalCosts")
    if not item.attributes:
        return item, refusals
    attributes, found = accept("CartItem", item.attributes, definitions.attributes, f"{where}/attributes")
    return structs.replace(item, attributes=attributes), refusals + found


def _without_nulls(item: CartItem) -> CartItem:
    """The item without the attributes that were sent to be cleared."""
    kept = {name: value for name, value in item.attributes.items() if value is not None}
    return structs.replace(item, attributes=kept)


def _list_refusals(update: SessionUpdate) -> Iterable[Refusal]:
    codes = update.coupon_codes or ()
    if len(codes) > CODES_PER_SESSION_MAX:
        yield Refusal(TOO_MANY, f"couponCodes must not hold more than {CODES_PER_SESSION_MAX} codes", "/couponCodes")
    for index, code in enumerate(codes):
        if len(code) > CODE_CHARACTERS_MAX:
            details = f"a coupon code must not be longer than {CODE_CHARACTERS_MAX} characters"
            yield Refusal(TOO_LONG, details, f"/couponCodes/{index}")
    if update.referral_code and len(update.referral_code) > REFERRAL_CODE_CHARACTERS_MAX:
        details = f"a referral code must not be longer than {REFERRAL_CODE_CHARACTERS_MAX} characters"
        yield Refusal(TOO_LONG, details, "/referralCode")
    if len(update.identifiers or ()) > IDENTIFIERS_MAX:
        yield Refusal(TOO_MANY, f"identifiers must not hold more than {IDENTIFIERS_MAX}", "/identifiers")
    if len(update.loyalty_cards or ()) > LOYALTY_CARDS_MAX:
        yield Refusal(TOO_MANY, f"loyaltyCards must not hold more than {LOYALTY_CARDS_MAX}", "/loyaltyCards")
