"""updateAttribute: a custom attribute of the session, the profile or the coupon gets a new value."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from largesse.engine.attributes import JSON, Entity, accept
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.literals import only
from largesse.engine.effects.record import Props
from largesse.engine.frame import EvaluationFrame
from largesse.engine.money import QUOTIENTS
from largesse.engine.views.coupon import CouponView
from largesse.engine.views.profile import ProfileView
from largesse.engine.views.session import SessionView
from largesse.engine.views.values import as_json
from largesse.language import ExpressionError, Function, Known


class UpdateAttributeProps(Props, frozen=True):
    """The attribute as a dotted path (`Session.Attributes.tier`) and its new value."""

    path: str
    value: JSON


ENTITIES: Mapping[str, Entity] = {"Session": "CustomerSession", "Profile": "CustomerProfile", "Coupon": "Coupon"}


def update_attribute(frame: EvaluationFrame, path: str, value: JSON) -> None:
    """Set an attribute; the rules after this one see the new value, and cancelling the session does not take it
    back."""
    root, name = _split(path)
    view = _view(frame, root)
    written = as_json(value)
    accepted, refusals = accept(ENTITIES[root], {name: written}, frame.definitions.attributes, "")
    if refusals:
        raise ExpressionError(refusals[0].details)
    state = frame.state
    state.put(view.attributes, name, value)
    place = (root, view.id if isinstance(view, CouponView) else 0)
    state.put(state.writes.setdefault(place, {}), name, accepted[name])
    state.emit("updateAttribute", UpdateAttributeProps(path, accepted[name]))


def change_attribute(frame: EvaluationFrame, path: str, operator: str, value: JSON) -> None:
    """Set an attribute to its present value changed by an operator."""
    if operator == "setTo":
        update_attribute(frame, path, value)
        return
    operation = _OPERATIONS.get(operator)
    if operation is None:
        raise ExpressionError(f'"{operator}" is not an operator; use setTo or one of {", ".join(_OPERATIONS)}')
    root, name = _split(path)
    present = _view(frame, root).attributes.get(name, Decimal(0))
    if not isinstance(present, Decimal) or not isinstance(value, Decimal):
        raise ExpressionError(f"{operator} needs numbers, {path} is {present!r} and the value {value!r}")
    update_attribute(frame, path, operation(present, value))


def _divide(present: Decimal, value: Decimal) -> Decimal:
    if not value:
        raise ExpressionError("division by zero")
    return QUOTIENTS.divide(present, value)


_OPERATIONS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "increaseBy": lambda present, value: present + value,
    "decreaseBy": lambda present, value: present - value,
    "multiplyBy": lambda present, value: present * value,
    "divideBy": _divide,
}


def _split(path: str) -> tuple[str, str]:
    root, _, rest = path.partition(".Attributes.")
    if root not in ENTITIES or not rest:
        raise ExpressionError(f'"{path}" is not an attribute that can be updated; write Session.Attributes.<name>')
    return root, rest


def _view(frame: EvaluationFrame, root: str) -> SessionView | ProfileView | CouponView:
    views: Mapping[str, SessionView | ProfileView | CouponView | None] = {
        "Session": frame.state.session,
        "Profile": frame.profile,
        "Coupon": frame.coupon,
    }
    view = views[root]
    if view is None:
        raise ExpressionError(f"there is no {root} in this evaluation")
    return view


def _refuse_path(arguments: tuple[Known, ...]) -> str | None:
    path = arguments[0].value
    try:
        _split(path if isinstance(path, str) else "Session.Attributes.any")
    except ExpressionError as error:
        return error.message
    return None


_REFUSES_OPERATOR = only(1, ("setTo", *_OPERATIONS), "an operator")
_DOC = (
    "Set a custom attribute of the Session, the Profile or the Coupon, given by its path. With an operator "
    "(setTo, increaseBy, decreaseBy, multiplyBy, divideBy) the new value is computed from the "
    "present one, 0 when it is not set."
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
            needs_frame=True,
            refuses=_refuse_path,
        ),
        Function(
            "updateAttribute(String, String, Atom|List)Null",
            change_attribute,
            _DOC,
            needs_frame=True,
            refuses=lambda arguments: _refuse_path(arguments) or _REFUSES_OPERATOR(arguments),
        ),
    ),
)
