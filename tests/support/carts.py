"""Short words for what tests of sessions send."""

from typing import Any

import httpx

from tests.support.api import Shop

TEN_OFF = {"title": "ten off", "condition": ["and", ["couponValid"]], "effects": [["setDiscount", "ten off", 10]]}
"""A rule that takes 10 off for a valid code."""


def item(sku: str = "shoe", price: Any = 50, quantity: int = 1, **more: Any) -> dict[str, Any]:
    """One line of a cart."""
    return {"sku": sku, "price": price, "quantity": quantity} | more


async def put_session(
    shop: Shop,
    session_id: str = "s",
    *,
    content: tuple[str, ...] = ("customerSession",),
    query: Any = None,
    **said: Any,
) -> httpx.Response:
    """An update of a session, as it is answered."""
    body = {"customerSession": said, "responseContent": list(content)}
    return await shop.integrate("PUT", f"/v2/customer_sessions/{session_id}", body, query=query)


async def update(shop: Shop, session_id: str = "s", **said: Any) -> dict[str, Any]:
    """An update that must succeed: what it answers."""
    answer = await put_session(shop, session_id, **said)
    assert answer.status_code == 200, answer.text
    state: dict[str, Any] = answer.json()
    return state


async def stored(shop: Shop, session_id: str = "s") -> dict[str, Any]:
    """The session as it is read back."""
    answer = await shop.integrate("GET", f"/v2/customer_sessions/{session_id}")
    assert answer.status_code == 200, answer.text
    session: dict[str, Any] = answer.json()["customerSession"]
    return session


async def profile_of(shop: Shop, profile_id: str) -> dict[str, Any]:
    """The profile, as a dry run of a session of its shows it."""
    state = await update(
        shop, "look", profileId=profile_id, query={"dry": "true"}, content=("customerProfile",), state="open"
    )
    profile: dict[str, Any] = state["customerProfile"]
    return profile


async def add_coupon(shop: Shop, code: str, *rules: Any, **settings: Any) -> int:
    """A campaign with one code and these rules, by default the one that takes 10 off; the campaign's id."""
    campaign = await shop.campaign(features=["coupons"])
    await shop.rules(campaign["id"], *(rules or (TEN_OFF,)))
    body = {"usageLimit": 1, "numberOfCoupons": 1, "couponPattern": code} | settings
    made = await shop.manage("POST", f"{shop.path}/campaigns/{campaign['id']}/coupons", body, query={"silent": "no"})
    assert made.status_code == 200, made.text
    campaign_id: int = campaign["id"]
    return campaign_id


def told(state: dict[str, Any]) -> list[tuple[str, Any]]:
    """Types and values of the effects."""
    return [(effect["effectType"], effect["props"].get("value")) for effect in state["effects"]]
