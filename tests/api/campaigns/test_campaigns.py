"""Campaigns over HTTP: createCampaign, getCampaign, updateCampaign, deleteCampaign."""

from typing import Any

import pytest

from tests.support.api import Shop, pointers

pytestmark = pytest.mark.anyio

MINIMAL = {"name": "Summer", "state": "enabled", "tags": [], "features": [], "limits": []}
FULL = {
    "name": "Everything",
    "description": "All settings",
    "startTime": "2030-01-01T00:00:00Z",
    "endTime": "2031-01-01T00:00:00Z",
    "attributes": {},
    "state": "disabled",
    "tags": ["a", "b"],
    "reevaluateOnReturn": True,
    "features": ["coupons", "loyalty", "advancedEvents"],
    "couponSettings": {"couponPattern": "SUMMER-####", "validCharacters": ["A", "B"]},
    "referralSettings": {"couponPattern": "FRIEND-####", "validCharacters": ["C", "D"]},
    "limits": [{"action": "redeemCoupon", "limit": 10, "entities": []}],
    "campaignGroups": [],
    "type": "cartItem",
    "linkedStoreIds": [],
    "couponAttributes": {},
}


def attribute(entity: str, name: str, kind: str = "string") -> dict[str, Any]:
    described = {"name": name, "title": name, "description": "", "suggestions": [], "editable": True}
    return {"entity": entity, "type": kind} | described


async def test_create_campaign_fills_in_defaults(shop: Shop) -> None:
    answer = await shop.manage("POST", f"{shop.path}/campaigns", MINIMAL)
    assert answer.status_code == 201
    campaign = answer.json()
    counters = {name: value for name, value in campaign.items() if name.endswith("Count")}
    assert set(counters.values()) == {0} and len(counters) == 15
    assert {name: value for name, value in campaign.items() if name not in counters} == MINIMAL | {
        "id": campaign["id"],
        "created": campaign["created"],
        "applicationId": shop.application_id,
        "userId": shop.staff.user_id,
        "createdBy": "Ada",
        "description": "",
        "attributes": {},
        "reevaluateOnReturn": False,
        "campaignGroups": [],
        "type": "advanced",
        "linkedStoreIds": [],
        "couponAttributes": {},
        "budgets": [],
        "frontendState": "running",
        "storesImported": False,
        "version": 0,
        "stageRevision": False,
    }


async def test_all_settings_are_kept_and_read_back(shop: Shop) -> None:
    created = await shop.campaign(**FULL)
    assert created.items() >= FULL.items()
    assert created["budgets"] == [{"action": "redeemCoupon", "limit": 10, "counter": 0}]
    assert (await shop.manage("GET", f"{shop.path}/campaigns/{created['id']}")).json() == created


async def test_update_campaign_replaces_all_settings_but_the_ruleset_in_force(shop: Shop) -> None:
    created = await shop.campaign(**FULL)
    ruleset = await shop.rules(created["id"])
    path = f"{shop.path}/campaigns/{created['id']}"
    changed = (await shop.manage("PUT", path, {"name": "Bare", "tags": [], "features": [], "limits": []})).json()
    absent = {"startTime", "endTime", "couponSettings", "referralSettings"}
    assert not absent & set(changed)
    assert changed.items() >= {"name": "Bare", "description": "", "state": "enabled", "type": "advanced"}.items()
    assert changed.items() >= {"tags": [], "features": [], "limits": [], "reevaluateOnReturn": False}.items()
    assert changed["activeRulesetId"] == ruleset["id"]
    assert (changed["updatedBy"], changed["createdBy"]) == ("Ada", "Ada")
    assert changed["updated"] > changed["created"]


async def test_a_client_may_send_the_whole_campaign_back(shop: Shop) -> None:
    created = await shop.campaign(**FULL)
    path = f"{shop.path}/campaigns/{created['id']}"
    changed = (await shop.manage("PUT", path, created | {"name": "Renamed", "templateId": None})).json()
    expected = created | {"name": "Renamed", "updated": changed["updated"], "updatedBy": "Ada"}
    assert changed == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": ""}, ["/name"]),
        ({"tags": [""]}, ["/tags/0"]),
        ({"tags": ["x" * 51]}, ["/tags/0"]),
        ({"tags": [str(number) for number in range(51)]}, ["/tags"]),
        ({"features": ["magic"]}, ["/features/0"]),
        ({"state": "running"}, ["/state"]),
        ({"type": "basic"}, ["/type"]),
        ({"startTime": "tomorrow"}, ["/startTime"]),
        ({"startTime": "2030-01-01T00:00:00"}, ["/startTime"]),
        ({"startTime": "2030-01-02T00:00:00Z", "endTime": "2030-01-02T00:00:00+01:00"}, ["/endTime"]),
        ({"attributes": {"Nobody": 1}}, ["/attributes/Nobody"]),
        ({"couponAttributes": {"Nobody": 1}}, ["/couponAttributes/Nobody"]),
        ({"couponSettings": {"couponPattern": "ABCD"}}, ["/couponSettings/validCharacters"]),
        (
            {"couponSettings": {"couponPattern": "A", "validCharacters": ["A"]}},
            ["/couponSettings/couponPattern"],
        ),
        (
            {"referralSettings": {"couponPattern": "A####", "validCharacters": ["A", "BC"]}},
            ["/referralSettings/validCharacters/1"],
        ),
        ({"campaignGroups": [1, 2]}, ["/campaignGroups/0", "/campaignGroups/1"]),
        ({"linkedStoreIds": [1]}, ["/linkedStoreIds/0"]),
        ({"evaluationGroupId": 1}, ["/evaluationGroupId"]),
        ({"activeRulesetId": 1}, ["/activeRulesetId"]),
        ({"limits": [{"action": "fly", "limit": 1, "entities": []}]}, ["/limits/0/action"]),
        ({"limits": [{"action": "setDiscount", "limit": -0.01, "entities": []}]}, ["/limits/0/limit"]),
    ],
)
async def test_what_cannot_be_set_is_refused(shop: Shop, changes: dict[str, Any], expected: list[str]) -> None:
    created = await shop.campaign()
    for method, path in (
        ("POST", f"{shop.path}/campaigns"),
        ("PUT", f"{shop.path}/campaigns/{created['id']}"),
    ):
        answer = await shop.manage(method, path, MINIMAL | changes)
        assert (answer.status_code, pointers(answer)) == (400, expected), answer.text


@pytest.mark.parametrize("missing", ["name", "state", "tags", "features", "limits"])
async def test_what_a_new_campaign_must_say(shop: Shop, missing: str) -> None:
    sent = {name: value for name, value in MINIMAL.items() if name != missing}
    answer = await shop.manage("POST", f"{shop.path}/campaigns", sent)
    assert (answer.status_code, pointers(answer)) == (400, [f"/{missing}"])


async def test_mandatory_attributes_must_be_set_by_creations_and_updates(shop: Shop) -> None:
    await shop.create("/v1/attributes", attribute("Campaign", "Owner"))
    application = {"name": "Shop", "timezone": "UTC", "currency": "EUR"}
    created = await shop.campaign()
    demand = {"attributesSettings": {"mandatory": {"campaigns": ["Owner"]}}}
    assert (await shop.manage("PUT", shop.path, application | demand)).status_code == 200
    for method, path in (("POST", f"{shop.path}/campaigns"), ("PUT", f"{shop.path}/campaigns/{created['id']}")):
        for attributes in ({}, {"Owner": None}):
            refused = await shop.manage(method, path, MINIMAL | {"attributes": attributes})
            assert (refused.status_code, pointers(refused)) == (400, ["/attributes/Owner"])
        accepted = await shop.manage(method, path, MINIMAL | {"attributes": {"Owner": "Grace"}})
        assert accepted.json()["attributes"] == {"Owner": "Grace"}


async def test_a_new_campaign_starts_with_the_limits_of_its_application(shop: Shop) -> None:
    monthly = {"action": "setDiscount", "limit": 100, "period": "monthly", "entities": []}
    per_profile = {"action": "redeemCoupon", "limit": 1, "entities": ["Profile"]}
    application = {"name": "Shop", "timezone": "UTC", "currency": "EUR", "limits": [monthly, per_profile]}
    assert (await shop.manage("PUT", shop.path, application)).status_code == 200
    assert (await shop.campaign())["limits"] == [monthly, per_profile]
    own = per_profile | {"limit": 5}
    created = await shop.campaign(limits=[own])
    assert created["limits"] == [own, monthly]
    path = f"{shop.path}/campaigns/{created['id']}"
    assert (await shop.manage("PUT", path, MINIMAL)).json()["limits"] == []


async def test_active_ruleset_can_be_chosen_among_the_campaigns_own(shop: Shop) -> None:
    created, other = await shop.campaign(), await shop.campaign()
    first, second = await shop.rules(created["id"]), await shop.rules(created["id"])
    foreign = await shop.rules(other["id"])
    path = f"{shop.path}/campaigns/{created['id']}"
    chosen = await shop.manage("PUT", path, MINIMAL | {"activeRulesetId": second["id"]})
    assert chosen.json()["activeRulesetId"] == second["id"]
    back = await shop.manage("PUT", path, MINIMAL | {"activeRulesetId": first["id"]})
    assert back.json()["activeRulesetId"] == first["id"]
    refused = await shop.manage("PUT", path, MINIMAL | {"activeRulesetId": foreign["id"]})
    assert (refused.status_code, pointers(refused)) == (400, ["/activeRulesetId"])


async def test_budgets_count_what_closed_sessions_used(shop: Shop) -> None:
    limits = [
        {"action": "setDiscount", "limit": 100, "entities": []},
        {"action": "setDiscount", "limit": 50, "entities": ["Profile"]},
    ]
    campaign = await shop.campaign(limits=limits)
    rule = {"title": "R", "condition": ["and", True], "effects": [["setDiscount", "off", 2.5]]}
    await shop.rules(campaign["id"], rule)
    session = {"profileId": "p", "state": "closed", "cartItems": [{"sku": "A", "quantity": 1, "price": 10}]}
    closed = await shop.integrate("PUT", f"/v2/customer_sessions/{campaign['id']}", {"customerSession": session})
    assert closed.status_code in (200, 201), closed.text
    shown = (await shop.manage("GET", f"{shop.path}/campaigns/{campaign['id']}")).json()
    assert shown["budgets"] == [{"action": "setDiscount", "limit": 100, "counter": 2.5}]
    assert (shown["discountCount"], shown["couponRedemptionCount"]) == (2.5, 0)


async def test_another_account_sees_nothing_of_it(shop: Shop, other_shop: Shop) -> None:
    created = await shop.campaign()
    paths = [f"{shop.path}/campaigns/{created['id']}", f"{other_shop.path}/campaigns/{created['id']}"]
    for path in paths:
        for method, body in (("GET", None), ("PUT", MINIMAL), ("DELETE", None)):
            assert (await other_shop.manage(method, path, body)).status_code == 404
    assert (await other_shop.manage("GET", f"{shop.path}/campaigns")).status_code == 404
    assert (await other_shop.manage("POST", f"{shop.path}/campaigns", MINIMAL)).status_code == 404
    assert (await shop.manage("GET", paths[0])).status_code == 200


async def test_delete_campaign_takes_its_rulesets_and_coupons(shop: Shop) -> None:
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}"
    ruleset = await shop.rules(campaign["id"])
    coupons = {"numberOfCoupons": 1, "couponPattern": "GONE-TOMORROW", "usageLimit": 1}
    made = await shop.manage("POST", f"{path}/coupons", coupons, query={"silent": "no"})
    assert made.status_code == 200, made.text
    assert (await shop.manage("DELETE", path)).status_code == 204
    assert (await shop.manage("GET", path)).status_code == 404
    assert (await shop.manage("GET", f"{path}/rulesets/{ruleset['id']}")).status_code == 404
    assert (await shop.manage("DELETE", path)).status_code == 404
    again = await shop.campaign()
    made = await shop.manage("POST", f"{shop.path}/campaigns/{again['id']}/coupons", coupons, query={"silent": "no"})
    assert made.status_code == 200, "the code of a deleted campaign is free again"
