"""What callers write and see of notifications. The contract publishes what is sent; this follows the official
models."""

import re
from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct

from largesse.engine.outgoing.webhooks import address_refusal
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.outgoing.notifications import NotificationSettings, NotificationType, StoredNotification

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+:[^\x00-\x1f\x7f]*")
BATCH_SIZE_MAX = 5


class CampaignNotificationPolicy(Struct, frozen=True, kw_only=True, rename="camel"):
    """What a notification is called, and how many changes are told at a time [SDK CampaignNotificationPolicy]."""

    name: Annotated[str, Meta(min_length=1)]
    batching_enabled: Omittable[bool] = True
    batch_size: Omittable[Annotated[int, Meta(ge=1, le=BATCH_SIZE_MAX)]] = BATCH_SIZE_MAX


class NewNotificationWebhook(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whom a notification goes to [SDK NewNotificationWebhook]."""

    url: str
    headers: list[str]
    enabled: Omittable[bool] = UNSET


class UpdateNotification(Struct, frozen=True, kw_only=True, rename="camel"):
    """All that is to be so about a notification [SDK NewBaseNotification]."""

    policy: CampaignNotificationPolicy
    enabled: Omittable[bool] = UNSET
    webhook: NewNotificationWebhook


class NewNotification(UpdateNotification, frozen=True, kw_only=True, rename="camel"):
    """A notification to be made: the same with its type."""

    type: NotificationType


class NotificationWebhook(Struct, frozen=True, kw_only=True, rename="camel"):
    """Whom a notification goes to, as it stands [SDK, its model of the webhook]."""

    id: int
    created: datetime
    modified: datetime
    url: str
    headers: list[str]
    enabled: bool


class ApplicationNotification(Struct, frozen=True, kw_only=True, rename="camel"):
    """A notification [SDK, its model of a notification]."""

    policy: CampaignNotificationPolicy
    enabled: bool
    webhook: NotificationWebhook
    id: int
    type: NotificationType


class ApplicationNotifications(Struct, frozen=True, kw_only=True, rename="camel"):
    """All notifications of an Application [SDK, its model of a list]."""

    total_result_size: int
    data: list[ApplicationNotification]


def show_notification(notification: StoredNotification) -> ApplicationNotification:
    """A stored notification as callers see it."""
    settings = notification.settings
    return ApplicationNotification(
        policy=CampaignNotificationPolicy(
            name=settings.name, batching_enabled=settings.batching_enabled, batch_size=settings.batch_size
        ),
        enabled=settings.enabled,
        webhook=NotificationWebhook(
            id=notification.id,
            created=notification.created,
            modified=notification.modified,
            url=settings.url,
            headers=list(settings.headers),
            enabled=settings.webhook_enabled,
        ),
        id=notification.id,
        type=notification.type,
    )


def settings_of(sent: UpdateNotification) -> NotificationSettings:
    """The settings that were sent; a URL without a scheme is an https one."""
    size = given(sent.policy.batch_size)
    return NotificationSettings(
        name=sent.policy.name,
        batching_enabled=given(sent.policy.batching_enabled) is not False,
        batch_size=BATCH_SIZE_MAX if size is None else size,
        enabled=given(sent.enabled) is not False,
        url=sent.webhook.url if "://" in sent.webhook.url else f"https://{sent.webhook.url}",
        headers=tuple(sent.webhook.headers),
        webhook_enabled=given(sent.webhook.enabled) is not False,
    )


def refused(sent: UpdateNotification) -> list[FieldError]:
    """What is wrong with it."""
    errors: list[FieldError] = []
    if problem := address_refusal(sent.webhook.url):
        errors.append(at_pointer(INVALID_VALUE, problem, "/webhook/url"))
    for index, header in enumerate(sent.webhook.headers):
        if not _HEADER.fullmatch(header):
            details = 'a header is written "Name: value" on one line'
            errors.append(at_pointer(INVALID_VALUE, details, f"/webhook/headers/{index}"))
    return errors
