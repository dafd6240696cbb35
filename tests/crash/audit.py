"""The audit after a restart: what is stored against what was answered, and every counter against its sessions.

Only what any caller can see is looked at.
"""

from collections import Counter
from decimal import Decimal
from typing import Any

from tests.crash.load import CODE, DISCOUNT, PRICE, UNIT_DISCOUNT, UNITS, Books
from tests.support.api import Shop
from tests.support.crowd import Answer, Shopper, crowd

WHOLE = ("acceptCoupon", "setDiscount", *["setDiscountPerItem"] * UNITS)
UNITS_KEPT = {"closed": UNITS, "partially_returned": UNITS - 1}
SHORT = WHOLE[:-1]
"""Of the units in a session the first comes back first."""


async def audit(shop: Shop, url: str, campaign: str, books: Books) -> None:
    """Fails where an answer was forgotten, a session is half there, or a counter disagrees with the sessions."""
    async with crowd(url, shop.key, 1) as (shopper,):
        stored = {session_id: await shopper.look(session_id) for session_id in books.closing}
        states = {session_id: _state(answer) for session_id, answer in stored.items()}
        _compare(books, stored, states)
        units = {session_id: UNITS_KEPT[state] for session_id, state in states.items() if state in UNITS_KEPT}
        closed = Counter(books.closing[session_id] for session_id in units)
        kept: Counter[str] = Counter()
        for session_id, count in units.items():
            kept[books.closing[session_id]] += count
        for profile_id in sorted(set(books.closing.values())):
            assert await _profile(shopper, profile_id) == (closed[profile_id], kept[profile_id] * PRICE), profile_id
    assert await _counters(shop, campaign) == {
        "usageCounter": closed.total(),
        "redeemCoupon": closed.total(),
        "setDiscount": closed.total() * DISCOUNT + kept.total() * UNIT_DISCOUNT,
    }


def _compare(books: Books, stored: dict[str, Answer], states: dict[str, str]) -> None:
    for session_id, answer in stored.items():
        state = states[session_id]
        if session_id in books.cancelled:
            assert state == "cancelled", f"{session_id} was cancelled and is {state}"
        elif session_id in books.cancelling:
            assert state in ("closed", "cancelled"), f"{session_id} was closed and is {state}"
        elif session_id in books.returned:
            assert state == "partially_returned", f"a unit of {session_id} was returned and it is {state}"
        elif session_id in books.returning:
            assert state in ("closed", "partially_returned"), f"{session_id} was closed and is {state}"
        elif session_id in books.closed:
            assert state == "closed", f"{session_id} was closed and is {state}"
        else:
            assert state in ("closed", "absent"), f"{session_id} is {state}"
        effects = answer.body.get("effects", [])
        if state == "closed":
            assert effects == books.closed.get(session_id, effects), f"{session_id} has other effects"
            assert tuple(effect["effectType"] for effect in effects) == WHOLE, f"{session_id} is not whole: {effects}"
        elif state == "partially_returned":
            kept = [
                effect for effect in books.closed.get(session_id, effects) if effect["props"].get("subPosition") != 0
            ]
            assert effects == kept, f"{session_id} has other effects"
            assert tuple(effect["effectType"] for effect in effects) == SHORT, f"{session_id} is not whole: {effects}"
        else:
            assert not effects, f"{session_id} is {state} and has {effects}"


def _state(answer: Answer) -> str:
    if answer.status == 404:
        return "absent"
    assert answer.status == 200, answer.body
    state: str = answer.body["customerSession"]["state"]
    return state


async def _profile(shopper: Shopper, profile_id: str) -> tuple[int, Any]:
    """How many sessions a profile has closed, and for how much; a dry update shows it."""
    answer = await shopper.update(
        "audit", query="?dry=true", content=["customerProfile"], profileId=profile_id, cartItems=[]
    )
    profile = answer.body["customerProfile"]
    return profile["closedSessions"], profile["totalSales"]


async def _counters(shop: Shop, campaign: str) -> dict[str, Any]:
    """The campaign's budgets, and how often the code counts as used."""
    budgets = (await shop.manage("GET", campaign)).json()["budgets"]
    (coupon,) = (await shop.manage("GET", f"{campaign}/coupons/no_total?pageSize=10&value={CODE}")).json()["data"]
    counters = {budget["action"]: Decimal(budget["counter"]) for budget in budgets}
    return {"usageCounter": coupon["usageCounter"], **counters}
