"""setDiscountPerItem, pro rata: one amount shared out over some items by what they cost."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import UNSET, structs

from largesse.engine.applications import ItemDiscountScope
from largesse.engine.effects.discounting import give_discount
from largesse.engine.effects.record import amounts_of, is_amount
from largesse.engine.effects.set_discount_per_item import BundleMarks, SetDiscountPerItemProps
from largesse.engine.evaluation import cascade
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import ZERO, minor_digits, shares, shortest, total
from largesse.engine.views.lists import only_items, refuse_no_items
from largesse.language import Example, Function, Json, Value

SCOPE: ItemDiscountScope = "price"


def set_discount_per_item_pro_rata(
    frame: EvaluationFrame,
    items: Sequence[Value],
    name: str,
    amount: Decimal,
    partial: bool | None = None,
    marks: BundleMarks | None = None,
) -> None:
    """Take `amount` off some items together, each in proportion to its price."""
    state = frame.state
    units = state.discountable(only_items(items))
    cascading = state.application.enable_cascading_discounts
    rooms = [cascade.unit_room(unit, SCOPE) for unit in units]
    grant = give_discount(state, amount, total(rooms) if cascading else None, partial) if units else None
    if grant is None:
        return
    prices = [unit.price * unit.quantity for unit in units]
    parts = shares(grant.value, prices, minor_digits(state.application.currency))
    used = state.take_uses()
    # That a discount was given is counted once, with the first share; each share has used its own money.
    counts = [use for use in used if not is_amount(use)]
    for unit, part in zip(units, _within(parts, rooms) if cascading else parts, strict=True):
        if not part:
            continue
        state.uses += [*counts, *amounts_of(used, part)]
        counts = []
        props = SetDiscountPerItemProps(
            f"{name}#{unit.index}",
            shortest(part),
            unit.index,
            unit.sub_index,
            scope=SCOPE,
            total_discount=shortest(grant.value),
            desired_total_discount=UNSET if grant.desired is None else shortest(grant.desired),
        )
        state.emit("setDiscountPerItem", props if marks is None else structs.replace(props, **marks._asdict()))
        if cascading:
            cascade.lower_unit(state, unit, SCOPE, part)


def _within(parts: Sequence[Decimal], rooms: Sequence[Decimal]) -> list[Decimal]:
    """The shares with none above its room: what is too much for one goes to those that have room. Together they have
    enough."""
    cut = [min(part, room) for part, room in zip(parts, rooms, strict=True)]
    rest = total(parts) - total(cut)
    for index, room in enumerate(rooms):
        more = min(rest, room - cut[index])
        if more > ZERO:
            cut[index] += more
            rest -= more
    return cut


_DOC = (
    "Take one amount off the items of a list together, each by its share of their prices. Shares are cut to the "
    "currency's decimals, and what is left over goes to the largest, so that they add up to the amount."
)

_HALF: dict[str, Json] = {"name": "Both#0", "value": Decimal("1.5"), "position": 0, "totalDiscount": 3}
_EXAMPLE = Example(
    ["setDiscountPerItemProRata", [".", "Session", "CartItems"], "Both", 3],
    [_HALF | {"subPosition": 0}, _HALF | {"subPosition": 1}],
)

PRO_RATA_FUNCTIONS = tuple(
    Function(
        f"setDiscountPerItemProRata(List, String, Decimal{options})Null",
        set_discount_per_item_pro_rata,
        _DOC,
        (_EXAMPLE,),
        needs_frame=True,
        refuses=refuse_no_items,
    )
    for options in ("", ", Boolean")
)
