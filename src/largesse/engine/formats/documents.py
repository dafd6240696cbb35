"""How sessions, effects and consumption are written down for storage: compact JSON with every number exact.

The brain owns this form because it alone knows the types; storage keeps the bytes as they are.
"""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from largesse.engine.attributes import normalise
from largesse.engine.changes import Consumption
from largesse.engine.effects.catalogue import EFFECT_BY_TYPE
from largesse.engine.effects.record import EffectRecord, Props
from largesse.engine.shopping.sessions import Session

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_SESSIONS = msgspec.json.Decoder(Session, float_hook=Decimal)
_CONSUMED = msgspec.json.Decoder(tuple[Consumption, ...], float_hook=Decimal)


class _Envelope(msgspec.Struct, frozen=True, rename="camel"):
    """An effect whose props are still to be read, since their type is named beside them."""

    effect_type: str
    props: msgspec.Raw


_ENVELOPES = msgspec.json.Decoder(tuple[_Envelope, ...])
_RECORDS = msgspec.json.Decoder(
    tuple[EffectRecord, ...], dec_hook=lambda _type, value: value, float_hook=Decimal, strict=True
)
_PROPS: Mapping[str, msgspec.json.Decoder[Props]] = {
    effect_type: msgspec.json.Decoder(effect.props, float_hook=Decimal)
    for effect_type, effect in EFFECT_BY_TYPE.items()
}


def encode_session(session: Session) -> bytes:
    """A whole session."""
    return _ENCODER.encode(session)


def decode_session(document: bytes) -> Session:
    """A session as it was encoded; attribute numbers are Decimals again."""
    session = _SESSIONS.decode(document)
    if not session.attributes and not any(item.attributes for item in session.cart_items):
        return session
    items = tuple(
        msgspec.structs.replace(item, attributes=normalise(item.attributes)) if item.attributes else item
        for item in session.cart_items
    )
    return msgspec.structs.replace(session, attributes=normalise(session.attributes), cart_items=items)


def encode_effects(effects: tuple[EffectRecord, ...]) -> bytes:
    """Effects as they go over the wire."""
    return _ENCODER.encode(effects)


def decode_effects(document: bytes) -> tuple[EffectRecord, ...]:
    """Effects as they were encoded, each with the props of its type."""
    if document == b"[]":
        return ()
    envelopes = _ENVELOPES.decode(document)
    records = _RECORDS.decode(document)
    return tuple(
        msgspec.structs.replace(record, props=_props(envelope))
        for record, envelope in zip(records, envelopes, strict=True)
    )


def encode_consumed(consumed: tuple[Consumption, ...]) -> bytes:
    """What a closed session has consumed."""
    return _ENCODER.encode(consumed)


def decode_consumed(document: bytes) -> tuple[Consumption, ...]:
    """What a closed session has consumed, as it was encoded."""
    return _CONSUMED.decode(document)


def _props(envelope: _Envelope) -> Props:
    return _PROPS[envelope.effect_type].decode(envelope.props)
