"""Notifications as rows: which changes of an Application are told to whom, and putting what is told into the outbox."""

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.plumbing.ids import new_message_id

QUERIES = load_queries("largesse.storage.outgoing", "notifications.sql")

NotificationType = Literal["campaign"]

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


class NotificationSettings(Struct, frozen=True, kw_only=True):
    """All about a notification that may be changed. Nothing is told while it or its webhook is not enabled."""

    name: str
    batching_enabled: bool
    batch_size: int
    enabled: bool
    url: str
    headers: tuple[str, ...]
    webhook_enabled: bool


class StoredNotification(Struct, frozen=True, kw_only=True):
    """A notification as it stands."""

    id: int
    type: NotificationType
    created: datetime
    modified: datetime
    settings: NotificationSettings


async def create_notification(
    db: Transaction,
    account_id: int,
    application_id: int,
    kind: NotificationType,
    settings: NotificationSettings,
    now: datetime,
) -> StoredNotification:
    """Have others told of changes from now on."""
    rows = await db.rows(QUERIES["create_notification"], account_id, application_id, now, kind, *_columns(settings))
    return _notification_of(rows[0])


async def find_notification(
    db: Transaction, account_id: int, application_id: int, notification_id: int
) -> StoredNotification | None:
    """The Application's notification with this id, or None."""
    row = await db.row(QUERIES["find_notification"], account_id, application_id, notification_id)
    return None if row is None else _notification_of(row)


async def list_notifications(db: Transaction, account_id: int, application_id: int) -> list[StoredNotification]:
    """All notifications of the Application."""
    rows = await db.rows(QUERIES["list_notifications"], account_id, application_id)
    return [_notification_of(row) for row in rows]


async def update_notification(
    db: Transaction,
    account_id: int,
    application_id: int,
    notification_id: int,
    settings: NotificationSettings,
    now: datetime,
) -> StoredNotification | None:
    """Replace the settings; None when there is no such notification."""
    place = (account_id, application_id, notification_id)
    row = await db.row(QUERIES["update_notification"], *place, now, *_columns(settings))
    return None if row is None else _notification_of(row)


async def delete_notification(db: Transaction, account_id: int, application_id: int, notification_id: int) -> bool:
    """Tell nobody any more; False when there was no such notification. What waits is sent."""
    return await db.run(QUERIES["delete_notification"], account_id, application_id, notification_id) > 0


async def is_told(db: Transaction, account_id: int, application_id: int, kind: NotificationType) -> bool:
    """Whether anybody wants to know of changes of this kind."""
    return bool(await db.value(QUERIES["is_told"], account_id, application_id, kind))


async def tell(
    db: Transaction,
    account_id: int,
    application_id: int,
    kind: NotificationType,
    change_type: str,
    payload: Struct,
    now: datetime,
) -> None:
    """Put what is told into the outbox, a message for each notification of its kind."""
    body = _ENCODE(payload).decode()
    for row in await db.rows(QUERIES["told_notifications"], account_id, application_id, kind):
        headers = dict(each for each in (_header(text) for text in row["headers"]) if each[0])
        await db.run(
            QUERIES["put_notification_into_outbox"],
            account_id,
            application_id,
            new_message_id(),
            now,
            row["id"],
            row["name"],
            change_type,
            row["url"],
            {"Content-Type": "application/json"} | headers,
            body,
        )


def _header(text: str) -> tuple[str, str]:
    name, _, value = text.partition(":")
    return name.strip(), value.strip()


def _columns(settings: NotificationSettings) -> tuple[object, ...]:
    return (
        settings.name,
        settings.batching_enabled,
        settings.batch_size,
        settings.enabled,
        settings.url,
        settings.headers,
        settings.webhook_enabled,
    )


def _notification_of(row: Record) -> StoredNotification:
    return StoredNotification(
        id=row["id"],
        type=row["type"],
        created=row["created"],
        modified=row["modified"],
        settings=NotificationSettings(
            name=row["name"],
            batching_enabled=row["batching_enabled"],
            batch_size=row["batch_size"],
            enabled=row["enabled"],
            url=row["url"],
            headers=tuple(row["headers"]),
            webhook_enabled=row["webhook_enabled"],
        ),
    )
