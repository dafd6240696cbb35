"""Saving what was decided: guards, undo, merging, and that a refused save leaves nothing."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from largesse.engine.budgets import CountBudget
from largesse.engine.changes import Change, RecordEvent, SaveSession
from largesse.engine.codes.coupons import SetCouponAttributes, UseCoupon
from largesse.engine.customers.profiles import Profile, UpdateProfile
from largesse.engine.facts import Facts, Questions
from largesse.engine.money import ZERO
from largesse.engine.shopping.sessions import Session, SessionState
from largesse.plumbing.database import Database
from largesse.plumbing.problems import Conflict
from largesse.storage.answers import Opened, answer, open_session
from largesse.storage.changes import Saved, save
from largesse.storage.scope import Scope
from tests.support.rows import add_application, add_coupon

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def scope(database: Database, account_id: int) -> AsyncIterator[Scope]:
    yield Scope(account_id, await add_application(database, account_id))


async def store(database: Database, scope: Scope, *changes: Change, now: datetime = NOW) -> Saved:
    async with database.transaction() as db:
        return await save(db, scope, changes, now)


async def opened(database: Database, scope: Scope, session_id: str = "s", profile_id: str | None = None) -> Opened:
    async with database.transaction() as db:
        return await open_session(db, scope.account_id, scope.application_id, session_id, profile_id)


async def facts(database: Database, scope: Scope, codes: Sequence[str], *keys: tuple[int, str]) -> Facts:
    async with database.transaction() as db:
        return await answer(db, scope, Questions("ann", tuple(codes), keys))


async def profile(database: Database, scope: Scope) -> Profile:
    found = (await opened(database, scope, profile_id="ann")).profile
    assert found is not None
    return found


def session(scope: Scope, updates: int, profile_id: str = "", state: SessionState = "open") -> Session:
    return Session(0, scope.application_id, "s", NOW, NOW, state=state, profile_id=profile_id, update_count=updates)


def saving(scope: Scope, updates: int, profile_id: str = "") -> SaveSession:
    return SaveSession(session(scope, updates, profile_id), updates - 1, ())


def budget(amount: str, limit: str | None, key: str = "setDiscount|overall") -> CountBudget:
    return CountBudget(7, key, "setDiscount", "overall", Decimal(amount), None if limit is None else Decimal(limit))


async def test_a_session_is_stored_with_its_event_and_found_again(database: Database, scope: Scope) -> None:
    saved = await store(database, scope, saving(scope, 1), RecordEvent("talon_session_created", ()))
    assert min(saved.session_id, saved.event_id) > 0
    stored = (await opened(database, scope)).stored
    assert stored is not None
    assert stored.session.id == saved.session_id
    assert stored.session.update_count == 1


@pytest.mark.parametrize(("already", "decided"), [(1, 1), (2, 2), (2, 4)])
async def test_a_session_that_has_moved_on_is_a_conflict(
    database: Database, scope: Scope, already: int, decided: int
) -> None:
    for updates in range(1, already + 1):
        await store(database, scope, saving(scope, updates))
    with pytest.raises(Conflict):
        await store(database, scope, saving(scope, decided))


async def test_a_session_that_is_gone_is_a_conflict(database: Database, scope: Scope) -> None:
    with pytest.raises(Conflict):
        await store(database, scope, saving(scope, 2))


@pytest.mark.parametrize(
    ("limit", "used", "fits"), [(1, 0, True), (1, 1, False), (3, 2, True), (0, 100, True)], ids=str
)
async def test_a_coupon_is_used_within_its_limit(
    database: Database, scope: Scope, limit: int, used: int, fits: bool
) -> None:
    coupon = await add_coupon(database, scope, "CODE", usage_limit=limit, usage_counter=used)
    if not fits:
        with pytest.raises(Conflict):
            await store(database, scope, UseCoupon(coupon, "ann", 1))
    else:
        await store(database, scope, UseCoupon(coupon, "ann", 1))
    found = (await facts(database, scope, ["CODE"])).coupons["CODE"]
    assert (found.usage_counter, found.profile_redemptions) == (used + fits, int(fits))


@pytest.mark.parametrize(("amount", "fits"), [("5.49", True), ("5.50", True), ("5.51", False)])
async def test_money_is_taken_from_a_coupon_within_its_limit(
    database: Database, scope: Scope, amount: str, fits: bool
) -> None:
    coupon = await add_coupon(database, scope, "GIFT", usage_limit=0, discount_limit=Decimal("5.50"))
    change = UseCoupon(coupon, "", 1, Decimal(amount))
    if fits:
        await store(database, scope, change)
    else:
        with pytest.raises(Conflict):
            await store(database, scope, change)
    spent = (await facts(database, scope, ["GIFT"])).coupons["GIFT"].discount_counter
    assert spent == (Decimal(amount) if fits else 0)


async def test_a_used_coupon_can_be_given_back_but_not_below_zero(database: Database, scope: Scope) -> None:
    coupon = await add_coupon(database, scope, "GIFT", discount_limit=Decimal(10))
    used = UseCoupon(coupon, "ann", 1, Decimal(4))
    await store(database, scope, used)
    await store(database, scope, used.inverse())
    await store(database, scope, used.inverse())
    found = (await facts(database, scope, ["GIFT"])).coupons["GIFT"]
    assert (found.usage_counter, found.discount_counter, found.profile_redemptions) == (0, ZERO, 0)


async def test_giving_back_a_coupon_that_is_gone_is_no_conflict(database: Database, scope: Scope) -> None:
    assert await store(database, scope, UseCoupon(404, "ann", -1)) == Saved()
    with pytest.raises(Conflict):
        await store(database, scope, UseCoupon(404, "ann", 1))


async def test_attributes_of_a_coupon_are_merged_and_cleared(database: Database, scope: Scope) -> None:
    coupon = await add_coupon(database, scope, "CODE")
    await store(database, scope, SetCouponAttributes(coupon, {"a": Decimal(1), "b": "x"}))
    await store(database, scope, SetCouponAttributes(coupon, {"b": None, "c": [Decimal("0.10")]}))
    assert (await facts(database, scope, ["CODE"])).coupons["CODE"].attributes == {
        "a": Decimal(1),
        "c": [Decimal("0.10")],
    }


@pytest.mark.parametrize(
    ("amounts", "counted"), [(["60", "40"], "100"), (["60", "40.01"], "60"), (["100.01"], None)], ids=str
)
async def test_a_budget_is_counted_within_its_limit(
    database: Database, scope: Scope, amounts: list[str], counted: str | None
) -> None:
    for amount in amounts[:-1]:
        await store(database, scope, budget(amount, "100"))
    total = sum(map(Decimal, amounts))
    if total > 100:
        with pytest.raises(Conflict):
            await store(database, scope, budget(amounts[-1], "100"))
    else:
        await store(database, scope, budget(amounts[-1], "100"))
    used = (await facts(database, scope, [], (7, "setDiscount|overall"), (7, "other"))).used
    assert used == ({} if counted is None else {(7, "setDiscount|overall"): Decimal(counted)})


async def test_a_budget_is_given_back_but_not_below_zero_and_not_to_a_lost_counter(
    database: Database, scope: Scope
) -> None:
    await store(database, scope, budget("10", "100"))
    await store(database, scope, budget("-4", None), budget("-4", None, "gone"))
    used = (await facts(database, scope, [], (7, "setDiscount|overall"), (7, "gone"))).used
    assert used == {(7, "setDiscount|overall"): Decimal(6)}
    await store(database, scope, budget("-9", None))
    assert (await facts(database, scope, [], (7, "setDiscount|overall"))).used == {(7, "setDiscount|overall"): 0}


async def test_a_refused_save_leaves_nothing_behind(database: Database, scope: Scope) -> None:
    coupon = await add_coupon(database, scope, "CODE")
    with pytest.raises(Conflict):
        await store(
            database,
            scope,
            saving(scope, 1, "ann"),
            RecordEvent("talon_session_closed", ()),
            UpdateProfile("ann", {"a": "b"}, 1, Decimal(10), NOW),
            UseCoupon(coupon, "ann", 1),
            budget("1", "0"),
        )
    left = await opened(database, scope, profile_id="ann")
    assert (left.stored, left.profile, left.started_sessions) == (None, None, 0)
    assert (await facts(database, scope, ["CODE"])).coupons["CODE"].usage_counter == 0


async def test_updates_of_a_profile_create_it_merge_and_move_its_counters(database: Database, scope: Scope) -> None:
    first = UpdateProfile("ann", {"a": Decimal("1.50"), "b": "x", "c": None}, active_at=NOW)
    saved = await store(database, scope, first, UpdateProfile("ann", {}, 1, Decimal("9.99")))
    found = await profile(database, scope)
    assert found == Profile(
        saved.profile_id, "ann", NOW, {"a": Decimal("1.50"), "b": "x"}, 1, Decimal("9.99"), NOW, sandbox=False
    )
    again = await store(database, scope, UpdateProfile("ann", {"b": None}, 1, Decimal("0.01"), LATER), now=LATER)
    found = await profile(database, scope)
    assert again.profile_id == saved.profile_id
    assert found.attributes == {"a": Decimal("1.50")}
    assert (found.closed_sessions, found.total_sales, found.last_activity) == (2, Decimal(10), LATER)
    assert found.created == NOW


async def test_counters_of_a_profile_never_go_below_zero_and_activity_never_back(
    database: Database, scope: Scope
) -> None:
    await store(database, scope, UpdateProfile("ann", active_at=LATER))
    await store(database, scope, UpdateProfile("ann", {}, -1, Decimal(-5), NOW))
    found = await profile(database, scope)
    assert (found.closed_sessions, found.total_sales, found.last_activity) == (0, ZERO, LATER)


async def test_a_profile_counts_the_sessions_that_became_its_own(database: Database, scope: Scope) -> None:
    async def started(profile_id: str) -> int:
        return (await opened(database, scope, profile_id=profile_id)).started_sessions

    await store(database, scope, saving(scope, 1, "ann"))
    await store(database, scope, saving(scope, 2, "ann"))
    assert await started("ann") == 1
    await store(database, scope, saving(scope, 3, "bob"))
    assert (await started("ann"), await started("bob")) == (1, 1)
    await store(database, scope, saving(scope, 4))
    assert await started("bob") == 1


async def test_nothing_to_store_is_nothing_to_do(database: Database, scope: Scope) -> None:
    assert await store(database, scope) == Saved()
