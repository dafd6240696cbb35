"""Making the first person who can sign in. Everything after that is done over HTTP, by people who have."""

from datetime import datetime

import click
import msgspec

from largesse.plumbing.database import Database, Transaction, UniqueViolation
from largesse.storage.access.accounts import create_account, find_account
from largesse.storage.access.users import create_user


class NewAdmin(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to be an admin: of the account with that id, or of a new account of that company where there is none."""

    email: str
    password: str
    name: str = ""
    account_id: int | None = None
    company: str = ""


class EmailTaken(Exception):  # noqa: N818 - reads as a sentence where it is caught
    """Somebody signs in with this address already; addresses are unique in a whole installation."""


async def create_admin(url: str, admin: NewAdmin, now: datetime) -> int:
    """Stores an admin, and the account where it is new; the account's id.

    Raises `EmailTaken`, and `click.ClickException` when there is no such account.
    """
    database = await Database.open(url, connections_max=1)
    try:
        async with database.transaction() as db:
            account_id = await _account(db, admin, now)
            try:
                await create_user(db, account_id, admin.email, admin.password, now, is_admin=True, name=admin.name)
            except UniqueViolation as error:
                raise EmailTaken(f"{admin.email} is in use already") from error
            return account_id
    finally:
        await database.close()


async def _account(db: Transaction, admin: NewAdmin, now: datetime) -> int:
    if admin.account_id is None:
        return await create_account(db, admin.company, now)
    if await find_account(db, admin.account_id) is None:
        raise click.ClickException(f"There is no account {admin.account_id}.")
    return admin.account_id
