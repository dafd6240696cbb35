"""Staff ask why a session got what it got: explainApplicationSession."""

from typing import Any

import pytest

from largesse.plumbing.database import Database
from tests.support.api import Shop, open_shop
from tests.support.carts import TEN_OFF, add_coupon, item, update

pytestmark = pytest.mark.anyio


async def explained(shop: Shop, session_id: int) -> dict[str, Any]:
    """The explanation of a session."""
    answer = await shop.manage("GET", f"{shop.path}/sessions/{session_id}/explain")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_a_failed_condition_is_told_with_its_fix(shop: Shop) -> None:
    campaign = await shop.campaign(name="big carts")
    big = {"title": "big", "condition": ["and", [">=", [".", "Session", "Total"], 100]], "effects": []}
    await shop.rules(campaign["id"], big)
    state = await update(shop, cartItems=[item("shoe", 96.6, 1)], content=("customerSession",))
    told = await explained(shop, state["customerSession"]["id"])
    assert told["sessionIntegrationId"] == state["customerSession"]["integrationId"]
    (reason,) = told["campaigns"][0]["rules"][0]["reasons"]
    assert reason == {
        "conditionIndex": 0,
        "expression": '(>= (. "Session" "Total") 100)',
        "text": "the session total is 96.6; at least 100 is wanted",
        "actual": 96.6,
        "wanted": 100,
        "fix": {"kind": "amount", "text": "3.40 more in the cart", "amount": 3.4, "path": "Session.Total"},
    }
    assert "  big: did not fire\n    the session total is 96.6" in told["text"]


async def test_a_closed_session_does_not_stand_in_its_own_way(shop: Shop) -> None:
    await add_coupon(shop, "TEN-OFF", TEN_OFF, usageLimit=1)
    cart = [item("shoe", 50, 1)]
    first = await update(
        shop, profileId="ann", cartItems=cart, couponCodes=["TEN-OFF"], state="closed", content=("customerSession",)
    )
    told = await explained(shop, first["customerSession"]["id"])
    assert [(code["code"], code["accepted"]) for code in told["codes"]] == [("TEN-OFF", True)]
    assert told["campaigns"][0]["triggered"] is True


async def test_sessions_of_others_are_not_found(shop: Shop, database: Database) -> None:
    stranger = await open_shop(shop.client, database)
    state = await update(shop, content=("customerSession",))
    session_id = state["customerSession"]["id"]
    assert (await stranger.manage("GET", f"{shop.path}/sessions/{session_id}/explain")).status_code == 404
    assert (await stranger.manage("GET", f"{stranger.path}/sessions/{session_id}/explain")).status_code == 404
    assert (await shop.integrate("GET", f"{shop.path}/sessions/{session_id}/explain")).status_code == 401
