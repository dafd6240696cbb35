"""Webhooks as rows: requests to other systems as the account has laid them out."""

from datetime import datetime

import msgspec
from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.outgoing.parameters import Parameter
from largesse.engine.outgoing.webhooks import Verb, WebhookDefinition
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.listing import Listing, list_page

QUERIES = load_queries("largesse.storage.outgoing", "webhooks.sql")


class WebhookSettings(Struct, frozen=True, kw_only=True):
    """All about a webhook that may be changed; `params` as they are written on the wire."""

    title: str
    description: str
    draft: bool
    verb: Verb
    url: str
    headers: tuple[str, ...]
    payload: str
    params: list[JSON]
    enabled: bool
    application_ids: tuple[int, ...]
    authentication_id: int | None = None


class StoredWebhook(Struct, frozen=True, kw_only=True):
    """A webhook as it stands."""

    id: int
    created: datetime
    modified: datetime
    settings: WebhookSettings


class WebhookFilter(Struct, frozen=True, kw_only=True):
    """Which webhooks are meant; None filters nothing. A webhook without Applications is for each of
    `application_ids`; `title` is a part of the title, in any case."""

    application_ids: tuple[int, ...] | None = None
    enabled: bool | None = None
    title: str | None = None


async def create_webhook(db: Transaction, account_id: int, settings: WebhookSettings, now: datetime) -> StoredWebhook:
    """Define a webhook."""
    rows = await db.rows(QUERIES["create_webhook"], account_id, now, *_columns(settings))
    return _webhook_of(rows[0])


async def find_webhook(db: Transaction, account_id: int, webhook_id: int) -> StoredWebhook | None:
    """The account's webhook with this id, or None."""
    row = await db.row(QUERIES["find_webhook"], account_id, webhook_id)
    return None if row is None else _webhook_of(row)


async def list_webhooks(
    db: Transaction, account_id: int, wanted: WebhookFilter, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredWebhook]:
    """A page of the account's webhooks; `sort` is id, title, created or modified, with a leading "-" for descending."""
    query = QUERIES["list_webhooks"]
    filters = (wanted.application_ids, wanted.enabled, wanted.title)
    return await list_page(db, query, account_id, sort, *filters, page_size=page_size, skip=skip, read=_webhook_of)


async def update_webhook(
    db: Transaction, account_id: int, webhook_id: int, settings: WebhookSettings, now: datetime
) -> StoredWebhook | None:
    """Replace the settings; None when there is no such webhook."""
    row = await db.row(QUERIES["update_webhook"], account_id, webhook_id, now, *_columns(settings))
    return None if row is None else _webhook_of(row)


async def delete_webhook(db: Transaction, account_id: int, webhook_id: int) -> bool:
    """Stop defining a webhook; False when there was none. Requests that were asked for already are sent."""
    return await db.run(QUERIES["delete_webhook"], account_id, webhook_id) > 0


async def webhook_definitions(db: Transaction, account_id: int) -> list[WebhookDefinition]:
    """The account's webhooks as rules call them."""
    return [
        WebhookDefinition(
            id=row["id"],
            title=row["title"],
            verb=row["verb"],
            url=row["url"],
            headers=tuple(row["headers"]),
            payload=row["payload"],
            params=msgspec.convert(row["params"], tuple[Parameter, ...]),
            application_ids=tuple(row["application_ids"]),
            draft=row["draft"],
            enabled=row["enabled"],
            authentication_id=row["authentication_id"],
        )
        for row in await db.rows(QUERIES["webhook_definitions"], account_id)
    ]


def _columns(settings: WebhookSettings) -> tuple[object, ...]:
    return (
        settings.title,
        settings.description,
        settings.draft,
        settings.verb,
        settings.url,
        settings.headers,
        settings.payload,
        settings.params,
        settings.enabled,
        settings.application_ids,
        settings.authentication_id,
    )


def _webhook_of(row: Record) -> StoredWebhook:
    return StoredWebhook(
        id=row["id"],
        created=row["created"],
        modified=row["modified"],
        settings=WebhookSettings(
            title=row["title"],
            description=row["description"],
            draft=row["draft"],
            verb=row["verb"],
            url=row["url"],
            headers=tuple(row["headers"]),
            payload=row["payload"],
            params=row["params"],
            enabled=row["enabled"],
            application_ids=tuple(row["application_ids"]),
            authentication_id=row["authentication_id"],
        ),
    )
