"""Applications over HTTP: createApplication, getApplication(s), updateApplication, deleteApplication."""

from typing import Any

import pytest

from largesse.plumbing.database import Database, Query
from tests.support.api import FAR_FUTURE, Shop, pointers

pytestmark = pytest.mark.anyio

MINIMAL = {"name": "B", "timezone": "UTC", "currency": "USD"}
FULL = {
    "name": "Everything",
    "description": "A shop",
    "timezone": "America/New_York",
    "currency": "USD",
    "caseSensitivity": "sensitive",
    "attributes": {},
    "limits": [{"action": "setDiscount", "limit": 12.5, "period": "daily", "entities": ["Profile", "Coupon"]}],
    "defaultDiscountScope": "cartItems",
    "enableCascadingDiscounts": True,
    "enableFlattenedCartItems": False,
    "attributesSettings": {"mandatory": {"campaigns": ["Owner"], "coupons": []}},
    "sandbox": True,
    "enablePartialDiscounts": True,
    "defaultDiscountAdditionalCostPerItemScope": "itemTotal",
    "bestPriorPriceSettings": {"enableBestPriorPrice": True},
    "key": "0123456789abcdef",
    "somethingNobodyKnows": [1, 2],
}


async def test_create_application_fills_in_defaults(shop: Shop) -> None:
    answer = await shop.manage("POST", "/v1/applications", MINIMAL)
    assert answer.status_code == 201
    application = answer.json()
    assert application["accountId"] == shop.staff.account_id
    assert application["created"] == application["modified"]
    assert (
        application.items()
        >= {
            **MINIMAL,
            "description": "",
            "caseSensitivity": "insensitive-uppercase",
            "attributes": {},
            "limits": [],
            "defaultDiscountScope": "sessionTotal",
            "enableCascadingDiscounts": False,
            "enableFlattenedCartItems": True,
            "attributesSettings": {"mandatory": {"campaigns": [], "coupons": []}},
            "sandbox": False,
            "enablePartialDiscounts": False,
            "defaultDiscountAdditionalCostPerItemScope": "price",
            "enableCampaignStateManagement": False,
            "bestPriorPriceSettings": {"enableBestPriorPrice": False},
            "loyaltyPrograms": [],
        }.items()
    )


async def test_all_settings_are_kept_and_read_back(shop: Shop) -> None:
    created = await shop.create("/v1/applications", FULL)
    read = (await shop.manage("GET", f"/v1/applications/{created['id']}")).json()
    assert read == created
    limits = [{"action": "setDiscount", "limit": 12.5, "period": "daily", "entities": ["Coupon", "Profile"]}]
    unshown = {"key": None, "somethingNobodyKnows": None, "limits": limits}
    assert read.items() >= {key: value for key, value in (FULL | unshown).items() if value is not None}.items()
    assert "key" not in read


async def test_update_application_changes_what_is_sent_and_nothing_else(shop: Shop) -> None:
    created = await shop.create("/v1/applications", FULL)
    path = f"/v1/applications/{created['id']}"
    sent = {"name": "New", "timezone": "UTC", "currency": "EUR", "enableCascadingDiscounts": False, "description": None}
    changed = (await shop.manage("PUT", path, sent)).json()
    expected = created | {"name": "New", "timezone": "UTC", "currency": "EUR", "enableCascadingDiscounts": False}
    assert changed == expected | {"modified": changed["modified"]}
    assert changed["modified"] > created["modified"]
    assert (await shop.manage("PUT", path, changed)).json() == changed | {"modified": _modified(await _get(shop, path))}


async def _get(shop: Shop, path: str) -> dict[str, Any]:
    found: dict[str, Any] = (await shop.manage("GET", path)).json()
    return found


def _modified(application: dict[str, Any]) -> str:
    return str(application["modified"])


@pytest.mark.parametrize(
    ("changes", "pointer", "title"),
    [
        ({"name": ""}, "/name", "Too short"),
        ({"name": None}, "/name", "Invalid type"),
        ({"timezone": "Mars/Olympus"}, "/timezone", "Invalid value"),
        ({"timezone": "../etc/passwd"}, "/timezone", "Invalid value"),
        ({"timezone": ""}, "/timezone", "Too short"),
        ({"currency": 5}, "/currency", "Invalid type"),
        ({"caseSensitivity": "loud"}, "/caseSensitivity", "enum"),
        ({"defaultDiscountScope": "all"}, "/defaultDiscountScope", "enum"),
        ({"sandbox": "yes"}, "/sandbox", "Invalid type"),
        ({"attributes": {"Nobody": 1}}, "/attributes/Nobody", "Unknown"),
        ({"defaultEvaluationGroupId": 3}, "/defaultEvaluationGroupId", "Unknown"),
        ({"defaultCartItemFilterId": 3}, "/defaultCartItemFilterId", "Unknown"),
        ({"limits": [{"action": "fly", "limit": 1, "entities": []}]}, "/limits/0/action", "enum"),
        ({"limits": [{"action": "setDiscount", "limit": -1, "entities": []}]}, "/limits/0/limit", "Out of range"),
        ({"limits": [{"action": "setDiscount", "limit": "1", "entities": []}]}, "/limits/0/limit", "Invalid type"),
        ({"limits": [{"action": "setDiscount", "limit": 1}]}, "/limits/0/entities", "Required"),
        ({"limits": [{"action": "setDiscount", "limit": 1, "entities": ["Cat"]}]}, "/limits/0/entities/0", "enum"),
        (
            {"limits": [{"action": "setDiscount", "limit": 1, "entities": [], "period": "hourly"}]},
            "/limits/0/period",
            "enum",
        ),
        (
            {
                "limits": [
                    {"action": "setDiscount", "limit": 1, "entities": ["Profile", "Coupon"]},
                    {"action": "setDiscount", "limit": 2, "entities": ["Coupon", "Profile"]},
                ]
            },
            "/limits/1",
            "Invalid value",
        ),
    ],
)
async def test_what_cannot_be_set_is_refused(shop: Shop, changes: dict[str, Any], pointer: str, title: str) -> None:
    for method, path in (("POST", "/v1/applications"), ("PUT", shop.path)):
        answer = await shop.manage(method, path, MINIMAL | changes)
        assert answer.status_code == 400, answer.text
        assert pointers(answer) == [pointer]
        assert answer.json()["errors"][0]["title"] == title


async def test_a_legacy_key_must_look_like_one(shop: Shop) -> None:
    answer = await shop.manage("POST", "/v1/applications", MINIMAL | {"key": "xyz"})
    assert (answer.status_code, pointers(answer)) == (400, ["/key"])


async def test_all_mistakes_are_told_at_once(shop: Shop) -> None:
    wrong = MINIMAL | {"timezone": "Nowhere", "attributes": {"A": 1, "B": 2}, "defaultCartItemFilterId": 1}
    answer = await shop.manage("POST", "/v1/applications", wrong)
    assert pointers(answer) == ["/timezone", "/attributes/A", "/attributes/B", "/defaultCartItemFilterId"]


async def test_campaign_staging_is_not_built(shop: Shop) -> None:
    sent = MINIMAL | {"enableCampaignStateManagement": True}
    assert (await shop.manage("POST", "/v1/applications", sent)).status_code == 501
    assert (await shop.manage("PUT", shop.path, sent)).status_code == 501


async def test_an_application_stays_in_its_environment(shop: Shop) -> None:
    answer = await shop.manage("PUT", shop.path, MINIMAL | {"sandbox": True})
    assert (answer.status_code, pointers(answer)) == (400, ["/sandbox"])


async def test_attributes_must_be_defined_and_are_merged_into_nothing(shop: Shop) -> None:
    attribute = {
        "entity": "Application",
        "name": "Region",
        "title": "Region",
        "type": "string",
        "description": "",
        "suggestions": [],
        "editable": True,
    }
    await shop.create("/v1/attributes", attribute)
    changed = await shop.manage("PUT", shop.path, MINIMAL | {"attributes": {"Region": "North"}})
    assert changed.json()["attributes"] == {"Region": "North"}
    kept = await shop.manage("PUT", shop.path, MINIMAL)
    assert kept.json()["attributes"] == {"Region": "North"}
    cleared = await shop.manage("PUT", shop.path, MINIMAL | {"attributes": {"Region": None}})
    assert cleared.json()["attributes"] == {}
    wrong = await shop.manage("PUT", shop.path, MINIMAL | {"attributes": {"Region": 1}})
    assert pointers(wrong) == ["/attributes/Region"]


async def test_get_applications_pages_and_sorts(shop: Shop) -> None:
    for name in ("C", "A", "B"):
        await shop.create("/v1/applications", MINIMAL | {"name": name})

    async def names(**query: Any) -> tuple[int, list[str]]:
        found = (await shop.manage("GET", "/v1/applications", query=query)).json()
        return found["totalResultSize"], [application["name"] for application in found["data"]]

    assert await names() == (4, ["Shop", "C", "A", "B"])
    assert await names(sort="name") == (4, ["A", "B", "C", "Shop"])
    assert await names(sort="-name", pageSize=2, skip=1) == (4, ["C", "B"])
    assert await names(sort="-id", pageSize=1) == (4, ["B"])
    assert await names(sort="-created") == (4, ["B", "A", "C", "Shop"])
    assert await names(skip=10) == (4, [])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"sort": "currency"}, "sort"),
        ({"pageSize": 0}, "pageSize"),
        ({"pageSize": 1001}, "pageSize"),
        ({"skip": -1}, "skip"),
    ],
)
async def test_get_applications_refuses_wrong_pages(shop: Shop, query: dict[str, Any], parameter: str) -> None:
    answer = await shop.manage("GET", "/v1/applications", query=query)
    assert (answer.status_code, pointers(answer)) == (400, [parameter])


async def test_another_account_sees_nothing_of_it(shop: Shop, other_shop: Shop) -> None:
    for method, body in (("GET", None), ("PUT", MINIMAL), ("DELETE", None)):
        answer = await other_shop.manage(method, shop.path, body)
        assert answer.status_code == 404, f"getApplication, updateApplication, deleteApplication: {answer.text}"
    listed = (await other_shop.manage("GET", "/v1/applications")).json()
    assert [application["id"] for application in listed["data"]] == [other_shop.application_id]
    assert (await shop.manage("GET", shop.path)).status_code == 200


async def rows_of(shop: Shop, database: Database) -> dict[str, object]:
    """How many rows of the shop's Application each table has that knows Applications."""
    account_id, application_id = shop.staff.account_id, shop.application_id
    tables = Query(
        "tables",
        "SELECT table_name FROM information_schema.columns JOIN information_schema.tables USING (table_name) "
        "WHERE column_name = 'application_id' AND columns.table_schema = 'public' AND table_type = 'BASE TABLE'",
    )
    async with database.transaction() as db:
        names = [row["table_name"] for row in await db.rows(tables)]
        counts = [
            Query(name, f"SELECT count(*) FROM {name} WHERE account_id = $1 AND application_id = $2") for name in names
        ]
        return {query.name: await db.value(query, account_id, application_id) for query in counts}


async def test_delete_application_takes_all_that_belongs_to_it(shop: Shop, database: Database) -> None:
    campaign = await shop.campaign(limits=[{"action": "redeemCoupon", "limit": 5, "entities": []}])
    rule = {"title": "R", "condition": ["and", ["couponValid"]], "effects": [["setDiscount", "off", 1]]}
    await shop.rules(campaign["id"], rule)
    coupon = {"numberOfCoupons": 1, "couponPattern": "ONCE-ONLY", "usageLimit": 1}
    await shop.manage("POST", f"{shop.path}/campaigns/{campaign['id']}/coupons", coupon)
    items = [{"sku": "A", "quantity": 1, "price": 10}]
    session = {"profileId": "p", "state": "closed", "couponCodes": ["ONCE-ONLY"], "cartItems": items}
    answer = await shop.integrate("PUT", "/v2/customer_sessions/s1", {"customerSession": session})
    assert answer.status_code in (200, 201), answer.text
    before = await rows_of(shop, database)
    filled = {
        "campaigns",
        "rulesets",
        "coupons",
        "coupon_redemptions",
        "budget_counters",
        "sessions",
        "events",
        "api_keys",
    }
    assert filled <= {table for table, count in before.items() if count}
    assert (await shop.manage("DELETE", shop.path)).status_code == 204
    assert set((await rows_of(shop, database)).values()) == {0}
    gone = [shop.path, f"{shop.path}/campaigns", f"{shop.path}/campaigns/{campaign['id']}", f"{shop.path}/apikeys"]
    assert [(await shop.manage("GET", path)).status_code for path in gone] == [404] * 4
    assert (await shop.manage("DELETE", shop.path)).status_code == 404


async def test_a_confined_management_key_sees_its_applications_only(shop: Shop) -> None:
    second = await shop.create("/v1/applications", MINIMAL)
    made = await shop.create(
        "/v1/management_keys",
        {
            "name": "Confined",
            "expiryDate": FAR_FUTURE,
            "endpoints": [{"path": "*"}],
            "allowedApplicationIds": [second["id"]],
        },
    )
    key = f"ManagementKey-v1 {made['key']}"
    listed = (await shop.manage("GET", "/v1/applications", key=key)).json()
    assert (listed["totalResultSize"], [each["id"] for each in listed["data"]]) == (1, [second["id"]])
    assert (await shop.manage("GET", shop.path, key=key)).status_code == 403
    assert (await shop.manage("DELETE", shop.path, key=key)).status_code == 403
    assert (await shop.manage("POST", "/v1/applications", MINIMAL, key=key)).status_code == 403
    assert (await shop.manage("GET", f"/v1/applications/{second['id']}", key=key)).status_code == 200
