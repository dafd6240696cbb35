"""getAccount over HTTP."""

import pytest

from largesse.plumbing.database import Database
from tests.support.api import Shop, hire_staff

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
