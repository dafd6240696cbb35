"""`schema.sql` is what the migrations make, and every table belongs to a tenant."""

from importlib.resources import files

import asyncpg
import pytest

from tests.support.catalogue import PARTITION, catalogue

pytestmark = pytest.mark.anyio

TENANT_NAMED_OTHERWISE = {
    "accounts": "is the tenant: its id is what the others call account_id",
    "migrations": "belongs to the database, not to anybody in it",
}

NOT_LED_BY_THE_TENANT = {
    "accounts_pkey": "the account's own id",
    "migrations_pkey": "belongs to the database, not to anybody in it",
    "users_email": "whoever logs in names only an address",
    "user_tokens_hash": "the secret tells the account",
    "management_keys_hash": "the secret tells the account",
    "api_keys_hash": "the secret tells the account",
    "jobs_due": "who has time for work takes anybody's",
    "jobs_finished": "jobs of all accounts are forgotten alike",
    "jobs_of_installation": "the installation's jobs are nobody's",
    "message_log_requested": "what is old is forgotten, whosever it is",
    "outbox_due": "whoever sends takes what has waited longest, whosever it is",
}


async def rows(url: str, query: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(query)
    finally:
        await connection.close()


async def test_the_schema_file_is_what_the_migrations_make(fresh_database_url: str, empty_database_url: str) -> None:
    connection = await asyncpg.connect(empty_database_url)
    await connection.execute(files("largesse.storage").joinpath("schema.sql").read_text("utf-8"))
    await connection.close()
    described = await catalogue(empty_database_url)
    assert described == await catalogue(fresh_database_url)
    assert any("column sessions.document bytea" in line for line in described)


async def test_the_comparison_sees_every_kind_of_difference(fresh_database_url: str) -> None:
    before = await catalogue(fresh_database_url)
    connection = await asyncpg.connect(fresh_database_url)
    for change in (
        "ALTER TABLE coupons ALTER COLUMN usage_limit SET DEFAULT 2",
        "ALTER TABLE campaigns DROP CONSTRAINT campaigns_state_check",
        "DROP INDEX coupons_batch",
        "DROP TRIGGER revise ON campaigns",
        "CREATE OR REPLACE FUNCTION guard(holds boolean, fact text) RETURNS void LANGUAGE sql AS 'SELECT'",
        "ALTER TABLE sessions SET (fillfactor = 50)",
    ):
        await connection.execute(change)
        after = await catalogue(fresh_database_url)
        assert after != before, change
        before = after
    await connection.close()


async def test_every_table_has_the_tenant_column(fresh_database_url: str) -> None:
    found = await rows(
        fresh_database_url,
        """
        SELECT c.relname AS name, a.attnotnull IS TRUE AS tenant
        FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id'
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        """,
    )
    assert {row["name"] for row in found if not row["tenant"]} == TENANT_NAMED_OTHERWISE.keys()


async def test_every_key_and_index_is_led_by_the_tenant(fresh_database_url: str) -> None:
    found = await rows(
        fresh_database_url,
        f"""
        SELECT c.relname AS name, a.attname IS NOT DISTINCT FROM 'account_id' AS led
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid AND c.relnamespace = 'public'::regnamespace
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE c.relname !~ '{PARTITION}'
        """,
    )
    assert {row["name"] for row in found if not row["led"]} == NOT_LED_BY_THE_TENANT.keys()


async def test_the_application_follows_the_tenant_where_there_is_one(fresh_database_url: str) -> None:
    found = await rows(
        fresh_database_url,
        """
        SELECT i.indexrelid::regclass::text AS name, second.attname AS second
        FROM pg_index i
        JOIN pg_attribute first ON first.attrelid = i.indrelid AND first.attnum = i.indkey[0]
        JOIN pg_attribute second ON second.attrelid = i.indrelid AND second.attnum = i.indkey[1]
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'application_id'
        WHERE first.attname = 'account_id'
        """,
    )
    assert found
    assert {row["name"] for row in found if row["second"] != "application_id"} == set()
