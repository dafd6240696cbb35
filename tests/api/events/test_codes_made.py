"""Codes that rules make where there is no session to be closed: at once, for events and updates of profiles."""

from typing import Any

import pytest

from tests.support.api import Shop

pytestmark = pytest.mark.anyio

CREATE = [
    ["createCoupon", [".", "Campaign", "Id"], [".", "Profile", "IntegrationId"], ["kv", ["storeInSession", True]]]
]
CREATE += [["createReferral", [".", "Campaign", "Id"], ""]]
REQUESTS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("POST", "/v2/events", {"profileId": "ann", "type": "liked"}, {"silent": "no"}),
    ("PUT", "/v2/customer_profiles/ann", {}, {"runRuleEngine": "true"}),
]


@pytest.mark.parametrize(("method", "path", "body", "query"), REQUESTS, ids=["event", "profile"])
async def test_codes_are_made_at_once(
    shop: Shop, method: str, path: str, body: dict[str, Any], query: dict[str, Any]
) -> None:
    await shop.create("/v1/event_types", {"name": "liked", "title": "Liked"})
    limits: list[dict[str, Any]] = [
        {"action": action, "limit": 2, "entities": []} for action in ("createCoupon", "createReferral")
    ]
    campaign = await shop.campaign(limits=limits)
    await shop.rules(campaign["id"], {"title": "r", "condition": ["and"], "effects": CREATE})

    tried = (await shop.integrate(method, path, body, query=query | {"dry": "true"})).json()
    assert (tried["effects"], tried["createdCoupons"], tried["createdReferrals"]) == ([], [], [])

    states = [(await shop.integrate(method, path, body, query=query)).json() for _ in range(3)]
    made = [state["createdCoupons"] + state["createdReferrals"] for state in states]
    assert [len(codes) for codes in made] == [2, 2, 0]
    for state, (coupon, referral) in zip(states, made[:2], strict=False):
        assert [effect["props"]["value"] for effect in state["effects"]] == [coupon["value"], referral["code"]]
        assert (coupon["recipientIntegrationId"], referral["advocateProfileIntegrationId"]) == ("ann", "ann")
    budgets = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}")).json()["budgets"]
    assert [budget["counter"] for budget in budgets] == [2, 2]
