"""showNotification: a message for the customer."""

from typing import Literal, get_args

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.literals import only
from largesse.engine.effects.record import Props
from largesse.engine.frame import EvaluationFrame
from largesse.language import Example, ExpressionError, Function

NotificationType = Literal["Info", "Offer", "Error", "Misc"]


class ShowNotificationProps(Props, frozen=True):
    """What kind of message it is, its title and its text."""

    notification_type: NotificationType
    title: str
    body: str


def show_notification(frame: EvaluationFrame, notification_type: str, title: str, body: str = "") -> None:
    """Ask the shop to show a message."""
    for known in get_args(NotificationType):
        if known == notification_type:
            frame.state.emit("showNotification", ShowNotificationProps(known, title, body))
            return
    raise ExpressionError(f'"{notification_type}" is not a type of notification; use Info, Offer, Error or Misc')


_DOC = "Show the customer a message of the type Info, Offer, Error or Misc, with a title and a text."
_EXAMPLE = Example(
    ["showNotification", "Info", "Hello", "Come again"],
    [{"notificationType": "Info", "title": "Hello", "body": "Come again"}],
)
_REFUSES_TYPE = only(0, get_args(NotificationType), "a type of notification")

SHOW_NOTIFICATION = Effect(
    name="showNotification",
    props=ShowNotificationProps,
    doc="A message to show the customer.",
    functions=tuple(
        Function(signature, show_notification, _DOC, (_EXAMPLE,), needs_frame=True, refuses=_REFUSES_TYPE)
        for signature in ("showNotification(String, String)Null", "showNotification(String, String, String)Null")
    ),
)
