"""From a path to the thing it names: the account's Application, its campaign, or the 404 that says there is none.

What belongs to another account does not exist for this one. Whether a management key may touch the Application at all
is decided before, for every path that names one.
"""

from largesse.plumbing.context import Call
from largesse.plumbing.problems import NotFound
from largesse.storage.access.users import find_user
from largesse.storage.applications import StoredApplication, find_application
from largesse.storage.campaigns import Author, StoredCampaign, find_campaign
from largesse.storage.scope import Scope


async def reach_application(call: Call[object], application_id: int) -> StoredApplication:
    """The caller's Application with this id. Raises `NotFound`."""
    application = await find_application(call.db, call.caller.account_id, application_id)
    if application is None:
        raise NotFound("There is no such Application")
    return application


async def reach_scope(call: Call[object], application_id: int) -> Scope:
    """The caller's Application and its world. Raises `NotFound`."""
    application = await reach_application(call, application_id)
    return Scope(call.caller.account_id, application_id, application.settings.sandbox)


async def reach_campaign(call: Call[object], application_id: int, campaign_id: int) -> StoredCampaign:
    """The campaign with this id of the caller's Application. Raises `NotFound`."""
    campaign = await find_campaign(call.db, call.caller.account_id, application_id, campaign_id)
    if campaign is None:
        raise NotFound("There is no such campaign")
    return campaign


async def author_of(call: Call[object]) -> Author:
    """Who is to be shown as the author of what this call changes: the user, or the one who made the key it came with.

    A user without a name is shown with the address; one who is gone has no name at all.
    """
    user_id = call.caller.user_id or 0
    user = await find_user(call.db, call.caller.account_id, user_id)
    return Author(user_id) if user is None else Author(user_id, user.name or user.email)
