"""An application's revision grows with everything its rules are compiled from, and with nothing else."""

from datetime import UTC, datetime

import pytest

from largesse.plumbing.database import Database, Query, Transaction
from tests.support.database import create_account

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 1, 1, tzinfo=UTC)

APPLICATION = """
    INSERT INTO applications (account_id, name, timezone, currency, created, modified)
    VALUES ($1, 'Shop', 'UTC', 'EUR', $2, $2) RETURNING id
"""
CAMPAIGN = """
    INSERT INTO campaigns (account_id, application_id, user_id, name, created)
    VALUES ($1, $2, 1, 'Spring', $3) RETURNING id
"""
COUPON = """
    INSERT INTO coupons (account_id, application_id, campaign_id, value, lookup, created)
    VALUES ($1, $2, $3, 'ABCD', 'ABCD', $4) RETURNING id
"""
ATTRIBUTE = """
    INSERT INTO attributes (account_id, entity, name, title, type, created)
    VALUES ($1, 'CartItem', 'Size', 'Size', 'string', $2)
"""
COST = "INSERT INTO additional_costs (account_id, name, title, created) VALUES ($1, 'shipping', 'Shipping', $2)"
RULESET = """
    INSERT INTO rulesets (account_id, application_id, campaign_id, user_id, rules, bindings, created)
    VALUES ($1, $2, $3, 1, '[]', '[]', $4)
"""


def q(text: str) -> Query:
    return Query("test", text)


async def revisions(db: Transaction, account_id: int) -> dict[int, int]:
    found = await db.rows(q("SELECT id, revision FROM applications WHERE account_id = $1"), account_id)
    return {row["id"]: row["revision"] for row in found}


async def new_application(db: Transaction, account_id: int) -> int:
    found = await db.value(q(APPLICATION), account_id, NOW)
    assert isinstance(found, int)
    return found


async def test_what_belongs_to_one_application_revises_that_one(database: Database, account_id: int) -> None:
    async with database.transaction() as db:
        shop, other = await new_application(db, account_id), await new_application(db, account_id)
        campaign = await db.value(q(CAMPAIGN), account_id, shop, NOW)
        scope = (account_id, shop, campaign)
        before = await revisions(db, account_id)
        for text, arguments in (
            (CAMPAIGN, (account_id, shop, NOW)),
            ("UPDATE campaigns SET position = 1 WHERE account_id = $1 AND application_id = $2 AND id = $3", scope),
            (RULESET, (*scope, NOW)),
            (
                "UPDATE rulesets SET rules = '[1]' WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3",
                scope,
            ),
            ("DELETE FROM rulesets WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3", scope),
            ("UPDATE applications SET timezone = 'CET' WHERE account_id = $1 AND id = $2", (account_id, shop)),
            ("DELETE FROM campaigns WHERE account_id = $1 AND application_id = $2 AND id = $3", scope),
        ):
            await db.run(q(text), *arguments)
            after = await revisions(db, account_id)
            assert after[shop] == before[shop] + 1, text
            assert after[other] == before[other], text
            before = after


async def test_definitions_revise_all_applications_of_the_account(database: Database, account_id: int) -> None:
    stranger = await create_account(database)
    async with database.transaction() as db:
        for _ in range(2):
            await new_application(db, account_id)
        await new_application(db, stranger)
        untouched = await revisions(db, stranger)
        before = await revisions(db, account_id)
        for text, arguments in (
            (ATTRIBUTE, (account_id, NOW)),
            ("UPDATE attributes SET suggestions = '{S,M}' WHERE account_id = $1", (account_id,)),
            ("DELETE FROM attributes WHERE account_id = $1", (account_id,)),
            (COST, (account_id, NOW)),
            ("UPDATE additional_costs SET type = 'both' WHERE account_id = $1", (account_id,)),
            ("DELETE FROM additional_costs WHERE account_id = $1", (account_id,)),
        ):
            await db.run(q(text), *arguments)
            after = await revisions(db, account_id)
            assert after == {number: revision + 1 for number, revision in before.items()}, text
            before = after
        assert await revisions(db, stranger) == untouched


async def test_coupons_and_counters_revise_nothing(database: Database, account_id: int) -> None:
    async with database.transaction() as db:
        shop = await new_application(db, account_id)
        campaign = await db.value(q(CAMPAIGN), account_id, shop, NOW)
        before = await revisions(db, account_id)
        await db.value(q(COUPON), account_id, shop, campaign, NOW)
        await db.run(q("UPDATE coupons SET usage_counter = 1 WHERE account_id = $1"), account_id)
        counter = "INSERT INTO budget_counters VALUES ($1, $2, $3, 'setDiscount|overall', 'setDiscount', '', 5)"
        await db.run(q(counter), account_id, shop, campaign)
        assert await revisions(db, account_id) == before


async def test_removing_an_application_removes_what_hangs_on_it(database: Database, account_id: int) -> None:
    hanging = ("campaigns", "rulesets", "coupons", "coupon_reservations", "coupon_redemptions", "budget_counters")
    async with database.transaction() as db:
        shop, other = await new_application(db, account_id), await new_application(db, account_id)
        for application in (shop, other):
            campaign = await db.value(q(CAMPAIGN), account_id, application, NOW)
            await db.run(q(RULESET), account_id, application, campaign, NOW)
            coupon = await db.value(q(COUPON), account_id, application, campaign, NOW)
            for text in (
                "INSERT INTO coupon_reservations VALUES ($1, $2, $3, 'anna', '2026-01-01Z')",
                "INSERT INTO coupon_redemptions VALUES ($1, $2, $3, 'anna', 1)",
            ):
                await db.run(q(text), account_id, application, coupon)
            counter = "INSERT INTO budget_counters VALUES ($1, $2, $3, 'setDiscount|overall', 'setDiscount', '', 5)"
            await db.run(q(counter), account_id, application, campaign)
        await db.run(q("DELETE FROM applications WHERE account_id = $1 AND id = $2"), account_id, shop)
        for table in hanging:
            found = await db.rows(q(f"SELECT application_id FROM {table} WHERE account_id = $1"), account_id)
            assert [row["application_id"] for row in found] == [other], table
