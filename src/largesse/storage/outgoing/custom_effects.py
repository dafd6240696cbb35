"""Custom effects as rows: what a shop has agreed with itself to do, and the template of what it is told."""

from datetime import datetime

import msgspec
from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.outgoing.custom_effects import CustomEffectDefinition
from largesse.engine.outgoing.parameters import Parameter
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries
from largesse.storage.listing import Listing, list_page

QUERIES = load_queries("largesse.storage.outgoing", "custom_effects.sql")


class CustomEffectSettings(Struct, frozen=True, kw_only=True):
    """All about a custom effect that may be changed; `params` as they are written on the wire."""

    name: str
    title: str
    payload: str
    description: str
    enabled: bool
    is_per_item: bool
    params: list[JSON]
    application_ids: tuple[int, ...]


class StoredCustomEffect(Struct, frozen=True, kw_only=True):
    """A custom effect as it stands."""

    id: int
    account_id: int
    created: datetime
    modified: datetime
    created_by: int
    modified_by: int | None
    settings: CustomEffectSettings


class CustomEffectTaken(Exception):  # noqa: N818 - it says what is so
    """The account has a custom effect of this name already."""


async def create_custom_effect(
    db: Transaction, account_id: int, settings: CustomEffectSettings, user_id: int, now: datetime
) -> StoredCustomEffect:
    """Define a custom effect. Raises `CustomEffectTaken`."""
    try:
        rows = await db.rows(QUERIES["create_custom_effect"], account_id, now, user_id, *_columns(settings))
    except UniqueViolation as violation:
        raise CustomEffectTaken from violation
    return _effect_of(rows[0])


async def find_custom_effect(db: Transaction, account_id: int, effect_id: int) -> StoredCustomEffect | None:
    """The account's custom effect with this id, or None."""
    row = await db.row(QUERIES["find_custom_effect"], account_id, effect_id)
    return None if row is None else _effect_of(row)


async def list_custom_effects(
    db: Transaction, account_id: int, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredCustomEffect]:
    """A page of the account's custom effects; `sort` is id, name, title, created or modified, with a leading "-" for
    descending."""
    query = QUERIES["list_custom_effects"]
    return await list_page(db, query, account_id, sort, page_size=page_size, skip=skip, read=_effect_of)


async def update_custom_effect(
    db: Transaction, account_id: int, effect_id: int, settings: CustomEffectSettings, user_id: int, now: datetime
) -> StoredCustomEffect | None:
    """Replace the settings; None when there is no such custom effect. Raises `CustomEffectTaken`."""
    query = QUERIES["update_custom_effect"]
    try:
        row = await db.row(query, account_id, effect_id, now, user_id, *_columns(settings))
    except UniqueViolation as violation:
        raise CustomEffectTaken from violation
    return None if row is None else _effect_of(row)


async def delete_custom_effect(db: Transaction, account_id: int, effect_id: int) -> bool:
    """Stop defining a custom effect; False when there was none."""
    return await db.run(QUERIES["delete_custom_effect"], account_id, effect_id) > 0


async def custom_effect_definitions(db: Transaction, account_id: int) -> list[CustomEffectDefinition]:
    """The account's custom effects as rules give them."""
    return [
        CustomEffectDefinition(
            id=row["id"],
            name=row["name"],
            title=row["title"],
            payload=row["payload"],
            application_ids=tuple(row["application_ids"]),
            is_per_item=row["is_per_item"],
            enabled=row["enabled"],
            params=msgspec.convert(row["params"], tuple[Parameter, ...]),
        )
        for row in await db.rows(QUERIES["custom_effect_definitions"], account_id)
    ]


def _columns(settings: CustomEffectSettings) -> tuple[object, ...]:
    return (
        settings.name,
        settings.title,
        settings.payload,
        settings.description,
        settings.enabled,
        settings.is_per_item,
        settings.params,
        settings.application_ids,
    )


def _effect_of(row: Record) -> StoredCustomEffect:
    return StoredCustomEffect(
        id=row["id"],
        account_id=row["account_id"],
        created=row["created"],
        modified=row["modified"],
        created_by=row["created_by"],
        modified_by=row["modified_by"],
        settings=CustomEffectSettings(
            name=row["name"],
            title=row["title"],
            payload=row["payload"],
            description=row["description"],
            enabled=row["enabled"],
            is_per_item=row["is_per_item"],
            params=row["params"],
            application_ids=tuple(row["application_ids"]),
        ),
    )
