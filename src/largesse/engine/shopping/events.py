"""Events: what an evaluation is about, and what shops tell of their customers beside their sessions.

An event without a session has no close: what its rules give is given at once, and never taken back. Source: semantics,
section 21.
"""

from collections.abc import Mapping
from typing import get_args

from msgspec import Struct

from largesse.engine.attributes import JSON, accept, escape
from largesse.engine.definitions import Definitions
from largesse.engine.effects.record import EffectRecord
from largesse.engine.refusals import INVALID_VALUE, UNKNOWN, Refusal
from largesse.engine.shopping.sessions import SessionEvent

BUILT_IN = "talon_"
"""What the names of all events begin with that no shop sends."""

_OF_SESSIONS = frozenset(get_args(SessionEvent))


class Event(Struct, frozen=True):
    """What has happened: one of the built-in events of sessions and profiles, or an event a shop has sent.

    The attributes are those of events of shops, and so is `integration_id`, by which the shop knows an event ("" where
    it gave none). `connected_session_id` is the closed session that such an event goes back to, "" for none.
    """

    type: str
    attributes: dict[str, JSON] = {}
    integration_id: str = ""
    connected_session_id: str = ""

    @property
    def is_of_session(self) -> bool:
        """Whether it is about a session."""
        return self.type in _OF_SESSIONS


class TrackEvent(Struct, frozen=True):
    """Change: append an event that is not about a session, with the effects that were returned for it."""

    event: Event
    profile_id: str
    store_integration_id: str | None
    effects: tuple[EffectRecord, ...]


def accept_event(
    event_type: str, attributes: Mapping[str, JSON], definitions: Definitions
) -> tuple[dict[str, JSON], list[Refusal]]:
    """Check an event that a shop sends: its normalised attributes, and all that is wrong with it."""
    if event_type.startswith(BUILT_IN):
        details = f'"{event_type}" is a built-in event, which cannot be sent'
        return {}, [Refusal(INVALID_VALUE, details, "/type")]
    if event_type not in definitions.event_types:
        return {}, [Refusal(INVALID_VALUE, f'The event type "{event_type}" does not exist.', "/type")]
    accepted, refusals = accept("Event", attributes, definitions.attributes, "/attributes")
    known = definitions.attributes.of("Event")
    for name in accepted:
        if known[name].event_type not in (None, event_type):
            details = f'The attribute "{name}" is not defined on events of type {event_type}.'
            refusals.append(Refusal(UNKNOWN, details, f"/attributes/{escape(name)}"))
    return {name: value for name, value in accepted.items() if value is not None}, refusals
