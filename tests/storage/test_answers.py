"""What updates start from: sessions, profiles and turns, each within its own tenant."""

from datetime import UTC, datetime

import pytest

from largesse.engine.changes import SaveSession
from largesse.engine.customers.profiles import UpdateProfile
from largesse.engine.facts import Questions
from largesse.engine.shopping.sessions import Session
from largesse.plumbing.database import Crowded, Database, Query
from largesse.plumbing.problems import NotFound
from largesse.storage.answers import PLACES_MAX, answer, open_profile, open_session
from largesse.storage.changes import save
from largesse.storage.scope import Scope
from tests.support.database import create_account
from tests.support.rows import add_application, add_coupon

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

TAKE_PLACE = Query("take_place", "SELECT pg_advisory_xact_lock(hashtextextended($1, $2))")


@pytest.fixture
async def scope(database: Database, account_id: int) -> Scope:
    return Scope(account_id, await add_application(database, account_id))


async def store_session(database: Database, scope: Scope, profile_id: str) -> None:
    session = Session(0, scope.application_id, "s", NOW, NOW, profile_id=profile_id, update_count=1)
    async with database.transaction() as db:
        await save(db, scope, [SaveSession(session, 0, ()), UpdateProfile(profile_id)], NOW)


async def test_the_profile_is_the_one_named_else_the_sessions_own(database: Database, scope: Scope) -> None:
    await store_session(database, scope, "ann")

    async def found(profile_id: str | None) -> tuple[str | None, int]:
        async with database.transaction() as db:
            opened = await open_session(db, scope.account_id, scope.application_id, "s", profile_id)
        assert opened.stored is not None
        return None if opened.profile is None else opened.profile.integration_id, opened.started_sessions

    assert await found(None) == ("ann", 1)
    assert await found("ann") == ("ann", 1)
    assert await found("bob") == (None, 0)
    assert await found("") == (None, 0)


async def test_an_application_that_is_gone_is_not_found(database: Database, scope: Scope) -> None:
    async with database.transaction() as db:
        with pytest.raises(NotFound):
            await open_session(db, scope.account_id, 0, "s", None)
        with pytest.raises(NotFound):
            await open_profile(db, scope.account_id, 0, "ann")


async def test_profiles_are_shared_within_an_environment_and_sessions_never(database: Database, scope: Scope) -> None:
    await store_session(database, scope, "ann")
    sibling = await add_application(database, scope.account_id)
    sandbox = await add_application(database, scope.account_id, sandbox=True)
    stranger = await create_account(database)
    strange = await add_application(database, stranger)
    seen = {}
    for account_id, application_id in (
        (scope.account_id, sibling),
        (scope.account_id, sandbox),
        (stranger, strange),
    ):
        async with database.transaction() as db:
            opened = await open_session(db, account_id, application_id, "s", "ann")
        seen[application_id] = (opened.scope.sandbox, opened.stored, opened.profile is not None)
    assert seen == {sibling: (False, None, True), sandbox: (True, None, False), strange: (False, None, False)}


@pytest.mark.parametrize("noun", ["session", "profile"])
async def test_one_too_many_is_turned_away_unless_it_does_not_queue(
    database: Database, scope: Scope, noun: str
) -> None:
    gate = {
        "session": f"session {scope.account_id}/{scope.application_id}/s",
        "profile": f"profile {scope.account_id}/f/ann",
    }[noun]
    async with database.transaction() as holder:
        for place in range(1, PLACES_MAX + 1):
            await holder.value(TAKE_PLACE, gate, place)
        async with database.transaction() as db:
            await open_session(db, scope.account_id, scope.application_id, "s", "ann", in_turn=False)
            with pytest.raises(Crowded) as refused:
                await open_session(db, scope.account_id, scope.application_id, "s", "ann")
    assert refused.value.gate == gate


async def test_questions_are_answered_for_the_application_alone(database: Database, scope: Scope) -> None:
    await add_coupon(database, scope, "MINE")
    other = Scope(scope.account_id, await add_application(database, scope.account_id))
    await add_coupon(database, other, "OTHERS")
    async with database.transaction() as db:
        facts = await answer(db, scope, Questions("ann", ("MINE", "OTHERS", "NOBODYS"), ((1, "key"),)))
    assert set(facts.coupons) == {"MINE"}
    assert facts.used == {}
