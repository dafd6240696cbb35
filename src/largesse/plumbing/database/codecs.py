"""How JSON columns and Python values become each other: numbers stay exact, a fraction is a `Decimal` and never a
float."""

from decimal import Decimal

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy

JSONB_VERSION = b"\x01"

_decoder = msgspec.json.Decoder(float_hook=Decimal)
_encoder = msgspec.json.Encoder(decimal_format="number")


def decode_json(text: bytes) -> object:
    """The Python value of a JSON text: dict, list, str, bool, None, int for whole numbers and `Decimal` for others."""
    return _decoder.decode(text)


def encode_json(value: object) -> bytes:
    """The JSON text of a value of JSON types, `Decimal`, dates or msgspec structs; `msgspec.Raw` passes as it is."""
    return _encoder.encode(value)


def decode_jsonb(column: bytes) -> object:
    """As `decode_json`, for jsonb, whose binary form is the text behind a version number."""
    return _decoder.decode(column[1:])


def encode_jsonb(value: object) -> bytes:
    """As `encode_json`, for jsonb."""
    return JSONB_VERSION + _encoder.encode(value)


async def register_codecs(
    connection: "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]",
) -> None:
    """Teaches a new connection to carry json and jsonb as above, in the binary form that COPY needs too."""
    for name, encode, decode in (("json", encode_json, decode_json), ("jsonb", encode_jsonb, decode_jsonb)):
        await connection.set_type_codec(name, schema="pg_catalog", encoder=encode, decoder=decode, format="binary")
