"""Every move from every state: what it leads to, or that it is refused, for which reason, and without any trace."""

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from largesse.plumbing.database import Database, Query
from tests.support.api import Shop
from tests.support.carts import add_coupon, item, put_session

pytestmark = pytest.mark.anyio

EVENTS = Query("events", "SELECT type FROM events WHERE account_id = $1 AND session_integration_id = $2 ORDER BY id")
PROFILES = Query("profiles", "SELECT * FROM profiles WHERE account_id = $1 ORDER BY id")
RETURN = {"return": {"returnedCartItems": [{"position": 0, "quantity": 1}]}}
STATE, PLACE, NAME = {"pointer": "/customerSession/state"}, {"pointer": "/return"}, {"parameter": "customerSessionId"}
MOVES = ("open", "closed", "partially_returned", "cancelled", "as it is", "return", "reopen")


@dataclass(frozen=True)
class Leads:
    """The state that a move leads to, and the event that it is."""

    state: str
    event: str


@dataclass(frozen=True)
class Refused:
    """Why a move is refused, and where in the request the reason stands; nowhere where there is no session."""

    details: str = ""
    source: dict[str, str] = field(default_factory=dict)


def changed(state: str, event: str) -> Leads:
    return Leads(state, f"talon_session_{event}")


def no(details: str, source: dict[str, str] = STATE) -> Refused:
    return Refused(details, source)


def no_change(before: str, after: str) -> Refused:
    return no(f'state cannot change from "{before}" to "{after}"')


def no_return(state: str) -> Refused:
    return no(f'items of a session with state "{state}" cannot be returned', PLACE)


def no_reopening(state: str) -> Refused:
    return no(f'a session with state "{state}" cannot be reopened', NAME)


def unchangeable(state: str) -> Refused:
    return no(f'a session with state "{state}" cannot be modified')


NOT_CREATED = 'a session cannot be created with state "{}"'
UNKNOWN = Refused()
# By the state there is, what each of the moves leads to, in their order.
TABLE: dict[str, tuple[Leads | Refused, ...]] = {
    "none": (
        changed("open", "created"),
        changed("closed", "closed"),
        no(NOT_CREATED.format("partially_returned")),
        no(NOT_CREATED.format("cancelled")),
        changed("open", "created"),
        UNKNOWN,
        UNKNOWN,
    ),
    "open": (
        changed("open", "updated"),
        changed("closed", "closed"),
        no_change("open", "partially_returned"),
        changed("cancelled", "cancelled"),
        changed("open", "updated"),
        no_return("open"),
        no_reopening("open"),
    ),
    "closed": (
        no_change("closed", "open"),
        unchangeable("closed"),
        no_change("closed", "partially_returned"),
        changed("cancelled", "revoked"),
        unchangeable("closed"),
        changed("partially_returned", "partially_returned"),
        changed("open", "reopened"),
    ),
    "partially_returned": (
        no_change("partially_returned", "open"),
        no_change("partially_returned", "closed"),
        unchangeable("partially_returned"),
        changed("cancelled", "revoked"),
        unchangeable("partially_returned"),
        changed("partially_returned", "partially_returned"),
        no_reopening("partially_returned"),
    ),
    "cancelled": (
        no_change("cancelled", "open"),
        no_change("cancelled", "closed"),
        no_change("cancelled", "partially_returned"),
        unchangeable("cancelled"),
        unchangeable("cancelled"),
        no_return("cancelled"),
        no_reopening("cancelled"),
    ),
}


async def move(shop: Shop, what: str) -> httpx.Response:
    """One move of the session."""
    path = "/v2/customer_sessions/s"
    match what:
        case "return":
            return await shop.integrate("POST", f"{path}/returns", RETURN)
        case "reopen":
            return await shop.integrate("PUT", f"{path}/reopen", {})
        case "as it is":
            return await put_session(shop, profileId="ann", identifiers=["sent along"])
        case _:
            return await put_session(shop, profileId="ann", identifiers=["sent along"], state=what)


async def bring_to(shop: Shop, state: str) -> None:
    """A session that is in this state."""
    steps = {
        "none": (),
        "open": ("open",),
        "closed": ("closed",),
        "partially_returned": ("closed", "return"),
        "cancelled": ("closed", "cancelled"),
    }
    if state != "none":
        cart = [item(quantity=3)]
        made = await put_session(shop, profileId="ann", couponCodes=["TEN-OFF"], cartItems=cart, state="open")
        assert made.status_code == 200, made.text
    for step in steps[state]:
        answer = await move(shop, step)
        assert answer.status_code == 200, answer.text


async def trace(shop: Shop, database: Database) -> dict[str, Any]:
    """Whatever a move could leave behind."""
    session = await shop.integrate("GET", "/v2/customer_sessions/s")
    campaign = (await shop.manage("GET", f"{shop.path}/campaigns")).json()["data"][0]
    coupons = await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}/coupons/no_total")
    async with database.transaction() as db:
        events = [row["type"] for row in await db.rows(EVENTS, shop.staff.account_id, "s")]
        profiles = [tuple(row.values()) for row in await db.rows(PROFILES, shop.staff.account_id)]
    return {
        "session": session.json() if session.status_code == 200 else None,
        "profiles": profiles,
        "campaign": campaign,
        "coupons": coupons.json()["data"],
        "events": events,
    }


@pytest.mark.parametrize("state", TABLE)
@pytest.mark.parametrize("what", MOVES)
async def test_moves(shop: Shop, database: Database, state: str, what: str) -> None:
    await add_coupon(shop, "TEN-OFF")
    await bring_to(shop, state)
    before = await trace(shop, database)
    answer = await move(shop, what)
    after = await trace(shop, database)
    match TABLE[state][MOVES.index(what)]:
        case Leads(next_state, event):
            assert answer.status_code == 200, answer.text
            assert after["session"]["customerSession"]["state"] == next_state
            assert after["events"][-1] == event
            assert after["events"][:-1] in (before["events"], ["talon_session_created"])
        case Refused("") as unknown:
            assert (answer.status_code, answer.json()["errors"], unknown.source) == (404, [], {})
            assert after == before
        case Refused(details, source):
            (error,) = answer.json()["errors"]
            assert (answer.status_code, error["title"]) == (400, "Invalid state transition")
            assert (error["details"], error["source"]) == (details, source)
            assert after == before
