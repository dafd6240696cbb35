"""How a person gets a token for the management operations, and gives it back.

The contract calls a login a session; here that word is a shopper's.
"""

import asyncio
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from largesse.api.access.logins.pace import Pace
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    NoPath,
    Operation,
    Reply,
    Request,
    created,
    no_content,
)
from largesse.plumbing.problems import Forbidden, Unauthorized
from largesse.plumbing.secrets import SCRYPT_BLOCK_SIZE, SCRYPT_COST, SCRYPT_PARALLELISM, verify_password
from largesse.storage.access.logins import create_token, delete_token
from largesse.storage.access.users import find_user_by_email

Email = Annotated[str, Meta(extra_json_schema={"format": "email"})]


class LoginParams(Struct, frozen=True, kw_only=True, rename="camel"):
    """Who signs in, and the proof [MA LoginParams]."""

    email: Email
    password: str


class Session(Struct, frozen=True, kw_only=True, rename="camel"):
    """A login: the token for the Authorization header, good for three months [MA Session]."""

    user_id: int
    token: str
    created: datetime


PACE = Pace()

# What is checked for an unknown address, so that it takes as long as a known one and gives nothing away. No password
# has this hash of nothing but zeros.
NOBODYS_PASSWORD = f"scrypt${SCRYPT_COST}${SCRYPT_BLOCK_SIZE}${SCRYPT_PARALLELISM}${'00' * 16}${'00' * 32}"


async def create_session(call: Call[object], request: Request[NoPath, None, LoginParams]) -> Reply:
    """Sign in. Which of address and password was wrong is not said."""
    sent = request.body
    with PACE.attempt(sent.email, call.now):
        user = await find_user_by_email(call.db, sent.email)
        stored = NOBODYS_PASSWORD if user is None else user.password_hash
        matches = await asyncio.to_thread(verify_password, sent.password, stored)
    if user is None or not matches:
        raise Unauthorized("The address or the password is wrong")
    token = await create_token(call.db, user.account_id, user.id, call.now)
    return created(Session(user_id=user.id, token=token, created=call.now))


async def destroy_session(call: Call[object], request: Request[NoPath, None, None]) -> Reply:
    """Sign out: the token this came with works no longer. A management key has no login to end."""
    if call.caller.kind != "user" or call.caller.key_id is None:
        raise Forbidden("Only a token can be given back; a management key is deleted instead")
    await delete_token(call.db, call.caller.account_id, call.caller.key_id)
    return no_content()


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/sessions",
        operation_id="createSession",
        summary="Sign in with an address and a password",
        access=Access.PUBLIC,
        run=create_session,
        path_params=NoPath,
        body=LoginParams,
        replies={201: Session},
        problems=(400, 401, 429),
        tag="Sessions",
    ),
    Operation(
        method="DELETE",
        path="/v1/sessions",
        operation_id="destroySession",
        summary="Sign out",
        access=Access.MANAGEMENT,
        run=destroy_session,
        path_params=NoPath,
        replies={204: None},
        problems=(401, 403),
        tag="Sessions",
    ),
)
