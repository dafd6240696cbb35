"""Returns: what comes back of a closed session's cart, and whether it can.

The units that come back of a line are always its lowest ones not yet returned, since a shop can only say how many. A
session of which something was returned stays partially returned, even when nothing is left. Source: semantics, section
17.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct, structs

from largesse.engine.refusals import INVALID_TRANSITION, INVALID_VALUE, OUT_OF_RANGE, REQUIRED, TOO_MANY, Refusal
from largesse.engine.shopping.cart import CART_ITEMS_MAX, CartItem
from largesse.engine.shopping.sessions import Session

# Where the list stands in what a shop sends.
ITEMS = "/returnedCartItems"


class ItemToReturn(Struct, frozen=True):
    """What a shop says comes back: units of the line at a position, or of the lines with a SKU.

    With both, the line at the position must have the SKU. `quantity` None means all that is left.
    """

    position: int | None = None
    sku: str | None = None
    quantity: int | None = None


class ReturnedLine(Struct, frozen=True):
    """How many units of one line came back."""

    position: int
    sku: str
    quantity: int


class RecordReturn(Struct, frozen=True):
    """Change: append one return of the session that is saved, tied to the event that is recorded."""

    session_integration_id: str
    profile_id: str
    lines: tuple[ReturnedLine, ...]


class Returned(Struct, frozen=True):
    """An accepted return: the session after it, and what came back, line by line."""

    session: Session
    lines: tuple[ReturnedLine, ...]


def accept_return(session: Session, items: Sequence[ItemToReturn], now: datetime) -> Returned | list[Refusal]:
    """Take items out of a session, or say everything that is wrong with it, with pointers under the return object."""
    if session.state not in ("closed", "partially_returned"):
        details = f'items of a session with state "{session.state}" cannot be returned'
        return [Refusal(INVALID_TRANSITION, details, "")]
    if not items:
        return [Refusal(REQUIRED, "returnedCartItems must name at least one item", ITEMS)]
    if len(items) > CART_ITEMS_MAX:
        return [Refusal(TOO_MANY, f"returnedCartItems must not hold more than {CART_ITEMS_MAX} items", ITEMS)]
    taken: dict[int, int] = {}
    refusals: list[Refusal] = []
    for index, item in enumerate(items):
        refusal = _take(session.cart_items, item, taken, f"{ITEMS}/{index}")
        if refusal is not None:
            refusals.append(refusal)
    if refusals:
        return refusals
    return Returned(_without(session, taken, now), tuple(_lines(session.cart_items, taken)))


def _take(cart: Sequence[CartItem], item: ItemToReturn, taken: dict[int, int], where: str) -> Refusal | None:
    """Add an item's units to those `taken` by position, or say what is wrong with it."""
    positions = _positions(cart, item, where)
    if isinstance(positions, Refusal):
        return positions
    left = {position: cart[position].remaining_quantity - taken.get(position, 0) for position in positions}
    available = sum(left.values())
    wanted = available if item.quantity is None else item.quantity
    if item.quantity is not None and item.quantity < 1:
        return Refusal(OUT_OF_RANGE, "quantity must be at least 1", f"{where}/quantity")
    if available == 0:
        return Refusal(OUT_OF_RANGE, "nothing is left of this item to return", where)
    if wanted > available:
        return Refusal(OUT_OF_RANGE, f"only {available} of this item can still be returned", f"{where}/quantity")
    for position, quantity in left.items():
        units = min(quantity, wanted)
        if units:
            taken[position] = taken.get(position, 0) + units
            wanted -= units
    return None


def _positions(cart: Sequence[CartItem], item: ItemToReturn, where: str) -> list[int] | Refusal:
    """The lines an item can mean, in the order of the cart."""
    position, sku = item.position, item.sku
    if position is None and sku is None:
        return Refusal(REQUIRED, "an item to return needs a position or a SKU", where)
    if position is None:
        found = [place for place, line in enumerate(cart) if line.sku == sku]
        return found or Refusal(INVALID_VALUE, f'the cart has no item with the SKU "{sku}"', f"{where}/sku")
    if not 0 <= position < len(cart):
        return Refusal(INVALID_VALUE, f"the cart has no item at position {position}", f"{where}/position")
    if sku is not None and cart[position].sku != sku:
        details = f'the item at position {position} has the SKU "{cart[position].sku}", not "{sku}"'
        return Refusal(INVALID_VALUE, details, f"{where}/sku")
    return [position]


def _without(session: Session, taken: dict[int, int], now: datetime) -> Session:
    lines = tuple(
        structs.replace(line, returned_quantity=line.returned_quantity + taken[position]) if position in taken else line
        for position, line in enumerate(session.cart_items)
    )
    return structs.replace(
        session, state="partially_returned", cart_items=lines, update_count=session.update_count + 1, updated=now
    )


def _lines(cart: Sequence[CartItem], taken: dict[int, int]) -> list[ReturnedLine]:
    return [ReturnedLine(position, cart[position].sku, taken[position]) for position in sorted(taken)]
