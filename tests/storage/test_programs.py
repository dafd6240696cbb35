"""Compiled programs: once per revision, fresh after every change, and not without end."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from largesse.engine.budgets import Limit
from largesse.engine.evaluation.programs import Programs
from largesse.plumbing.database import Database
from largesse.plumbing.problems import Conflict
from largesse.storage.answers import open_session
from largesse.storage.campaigns import Author, CampaignSettings, activate_ruleset, create_campaign, update_campaign
from largesse.storage.programs import ProgramCache, load_programs
from largesse.storage.rulesets import CampaignKey, RulesetSettings, create_ruleset
from largesse.storage.scope import Scope
from tests.support.rows import add_application

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOMEBODY = Author(1, "Ada")
RULE = {"title": "gift", "condition": ["and", True], "effects": [["setDiscount", "gift", 1]]}


@pytest.fixture
async def scope(database: Database, account_id: int) -> Scope:
    return Scope(account_id, await add_application(database, account_id))


async def add_campaign(database: Database, scope: Scope, name: str, *rules: Any, **settings: Any) -> int:
    async with database.transaction() as db:
        campaign_id = await create_campaign(
            db, scope.account_id, scope.application_id, CampaignSettings(name=name, **settings), SOMEBODY, NOW
        )
        key = CampaignKey(scope.account_id, scope.application_id, campaign_id)
        written = RulesetSettings(rules=msgspec.json.encode(rules), bindings=b"[]")
        ruleset = await create_ruleset(db, key, written, 1, NOW, activated_at=NOW)
        await activate_ruleset(db, scope.account_id, scope.application_id, campaign_id, ruleset.id)
    return campaign_id


async def programs_now(database: Database, cache: ProgramCache, scope: Scope) -> Programs:
    async with database.transaction() as db:
        opened = await open_session(db, scope.account_id, scope.application_id, "s", None, in_turn=False)
        return await cache.at(db, scope, opened.revision)


async def test_campaigns_come_in_their_order_with_their_rules(database: Database, scope: Scope) -> None:
    first = await add_campaign(database, scope, "first", RULE, RULE, tags=("a",))
    archived = await add_campaign(database, scope, "archived", RULE, state="archived")
    disabled = await add_campaign(database, scope, "disabled", RULE, state="disabled")
    loaded = await programs_now(database, ProgramCache(), scope)
    assert [(each.campaign.id, each.rule_names) for each in loaded.campaigns] == [
        (first, ("gift", "gift")),
        (archived, ()),
        (disabled, ("gift",)),
    ]
    assert loaded.by_id[first].campaign.tags == ("a",)
    assert loaded.application.id == scope.application_id


async def test_rules_that_have_not_changed_are_not_compiled_again(database: Database, scope: Scope) -> None:
    cache = ProgramCache()
    old = await add_campaign(database, scope, "old", RULE)
    before = await programs_now(database, cache, scope)
    new = await add_campaign(database, scope, "new", RULE)
    after = await programs_now(database, cache, scope)
    assert after.by_id[old].ruleset is before.by_id[old].ruleset
    key = CampaignKey(scope.account_id, scope.application_id, old)
    other = RulesetSettings(rules=msgspec.json.encode([RULE, RULE]), bindings=b"[]")
    async with database.transaction() as db:
        ruleset = await create_ruleset(db, key, other, 1, NOW, activated_at=NOW)
        await activate_ruleset(db, scope.account_id, scope.application_id, old, ruleset.id)
    changed = await programs_now(database, cache, scope)
    assert changed.by_id[old].rule_names == ("gift", "gift")
    assert changed.by_id[new].ruleset is after.by_id[new].ruleset


async def test_nothing_is_compiled_again_until_something_changes(database: Database, scope: Scope) -> None:
    here, elsewhere = ProgramCache(), ProgramCache()
    campaign_id = await add_campaign(database, scope, "old", RULE)
    before = await programs_now(database, here, scope)
    assert await programs_now(database, here, scope) is before
    assert (await programs_now(database, elsewhere, scope)).campaigns[0].campaign.name == "old"
    async with database.transaction() as db:
        await update_campaign(
            db, scope.account_id, scope.application_id, campaign_id, CampaignSettings(name="new"), SOMEBODY, NOW
        )
    for cache in (here, elsewhere):
        after = await programs_now(database, cache, scope)
        assert after is not before
        assert after.campaigns[0].campaign.name == "new"


async def test_requests_that_miss_at_once_share_one_compilation(database: Database, scope: Scope) -> None:
    await add_campaign(database, scope, "shared", RULE)
    cache = ProgramCache()
    found = await asyncio.gather(*(programs_now(database, cache, scope) for _ in range(8)))
    assert all(each is found[0] for each in found)


async def test_a_request_with_an_older_revision_takes_the_newer_programs(database: Database, scope: Scope) -> None:
    cache = ProgramCache()
    async with database.transaction() as db:
        old = (await open_session(db, scope.account_id, scope.application_id, "s", None, in_turn=False)).revision
    await add_campaign(database, scope, "newer", RULE)
    newer = await programs_now(database, cache, scope)
    async with database.transaction() as db:
        assert await cache.at(db, scope, old) is newer
        with pytest.raises(Conflict):
            await load_programs(db, scope, old)


async def test_the_application_served_longest_ago_leaves_first(database: Database, account_id: int) -> None:
    scopes = [Scope(account_id, await add_application(database, account_id)) for _ in range(3)]
    cache = ProgramCache(applications_max=2)
    first = await programs_now(database, cache, scopes[0])
    second = await programs_now(database, cache, scopes[1])
    assert await programs_now(database, cache, scopes[0]) is first
    await programs_now(database, cache, scopes[2])
    assert await programs_now(database, cache, scopes[0]) is first
    assert await programs_now(database, cache, scopes[1]) is not second


async def test_settings_of_the_application_reach_evaluation(database: Database, scope: Scope) -> None:
    application = (await programs_now(database, ProgramCache(), scope)).application
    assert (application.timezone, application.currency, application.case_sensitivity) == ("UTC", "EUR", "sensitive")
    limits = (Limit("setDiscount", Decimal("0.10")),)
    campaign_id = await add_campaign(database, scope, "limited", RULE, limits=limits)
    loaded = await programs_now(database, ProgramCache(), scope)
    assert [(each.action, each.limit) for each in loaded.by_id[campaign_id].campaign.limits] == [
        ("setDiscount", Decimal("0.10"))
    ]
