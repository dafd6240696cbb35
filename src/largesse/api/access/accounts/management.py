"""What staff can learn of their account."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import JSON
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.problems import NotFound
from largesse.storage.access.accounts import (
    StoredAccount,
    change_account,
    find_account,
    hide_code_reasons,
    hides_code_reasons,
)


class AccountPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one account."""

    account_id: int


class Account(Struct, frozen=True, kw_only=True, rename="camel"):
    """The account and how much it has; nothing is sold here, so there is no plan and no limit [MA Account]."""

    id: int
    created: datetime
    modified: datetime
    company_name: Annotated[str, Meta(min_length=1)]
    domain_name: str
    state: Literal["active", "deactivated"]
    billing_email: Annotated[str, Meta(extra_json_schema={"format": "email"})]
    plan_name: str | UnsetType = UNSET
    plan_expires: datetime | UnsetType = UNSET
    application_limit: int | UnsetType = UNSET
    user_limit: int | UnsetType = UNSET
    campaign_limit: int | UnsetType = UNSET
    api_limit: int | UnsetType = UNSET
    application_count: int
    user_count: int
    campaigns_active_count: int
    campaigns_inactive_count: int
    attributes: dict[str, JSON] | UnsetType = UNSET


async def get_account(call: Call[object], request: Request[AccountPath, None, None]) -> Reply:
    """The caller's own account; any other does not exist for the caller."""
    return await _answer(call, request.path)


class UpdateAccount(Struct, frozen=True, kw_only=True, rename="camel"):
    """What staff change of their account: its name, and properties that all rules may read."""

    company_name: Omittable[Annotated[str, Meta(min_length=1)]] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET


async def update_account(call: Call[object], request: Request[AccountPath, None, UpdateAccount]) -> Reply:
    """Change the caller's own account. Attributes are replaced as a whole; what is not sent stays."""
    account_id, sent = _own(call, request.path), request.body
    attributes: dict[str, JSON] | None = given(sent.attributes)
    await change_account(call.db, account_id, given(sent.company_name), attributes, call.now)
    return await _answer(call, request.path)


class AccountSettings(Struct, frozen=True, kw_only=True, rename="camel"):
    """What is settled for all Applications. With `hide_code_reasons`, shops are told of codes that cannot be used only
    that they are not found."""

    hide_code_reasons: bool


async def get_account_settings(call: Call[object], request: Request[AccountPath, None, None]) -> Reply:
    """What the caller's own account has settled."""
    account_id = _own(call, request.path)
    return ok(AccountSettings(hide_code_reasons=await hides_code_reasons(call.db, account_id)))


async def update_account_settings(call: Call[object], request: Request[AccountPath, None, AccountSettings]) -> Reply:
    """Settle it anew, for every request from now on."""
    await hide_code_reasons(call.db, _own(call, request.path), request.body.hide_code_reasons)
    return ok(request.body)


def _own(call: Call[object], path: AccountPath) -> int:
    if path.account_id != call.caller.account_id:
        raise NotFound("There is no such account")
    return path.account_id


async def _answer(call: Call[object], path: AccountPath) -> Reply:
    account = await find_account(call.db, _own(call, path))
    if account is None:
        raise NotFound("There is no such account")
    return ok(show_account(account))


def show_account(account: StoredAccount) -> Account:
    """A stored account as callers see it. It has no domain of its own: whoever runs Largesse chooses the host."""
    return Account(
        id=account.id,
        created=account.created,
        modified=account.modified,
        company_name=account.company_name,
        domain_name="",
        state="active",
        billing_email=account.billing_email,
        application_count=account.application_count,
        user_count=account.user_count,
        campaigns_active_count=account.campaigns_active_count,
        campaigns_inactive_count=account.campaigns_inactive_count,
        attributes=account.attributes,
    )


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/accounts/{accountId}",
        operation_id="getAccount",
        summary="The account and how much it has",
        access=Access.MANAGEMENT,
        run=get_account,
        path_params=AccountPath,
        replies={200: Account},
        problems=(401, 403, 404),
        tag="Accounts and users",
    ),
    Operation(
        method="PUT",
        path="/v1/accounts/{accountId}",
        operation_id="updateAccount",
        summary="Change the account's name and its attributes",
        access=Access.MANAGEMENT,
        run=update_account,
        path_params=AccountPath,
        body=UpdateAccount,
        replies={200: Account},
        problems=(400, 404),
        published=False,
        tag="Accounts and users",
    ),
    Operation(
        method="GET",
        path="/v1/accounts/{accountId}/settings",
        operation_id="getAccountSettings",
        summary="What is settled for all Applications",
        access=Access.MANAGEMENT,
        run=get_account_settings,
        path_params=AccountPath,
        replies={200: AccountSettings},
        problems=(404,),
        published=False,
        tag="Accounts and users",
    ),
    Operation(
        method="PUT",
        path="/v1/accounts/{accountId}/settings",
        operation_id="updateAccountSettings",
        summary="Settle something for all Applications",
        access=Access.MANAGEMENT,
        run=update_account_settings,
        path_params=AccountPath,
        body=AccountSettings,
        replies={200: AccountSettings},
        problems=(400, 404),
        published=False,
        tag="Accounts and users",
    ),
)
