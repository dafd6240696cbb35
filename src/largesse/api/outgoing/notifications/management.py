"""What staff do with notifications of an Application: make, list, read, replace and delete them."""

from msgspec import Struct

from largesse.api.outgoing.notifications.wire import (
    ApplicationNotification,
    ApplicationNotifications,
    NewNotification,
    UpdateNotification,
    refused,
    settings_of,
    show_notification,
)
from largesse.api.reach import reach_application
from largesse.api.refusals import refuse_if_any
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.problems import NotFound
from largesse.storage.outgoing import notifications
from largesse.storage.outgoing.notifications import StoredNotification

MISSING = "There is no such notification"


class NotificationsPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of an Application's notifications."""

    application_id: int


class NotificationPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one notification."""

    application_id: int
    notification_id: int


async def create_notification(call: Call[object], request: Request[NotificationsPath, None, NewNotification]) -> Reply:
    """Have others told of changes from now on."""
    application = await reach_application(call, request.path.application_id)
    refuse_if_any(refused(request.body))
    place = (application.account_id, application.id)
    stored = await notifications.create_notification(
        call.db, *place, request.body.type, settings_of(request.body), call.now
    )
    return created(show_notification(stored))


async def get_notifications(call: Call[object], request: Request[NotificationsPath, None, None]) -> Reply:
    """All notifications of the Application."""
    application = await reach_application(call, request.path.application_id)
    found = await notifications.list_notifications(call.db, application.account_id, application.id)
    listed = [show_notification(each) for each in found]
    return ok(ApplicationNotifications(total_result_size=len(listed), data=listed))


async def get_notification(call: Call[object], request: Request[NotificationPath, None, None]) -> Reply:
    """One notification."""
    found = await notifications.find_notification(call.db, *_place(call, request.path))
    return ok(show_notification(_found(found)))


async def update_notification(
    call: Call[object], request: Request[NotificationPath, None, UpdateNotification]
) -> Reply:
    """Replace a notification; what waits is sent as it was."""
    refuse_if_any(refused(request.body))
    place = _place(call, request.path)
    changed = await notifications.update_notification(call.db, *place, settings_of(request.body), call.now)
    return ok(show_notification(_found(changed)))


async def delete_notification(call: Call[object], request: Request[NotificationPath, None, None]) -> Reply:
    """Tell nobody any more."""
    if not await notifications.delete_notification(call.db, *_place(call, request.path)):
        raise NotFound(MISSING)
    return no_content()


def _place(call: Call[object], path: NotificationPath) -> tuple[int, int, int]:
    return (call.caller.account_id, path.application_id, path.notification_id)


def _found(notification: StoredNotification | None) -> StoredNotification:
    if notification is None:
        raise NotFound(MISSING)
    return notification


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/notifications",
        operation_id="createApplicationNotification",
        summary="Have others told of changes of an Application",
        access=Access.MANAGEMENT,
        run=create_notification,
        path_params=NotificationsPath,
        body=NewNotification,
        replies={201: ApplicationNotification},
        problems=(400, 404),
        published=False,
        tag="Notifications",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/notifications",
        operation_id="getApplicationNotifications",
        summary="List the notifications of an Application",
        access=Access.MANAGEMENT,
        run=get_notifications,
        path_params=NotificationsPath,
        replies={200: ApplicationNotifications},
        problems=(404,),
        published=False,
        tag="Notifications",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/notifications/{notificationId}",
        operation_id="getApplicationNotification",
        summary="Read a notification",
        access=Access.MANAGEMENT,
        run=get_notification,
        path_params=NotificationPath,
        replies={200: ApplicationNotification},
        problems=(404,),
        published=False,
        tag="Notifications",
    ),
    Operation(
        method="PUT",
        path="/v1/applications/{applicationId}/notifications/{notificationId}",
        operation_id="updateApplicationNotification",
        summary="Replace a notification",
        access=Access.MANAGEMENT,
        run=update_notification,
        path_params=NotificationPath,
        body=UpdateNotification,
        replies={200: ApplicationNotification},
        problems=(400, 404),
        published=False,
        tag="Notifications",
    ),
    Operation(
        method="DELETE",
        path="/v1/applications/{applicationId}/notifications/{notificationId}",
        operation_id="deleteApplicationNotification",
        summary="Delete a notification",
        access=Access.MANAGEMENT,
        run=delete_notification,
        path_params=NotificationPath,
        replies={204: None},
        problems=(404,),
        published=False,
        tag="Notifications",
    ),
)
