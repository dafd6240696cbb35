"""The official SDK, on a real socket, for what staff do with Applications, campaigns, rulesets and their own logins.

The SDK refuses answers whose types are not the published ones, so that every call is a check of its answer too.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import talon_one
from talon_one.exceptions import ApiException

from largesse.plumbing.database import Database
from tests.support.api import PASSWORD, Shop, Staff, hire_staff, management_sdk, open_door, open_shop


@dataclass(frozen=True)
class Setup:
    """A shop with a campaign of one ruleset, and one to be deleted."""

    staff: Staff
    application_id: int
    campaign: dict[str, Any]
    ruleset: dict[str, Any]
    doomed: dict[str, Any]


@pytest.fixture(scope="module")
def setup(database_url: str) -> Setup:
    """Made once: these tests look at it from outside."""

    async def make() -> Setup:
        database = await Database.open(database_url)
        async with open_door(database_url) as client:
            shop: Shop = await open_shop(client, database)
            campaign = await shop.campaign(
                startTime="2030-01-01T00:00:00Z",
                tags=["a"],
                features=["coupons"],
                couponSettings={"couponPattern": "A####", "validCharacters": ["A", "B"]},
                limits=[{"action": "setDiscount", "limit": 10.5, "entities": []}],
            )
            # Without effects: the contract makes each a list, and this release of the SDK insists on objects.
            rule = {"title": "R", "condition": ["and", [">", [".", "Session", "Total"], 0.1]], "effects": []}
            ruleset = await shop.rules(campaign["id"], rule, rbVersion="v2")
            await hire_staff(database, account_id=shop.staff.account_id)
            doomed = await shop.campaign(name="Doomed")
        await database.close()
        return Setup(shop.staff, shop.application_id, campaign, ruleset, doomed)

    return asyncio.run(make())


@pytest.fixture
def sdk(server_url: str, setup: Setup) -> Iterator[talon_one.ManagementApi]:
    """The SDK, signed in."""
    with management_sdk(server_url, f"Bearer {setup.staff.token}") as api:
        yield api


def test_create_session_and_destroy_session(server_url: str, setup: Setup) -> None:
    with management_sdk(server_url, "Bearer none") as api:
        login = api.create_session(talon_one.LoginParams(email=setup.staff.email, password=PASSWORD))
        assert login.user_id == setup.staff.user_id
    with management_sdk(server_url, f"Bearer {login.token}") as api:
        assert api.get_account(setup.staff.account_id).user_count == 2
        api.destroy_session()
        with pytest.raises(ApiException) as refused:
            api.get_account(setup.staff.account_id)
    assert refused.value.status == 401


def test_get_account(sdk: talon_one.ManagementApi, setup: Setup) -> None:
    account = sdk.get_account(setup.staff.account_id)
    assert (account.id, account.billing_email, account.application_count) == (
        setup.staff.account_id,
        setup.staff.email,
        1,
    )


def test_get_applications_and_get_application(sdk: talon_one.ManagementApi, setup: Setup) -> None:
    listed = sdk.get_applications(page_size=10, skip=0, sort="-name")
    assert listed.total_result_size == 1
    assert listed.data == [sdk.get_application(setup.application_id)]
    assert listed.data[0].case_sensitivity == "insensitive-uppercase"


def test_get_campaigns_and_get_campaign(sdk: talon_one.ManagementApi, setup: Setup) -> None:
    listed = sdk.get_campaigns(
        setup.application_id,
        campaign_state="scheduled",
        name="camp",
        tags="A",
        start_after=datetime(2029, 12, 31, tzinfo=UTC),
        created_before=datetime(2090, 1, 1, tzinfo=UTC),
        sort="startTime",
    )
    campaign = sdk.get_campaign(setup.application_id, setup.campaign["id"])
    assert (listed.total_result_size, listed.data) == (1, [campaign])
    assert (campaign.frontend_state, campaign.active_ruleset_id) == ("scheduled", setup.ruleset["id"])
    assert [budget.to_dict() for budget in campaign.budgets or ()] == [
        {"action": "setDiscount", "limit": 10.5, "counter": 0}
    ]


def test_update_campaign(sdk: talon_one.ManagementApi, setup: Setup) -> None:
    campaign = sdk.get_campaign(setup.application_id, setup.campaign["id"])
    sent = talon_one.UpdateCampaign.from_dict(campaign.to_dict() | {"description": "Seen by the SDK"})
    assert sent is not None
    changed = sdk.update_campaign(setup.application_id, setup.campaign["id"], sent)
    assert changed.description == "Seen by the SDK"
    assert (changed.limits, changed.coupon_settings) == (campaign.limits, campaign.coupon_settings)


def test_get_rulesets_and_get_ruleset(sdk: talon_one.ManagementApi, setup: Setup) -> None:
    listed = sdk.get_rulesets(setup.application_id, setup.campaign["id"], sort="-created")
    ruleset = sdk.get_ruleset(setup.application_id, setup.campaign["id"], setup.ruleset["id"])
    assert (listed.total_result_size, listed.data) == (1, [ruleset])
    assert ruleset.rules[0].condition == ["and", [">", [".", "Session", "Total"], 0.1]]


def test_delete_campaign(sdk: talon_one.ManagementApi, setup: Setup) -> None:
    sdk.delete_campaign(setup.application_id, setup.doomed["id"])
    with pytest.raises(ApiException) as refused:
        sdk.delete_campaign(setup.application_id, setup.doomed["id"])
    assert refused.value.status == 404
