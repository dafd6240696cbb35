"""updateAttribute: a custom attribute of a person, a code, the session or its items gets a new value."""

from collections.abc import Callable, Mapping, Sequence

from largesse.engine.attributes import JSON, Entity, accept
from largesse.engine.effects.attribute_changes import OPERATORS, changed
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.literals import only
from largesse.engine.effects.record import Props
from largesse.engine.frame import EvaluationFrame
from largesse.engine.views.coupon import CouponView
from largesse.engine.views.items import Unit
from largesse.engine.views.lists import only_items
from largesse.engine.views.profile import ProfileView
from largesse.engine.views.referral import ReferralView
from largesse.engine.views.session import SessionView
from largesse.engine.views.values import as_json
from largesse.language import Example, ExpressionError, Function, Known, Value, each_element


class UpdateAttributeProps(Props, frozen=True):
    """The attribute as a dotted path (`Session.Attributes.tier`, of an item `Session.CartItems[0].Attributes.tier`) and
    its new value."""

    path: str
    value: JSON


ENTITIES: Mapping[str, Entity] = {
    "Session": "CustomerSession",
    "Profile": "CustomerProfile",
    "AdvocateProfile": "CustomerProfile",
    "Coupon": "Coupon",
    "Referral": "Referral",
}
View = SessionView | ProfileView | CouponView | ReferralView


def update_attribute(frame: EvaluationFrame, path: str, value: JSON) -> None:
    """Set an attribute; the rules after this one see the new value, and cancelling the session does not take it
    back."""
    change_attribute(frame, path, "setTo", value)


def change_attribute(frame: EvaluationFrame, path: str, operator: str, value: JSON) -> None:
    """Set an attribute to its present value changed by an operator."""
    root, name = _split(path)
    view = _view(frame, root)
    _write(frame, (root, _id_of(frame, root)), view.attributes, name, operator, value, path)


def update_item_attribute(
    frame: EvaluationFrame, items: Sequence[Unit], name: str, operator: str, value_of: Callable[[Unit], Value]
) -> None:
    """Change an attribute of each line of the cart that has an item in the list, once, by the first of its items."""
    seen: set[int] = set()
    for unit in only_items(items):
        if unit.index in seen:
            continue
        seen.add(unit.index)
        path = f"Session.CartItems[{unit.index}].Attributes.{name}"
        _write(frame, ("CartItem", unit.index), unit.attributes, name, operator, value_of(unit), path)


def _write(
    frame: EvaluationFrame,
    place: tuple[str, int],
    attributes: dict[str, JSON],
    name: str,
    operator: str,
    value: Value,
    path: str,
) -> None:
    after = changed(path, attributes.get(name), operator, value)
    entity: Entity = ENTITIES.get(place[0], "CartItem")
    accepted, refusals = accept(entity, {name: as_json(after)}, frame.definitions.attributes, "")
    if refusals:
        raise ExpressionError(refusals[0].details)
    state = frame.state
    if operator != "setTo":
        state.put(state.relied, place, state.relied.get(place, frozenset()) | {name})
    state.put(attributes, name, after)
    state.put(state.writes.setdefault(place, {}), name, accepted[name])
    state.emit("updateAttribute", UpdateAttributeProps(path, accepted[name]))


def _split(path: str) -> tuple[str, str]:
    root, _, rest = path.partition(".Attributes.")
    if root not in ENTITIES or not rest:
        raise ExpressionError(f'"{path}" is not an attribute that can be updated; write Session.Attributes.<name>')
    return root, rest


def _view(frame: EvaluationFrame, root: str) -> View:
    views: Mapping[str, View | None] = {
        "Session": frame.state.session,
        "Profile": frame.profile,
        "AdvocateProfile": frame.advocate,
        "Coupon": frame.coupon,
        "Referral": frame.referral,
    }
    view = views[root]
    if view is None:
        raise ExpressionError(f"there is no {root} in this evaluation")
    return view


def _id_of(frame: EvaluationFrame, root: str) -> int:
    """Which one it is, where there may be several of them."""
    current = frame.state.now_pass
    if root == "Coupon" and current.coupon is not None:
        return current.coupon.id
    if root in ("Referral", "AdvocateProfile") and current.referral is not None:
        return current.referral.id
    return 0


def _refuse_path(arguments: tuple[Known, ...]) -> str | None:
    path = arguments[0].value
    try:
        _split(path if isinstance(path, str) else "Session.Attributes.any")
    except ExpressionError as error:
        return error.message
    return None


_WAYS = (
    f"Operators are {', '.join(OPERATORS)}. A present value that is not set counts as 0; laterBy and earlierBy move a "
    'time by a number of days, or by a duration such as "2h", "3D" or "1M".'
)
_DOC = (
    "Set a custom attribute of the Session, the Profile, the AdvocateProfile, the Coupon or the Referral, given by its "
    "path, or with an operator change it. " + _WAYS
)
_ITEM_DOC = (
    "Change a custom attribute of the cart items of a list, given by its name, with an operator and either a block "
    "that computes the value for one item or one value for all. A line of the cart is changed once. " + _WAYS
)

_SET_EXAMPLE = Example(
    ["updateAttribute", "Session.Attributes.note", "a regular"],
    [{"path": "Session.Attributes.note", "value": "a regular"}],
)
_CHANGE_EXAMPLE = Example(
    ["updateAttribute", "Session.Attributes.ShippingCost", "decreaseBy", 3],
    [{"path": "Session.Attributes.ShippingCost", "value": 2}],
)
_ITEM_EXAMPLE = Example(
    ["updateItemAttribute", [".", "Session", "CartItems"], "note", "setTo", [["Item"], [".", "Item", "SKU"]]],
    [{"path": "Session.CartItems[0].Attributes.note", "value": "hat"}],
)

UPDATE_ATTRIBUTE = Effect(
    name="updateAttribute",
    props=UpdateAttributeProps,
    doc="A custom attribute has a new value; it is stored at once and never rolled back.",
    functions=(
        Function(
            "updateAttribute(String, Atom|List)Null",
            update_attribute,
            _DOC,
            (_SET_EXAMPLE,),
            needs_frame=True,
            refuses=_refuse_path,
        ),
        Function(
            "updateAttribute(String, String, Atom|List)Null",
            change_attribute,
            _DOC,
            (_CHANGE_EXAMPLE,),
            needs_frame=True,
            refuses=lambda arguments: _refuse_path(arguments) or only(1, OPERATORS, "an operator")(arguments),
        ),
        Function(
            "updateItemAttribute(List, String, String, Atom|List|Token)Null",
            update_item_attribute,
            _ITEM_DOC,
            (_ITEM_EXAMPLE,),
            needs_frame=True,
            binds=each_element,
            refuses=only(2, OPERATORS, "an operator"),
        ),
    ),
)
