"""Value maps as rows: the map of a campaign, and its values by SKU."""

from collections import Counter
from collections.abc import Callable, Collection, Coroutine, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from largesse.engine.shopping.value_maps import Mapped
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.plumbing.problems import Conflict
from largesse.storage.scope import Scope

QUERIES = load_queries("largesse.storage.shopping", "value_maps.sql")

# Half a million values take a second or two on a small machine; no shop waits for longer.
EXPORT_TIMEOUT_SECONDS = 120


class StoredValueMap(Struct, frozen=True, kw_only=True):
    """The value map of a campaign, without its values."""

    id: int
    account_id: int
    application_id: int
    campaign_id: int
    created: datetime
    created_by: int

    @property
    def key(self) -> tuple[int, int, int]:
        """Whose it is."""
        return self.account_id, self.application_id, self.campaign_id


class MappedItem(NamedTuple):
    """One value of a map."""

    identifier: str
    value: Decimal


class ValueMapTaken(Exception):  # noqa: N818 - it says what is so
    """The campaign has a value map already."""


async def create_value_map(
    db: Transaction, scope: Scope, campaign_id: int, user_id: int, now: datetime
) -> StoredValueMap:
    """Give a campaign its value map, empty. Raises `ValueMapTaken`."""
    place = (scope.account_id, scope.application_id, campaign_id)
    try:
        rows = await db.rows(QUERIES["create_value_map"], *place, now, user_id)
    except UniqueViolation as violation:
        raise ValueMapTaken from violation
    return _map_of(rows[0])


async def campaign_value_map(db: Transaction, scope: Scope, campaign_id: int) -> StoredValueMap | None:
    """The value map of a campaign, or None."""
    row = await db.row(QUERIES["campaign_value_map"], scope.account_id, scope.application_id, campaign_id)
    return None if row is None else _map_of(row)


async def delete_value_map(db: Transaction, value_map: StoredValueMap) -> None:
    """Take a campaign's value map away."""
    await db.run(QUERIES["delete_value_map"], *value_map.key)


async def empty_value_map(db: Transaction, value_map: StoredValueMap) -> None:
    """Take all values out of a map; who wants to do the same meanwhile waits until the transaction ends. Raises
    `Conflict` where the map is gone by now."""
    held = await db.row(QUERIES["hold_value_map"], *value_map.key)
    if held is None or held["id"] != value_map.id:
        raise Conflict(f"value map {value_map.id} was deleted meanwhile")
    await db.run(QUERIES["empty_value_map"], *value_map.key)


async def add_values(db: Transaction, value_map: StoredValueMap, items: Sequence[MappedItem]) -> list[int]:
    """Store these values; the places of those whose identifier has one already, be it by the same list."""
    identifiers, values = zip(*items, strict=True)
    rows = await db.rows(QUERIES["add_value_map_items"], *value_map.key, list(identifiers), list(values))
    stored = Counter(row["identifier"] for row in rows)
    refused = []
    for index, item in enumerate(items):
        if stored[item.identifier]:
            stored[item.identifier] -= 1
        else:
            refused.append(index)
    return refused


async def export_values(
    db: Transaction, value_map: StoredValueMap, write: Callable[[bytes], Coroutine[object, object, None]]
) -> int:
    """Write all values as a CSV file with a header; how many there are."""
    query = QUERIES["export_value_map"]
    return await db.copy_out(query, *value_map.key, write=write, timeout_seconds=EXPORT_TIMEOUT_SECONDS)


async def value_map_definitions(db: Transaction, account_id: int, application_id: int) -> dict[int, int]:
    """The ids of value maps, by campaign."""
    rows = await db.rows(QUERIES["value_map_definitions"], account_id, application_id)
    return {row["campaign_id"]: row["id"] for row in rows}


async def find_mapped_values(
    db: Transaction, scope: Scope, campaign_ids: Collection[int], skus: Collection[str]
) -> dict[int, Mapped]:
    """What the maps of these campaigns say of these SKUs, by campaign."""
    place = (scope.account_id, scope.application_id)
    rows = await db.rows(QUERIES["mapped_values"], *place, list(campaign_ids), list(skus))
    found: dict[int, dict[str, Decimal]] = {campaign_id: {} for campaign_id in campaign_ids}
    for row in rows:
        found[row["campaign_id"]][row["identifier"]] = row["value"]
    return {campaign_id: found[campaign_id] for campaign_id in campaign_ids}


def _map_of(row: Record) -> StoredValueMap:
    return StoredValueMap(**{name: row[name] for name in StoredValueMap.__struct_fields__})
