"""How JSON columns and Python values become each other: numbers stay exact, a fraction is a `Decimal` and never a
float."""

from decimal import Decimal

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy

_decoder = msgspec.json.Decoder(float_hook=Decimal)
_encoder = msgspec.json.Encoder(decimal_format="number")


def decode_json(text: str) -> object:
    """The Python value of a JSON text: dict, list, str, bool, None, int for whole numbers and `Decimal` for others."""
    return _decoder.decode(text)


def encode_json(value: object) -> str:
    """The JSON text of a value made of JSON types, `Decimal`, dates or msgspec structs; `msgspec.Raw` passes as it
    is."""
    return _encoder.encode(value).decode()


async def register_codecs(
    connection: "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]",
) -> None:
    """Teaches a new connection to carry json and jsonb as above."""
    for name in ("json", "jsonb"):
        await connection.set_type_codec(name, schema="pg_catalog", encoder=encode_json, decoder=decode_json)
