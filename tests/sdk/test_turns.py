"""The published 409 through the official SDK: too many requests for one session or one profile at the same time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest
from talon_one import CustomerProfileIntegrationRequestV2, IntegrationRequest, NewCustomerSessionV2
from talon_one.exceptions import ConflictException

from tests.sdk.furnished import Furnished
from tests.support.sdk import Refusal, Sdk, open_sdk, read_refusal
from tests.support.server import Server

pytestmark = pytest.mark.anyio

PLACES = (1, 2, 3)
TAKE = "SELECT pg_advisory_lock(hashtextextended($1, $2))"


@asynccontextmanager
async def all_places_taken(server: Server, gate: str) -> AsyncIterator[None]:
    """As if one request were under way and two waited, for as long as this lasts."""
    connection = await asyncpg.connect(server.database_url)
    try:
        for place in PLACES:
            await connection.execute(TAKE, gate, place)
        yield
        await connection.execute("SELECT pg_advisory_unlock_all()")
    finally:
        await connection.close()


def update_session(sdk: Sdk) -> object:
    """An update of a session of somebody."""
    request = IntegrationRequest(customerSession=NewCustomerSessionV2(profileId="eve"))
    return sdk.integration.update_customer_session_v2("crowded", request)


def update_profile(sdk: Sdk) -> object:
    """An update of that somebody."""
    return sdk.integration.update_customer_profile_v2("eve", CustomerProfileIntegrationRequestV2())


@pytest.mark.parametrize(
    ("noun", "call"),
    [("session", update_session), ("profile", update_session), ("profile", update_profile)],
    ids=["a session", "the profile of a session", "a profile"],
)
async def test_a_crowd_is_a_conflict(noun: str, call: Callable[[Sdk], object], server: Server, shop: Furnished) -> None:
    gates = {"session": f"{shop.application_id}/crowded", "profile": "f/eve"}
    with open_sdk(server.url, staff=shop.staff, key=shop.key) as sdk:
        async with all_places_taken(server, f"{noun} {shop.account_id}/{gates[noun]}"):
            with pytest.raises(ConflictException) as raised:
                await asyncio.to_thread(call, sdk)
        message = f"Too many requests are updating this {noun} at the same time"
        assert read_refusal(raised.value) == Refusal(409, message)
        await asyncio.to_thread(call, sdk)
