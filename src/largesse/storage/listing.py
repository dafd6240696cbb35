"""One page of a list, together with how many entries there are in all.

The query of a list gives each row the column `total` (`count(*) OVER ()`) and takes the page as its last two arguments:
how many rows, after skipping how many.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct

from largesse.plumbing.database import Query, Record, Transaction

T = TypeVar("T")


class Listing(Struct, Generic[T], frozen=True):
    """The entries of one page, and the number of entries on all pages."""

    entries: list[T]
    total: int


async def list_page(
    db: Transaction, query: Query, *arguments: object, page_size: int, skip: int, read: Callable[[Record], T]
) -> Listing[T]:
    """Run a list's query for one page; `read` makes an entry of a row.

    A page behind the last entry has no row to tell the total, so that it is asked for by reading the first entry.
    """
    rows = await db.rows(query, *arguments, page_size, skip)
    if rows:
        return Listing([read(row) for row in rows], rows[0]["total"])
    first = await db.row(query, *arguments, 1, 0) if skip else None
    return Listing([], 0 if first is None else first["total"])
