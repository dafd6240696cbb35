"""Conditions on what happened."""

import re

from largesse.engine.frame import EvaluationFrame
from largesse.engine.shopping.events import BUILT_IN
from largesse.language import Example, Function

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def snake(name: str) -> str:
    """A name as the built-in events spell theirs."""
    return _WORD.sub("_", name).lower()


def event_is(frame: EvaluationFrame, event_type: str) -> bool:
    """Whether the event that is evaluated has this type."""
    return frame.event.type in (event_type, f"{BUILT_IN}{snake(event_type)}")


EVENT_FUNCTIONS = (
    Function(
        "eventIs(String)Boolean",
        event_is,
        "Whether what is evaluated is an event of this type. Built-in events are named in full "
        "(talon_session_closed) or in short (sessionClosed).",
        (Example(["eventIs", "sessionClosed"], True), Example(["eventIs", "talon_session_created"], False)),
        needs_frame=True,
    ),
)
