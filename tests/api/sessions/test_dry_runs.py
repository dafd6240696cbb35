"""Dry runs: they see what is stored, may look ahead, and leave no trace."""

from typing import Any

import pytest

from largesse.plumbing.database import Database, Query
from tests.support.api import Shop
from tests.support.carts import TEN_OFF, add_coupon, item, profile_of, put_session, stored, told, update

pytestmark = pytest.mark.anyio

DRY = {"dry": "true"}
TRACES = Query(
    "traces",
    "SELECT (SELECT count(*) FROM sessions WHERE account_id = $1) AS sessions, "
    "(SELECT count(*) FROM profiles WHERE account_id = $1) AS profiles, "
    "(SELECT count(*) FROM events WHERE account_id = $1) AS events, "
    "(SELECT sum(usage_counter) FROM coupons WHERE account_id = $1) AS uses",
)
ALWAYS = TEN_OFF | {"condition": ["and", True]}


async def traces(database: Database, shop: Shop) -> tuple[Any, ...]:
    async with database.transaction() as db:
        row = await db.row(TRACES, shop.staff.account_id)
    assert row is not None
    return tuple(row)


async def test_nothing_is_stored_however_it_ends(shop: Shop, database: Database) -> None:
    await add_coupon(shop, "TEN-OFF")
    for state in ("open", "closed"):
        said: dict[str, Any] = {"state": state, "profileId": "ann", "couponCodes": ["TEN-OFF"], "cartItems": [item()]}
        assert told(await update(shop, query=DRY, **said)) == [("acceptCoupon", "TEN-OFF"), ("setDiscount", 10)]
    assert await traces(database, shop) == (0, 0, 0, 0)
    await update(shop, profileId="ann")
    before = (await stored(shop), await traces(database, shop), (await profile_of(shop, "ann"))["lastActivity"])
    for state in ("open", "closed", "cancelled"):
        await update(shop, query=DRY, state=state, cartItems=[item()])
    after = (await stored(shop), await traces(database, shop), (await profile_of(shop, "ann"))["lastActivity"])
    assert after == before


async def test_an_update_builds_on_what_is_stored_and_a_close_on_what_is_sent(shop: Shop) -> None:
    await update(shop, profileId="ann", cartItems=[item(price=50)])
    opened = (await update(shop, query=DRY))["customerSession"]
    assert (opened["total"], opened["profileId"], opened["updateCount"]) == (50, "ann", 2)
    closed = (await update(shop, query=DRY, state="closed"))["customerSession"]
    assert (closed["total"], closed["profileId"]) == (0, "")
    paid = (await update(shop, query=DRY, state="closed", profileId="ann", cartItems=[item(price=7)]))[
        "customerSession"
    ]
    assert (paid["total"], paid["profileId"], paid["firstSession"]) == (7, "ann", True)


async def test_now_looks_ahead(shop: Shop) -> None:
    campaign = await shop.campaign(startTime="2098-01-01T00:00:00Z", endTime="2098-02-01T00:00:00Z")
    await shop.rules(campaign["id"], ALWAYS)
    assert told(await update(shop, query=DRY)) == []
    for now, effects in (("2098-01-15T00:00:00Z", [("setDiscount", 10)]), ("2098-02-01T00:00:00Z", [])):
        assert told(await update(shop, query=DRY | {"now": now})) == effects


async def test_campaigns_can_be_named_even_disabled_ones_but_not_archived_ones(shop: Shop) -> None:
    ids = []
    for state in ("enabled", "disabled", "archived"):
        campaign = await shop.campaign(name=state, state=state)
        await shop.rules(campaign["id"], ALWAYS)
        ids.append(campaign["id"])
    enabled, disabled, archived = ids
    for named, expected in (([disabled, archived], [disabled]), ([], []), (ids, [enabled, disabled])):
        seen = await update(shop, query=DRY, evaluableCampaignIds=named, content=("triggeredCampaigns",))
        assert [each["id"] for each in seen["triggeredCampaigns"]] == expected


async def test_campaigns_named_for_real_do_not_matter(shop: Shop) -> None:
    """The published example of a real update names some."""
    campaign = await shop.campaign()
    await shop.rules(campaign["id"], ALWAYS)
    seen = await update(shop, evaluableCampaignIds=[10, 12], content=("triggeredCampaigns", "customerSession"))
    assert [each["id"] for each in seen["triggeredCampaigns"]] == [campaign["id"]]
    assert "evaluableCampaignIds" not in seen["customerSession"]


async def test_a_dry_run_refuses_what_a_real_one_refuses(shop: Shop) -> None:
    await update(shop, state="closed")
    assert (await put_session(shop, query=DRY)).status_code == 400
    assert (await put_session(shop, query=DRY, attributes={"nope": 1})).status_code == 400


async def test_why_a_code_is_turned_down_whose_campaign_a_dry_run_leaves_out(shop: Shop) -> None:
    running = await add_coupon(shop, "RUNNING")
    disabled = await add_coupon(shop, "DISABLED")
    settings = {"name": "Campaign", "state": "disabled", "tags": [], "features": ["coupons"], "limits": []}
    await shop.manage("PUT", f"{shop.path}/campaigns/{disabled}", settings)
    idle = {"rejectionReason": "CouponPartOfNotRunningCampaign"}
    unnamed = {
        "rejectionReason": "CouponPartOfNotTriggeredCampaign",
        "campaignExclusionReason": "CampaignNotInEvaluationSet",
    }
    for named, refused in (
        ([], {"RUNNING": unnamed, "DISABLED": idle}),
        ([running], {"DISABLED": idle}),
        ([disabled], {"RUNNING": unnamed}),
        ([running, disabled], {}),
    ):
        codes: dict[str, Any] = {"couponCodes": ["RUNNING", "DISABLED"], "evaluableCampaignIds": named}
        effects = (await update(shop, query=DRY, **codes))["effects"]
        props = [effect["props"] for effect in effects if effect["effectType"] == "rejectCoupon"]
        assert {each.pop("value"): each for each in props} == refused
