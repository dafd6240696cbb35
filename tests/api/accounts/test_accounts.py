"""getAccount, and our own updateAccount, over HTTP."""

import pytest

from largesse.plumbing.database import Database
from tests.support.api import Shop, hire_staff, pointers

pytestmark = pytest.mark.anyio


async def test_get_account_says_what_the_account_has(shop: Shop, database: Database) -> None:
    await shop.campaign()
    await shop.campaign(endTime="2020-01-01T00:00:00Z")
    await shop.campaign(state="disabled")
    await hire_staff(database, is_admin=False, account_id=shop.staff.account_id)
    account = (await shop.manage("GET", f"/v1/accounts/{shop.staff.account_id}")).json()
    assert account == {
        "id": shop.staff.account_id,
        "created": account["created"],
        "modified": account["created"],
        "companyName": "Sample Shops",
        "domainName": "",
        "state": "active",
        "billingEmail": shop.staff.email,
        "applicationCount": 1,
        "userCount": 2,
        "campaignsActiveCount": 2,
        "campaignsInactiveCount": 1,
        "attributes": {},
    }


async def test_other_accounts_do_not_exist(shop: Shop, other_shop: Shop) -> None:
    for account_id in (other_shop.staff.account_id, 0, 999_999_999):
        assert (await shop.manage("GET", f"/v1/accounts/{account_id}")).status_code == 404
    assert (await shop.manage("GET", "/v1/accounts/mine")).status_code == 400


async def test_its_attributes_are_read_by_rules_from_the_next_request_on(shop: Shop) -> None:
    account = f"/v1/accounts/{shop.staff.account_id}"
    campaign = await shop.campaign()
    region = [".", "Account", "Attributes", "region"]
    shown = {"title": "r", "condition": ["and"], "effects": [["catch", ["noop"], ["showNotification", "Info", region]]]}
    await shop.rules(campaign["id"], shown)

    async def told() -> list[str]:
        answer = await shop.integrate("PUT", "/v2/customer_sessions/one", {"customerSession": {}})
        return [effect["props"]["title"] for effect in answer.json()["effects"]]

    assert await told() == []
    changed = (await shop.manage("PUT", account, {"attributes": {"region": "EU", "size": {"staff": 3}}})).json()
    assert (changed["companyName"], changed["attributes"]) == ("Sample Shops", {"region": "EU", "size": {"staff": 3}})
    assert await told() == ["EU"]
    changed = (await shop.manage("PUT", account, {"companyName": "Other Shops"})).json()
    assert (changed["companyName"], changed["attributes"]["region"]) == ("Other Shops", "EU")
    assert (await shop.manage("PUT", account, changed | {"attributes": {}})).json()["attributes"] == {}
    assert await told() == []


async def test_what_of_it_cannot_be_changed(shop: Shop, other_shop: Shop) -> None:
    account = f"/v1/accounts/{shop.staff.account_id}"
    for body, where in (({"companyName": ""}, "/companyName"), ({"attributes": []}, "/attributes")):
        wrong = await shop.manage("PUT", account, body)
        assert (wrong.status_code, pointers(wrong)) == (400, [where])
    assert (await other_shop.manage("PUT", account, {"companyName": "Mine"})).status_code == 404
