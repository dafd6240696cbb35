"""What every import of a file does at its beginning and at its end, and what it answers."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Reply, ok
from largesse.storage.requests import imports


class Import(Struct, frozen=True, kw_only=True, rename="camel"):
    """A file that was imported: of what, and how many values it brought [MA Import]."""

    id: int
    created: datetime
    account_id: int
    user_id: int
    entity: str
    amount: Annotated[int, Meta(ge=0)]


async def begin_import(call: Call[object], entity: str) -> int:
    """The number of a new import."""
    return await imports.begin_import(call.db, call.caller.account_id, call.caller.user_id or 0, entity, call.now)


async def finish_import(call: Call[object], import_id: int, entity: str, amount: int) -> Reply:
    """200 with the import, which brought so many values."""
    await imports.finish_import(call.db, call.caller.account_id, import_id, amount)
    return ok(
        Import(
            id=import_id,
            created=call.now,
            account_id=call.caller.account_id,
            user_id=call.caller.user_id or 0,
            entity=entity,
            amount=amount,
        )
    )
