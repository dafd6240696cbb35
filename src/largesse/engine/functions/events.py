"""Conditions on what happened to the session."""

import re

from largesse.engine.frame import EvaluationFrame
from largesse.language import Function

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def event_is(frame: EvaluationFrame, event_type: str) -> bool:
    """Whether the event that is evaluated has this type."""
    return frame.event.type in (event_type, f"talon_{_WORD.sub('_', event_type).lower()}")


EVENT_FUNCTIONS = (
    Function(
        "eventIs(String)Boolean",
        event_is,
        "Whether what is evaluated is an event of this type. Built-in events are named in full "
        "(talon_session_closed) or in short (sessionClosed).",
        needs_frame=True,
    ),
)
