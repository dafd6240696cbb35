"""What every import of a file does at its beginning and at its end, what it answers, and cells that files of codes have
in common, which raise `WrongCell`."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from largesse.api.integration_ids import too_long
from largesse.engine.codes.coupons import USES_MAX
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, REQUIRED, TOO_LONG
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.csv_rows import WrongCell, integer_cell, time_cell
from largesse.plumbing.http.operation import Reply, ok
from largesse.storage.requests import imports

# Published for codes in a file.
VALUE_CHARACTERS_MIN = 3

# The index that finds a code takes so much, and a session no code of more than a hundred characters.
VALUE_CHARACTERS_MAX = 500

# Most files say the same of many codes; reading it once is enough.
READINGS_KEPT = 100


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


def code_cell(column: str, text: str) -> str:
    """A code, not yet in the spelling of its Application."""
    if not text:
        raise WrongCell(REQUIRED, f"{column} must not be empty")
    if len(text) < VALUE_CHARACTERS_MIN:
        raise WrongCell(OUT_OF_RANGE, f"{column} must have at least {VALUE_CHARACTERS_MIN} characters")
    if len(text) > VALUE_CHARACTERS_MAX:
        raise WrongCell(TOO_LONG, f"{column} must have at most {VALUE_CHARACTERS_MAX} characters")
    if not text.isprintable():
        raise WrongCell(INVALID_VALUE, f"{column} holds a character that nobody can type")
    return text


def id_cell(column: str, text: str) -> str | None:
    """The id of a customer, None where nothing is said."""
    if details := too_long(text):
        raise WrongCell(TOO_LONG, f"{column}: {details}")
    return text or None


def times_cells(start: str, expiry: str) -> tuple[datetime | None, datetime | None]:
    """When a code begins and ends to be good, from the columns `startdate` and `expirydate`."""
    start_date, expiry_date = time_cell("startdate", start), time_cell("expirydate", expiry)
    if start_date is not None and expiry_date is not None and expiry_date <= start_date:
        raise WrongCell(INVALID_VALUE, "expirydate must be after startdate")
    return start_date, expiry_date


def uses_cell(text: str) -> int:
    """How often a code can be redeemed, from the column `limitval`: once unless something is said, 0 for any number."""
    uses = integer_cell("limitval", text)
    if uses is not None and uses > USES_MAX:
        raise WrongCell(OUT_OF_RANGE, f"limitval must be a whole number from 0 to {USES_MAX}")
    return 1 if uses is None else uses
