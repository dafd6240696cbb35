"""Whatever a session holds is read back exactly as it was stored, also by the next program."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from largesse.engine.budgets import CountBudget
from largesse.engine.changes import Consumption, SaveSession
from largesse.engine.codes.coupons import UseCoupon
from largesse.engine.customers.profiles import UpdateProfile
from largesse.engine.formats.documents import decode_consumed, decode_session, encode_consumed, encode_session
from largesse.engine.shopping.additional_costs import AdditionalCost
from largesse.engine.shopping.cart import CartItem, Product
from largesse.engine.shopping.sessions import ExperimentVariantAllocation, Session
from largesse.plumbing.database import Database
from largesse.storage.changes import save
from largesse.storage.scope import Scope
from largesse.storage.shopping.sessions import find_session
from tests.support.rows import add_application

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
AMOUNTS = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=6)
EXACT_AMOUNTS = st.one_of(AMOUNTS, st.sampled_from([Decimal("0.10"), Decimal("1E+3"), Decimal("1E-20"), Decimal(0)]))
NAMES = st.text("abcXYZ_", min_size=1, max_size=8)
TIMES = st.datetimes(timezones=st.just(UTC))
VALUES = st.one_of(
    TEXTS,
    EXACT_AMOUNTS,
    st.booleans(),
    st.lists(TEXTS, max_size=3),
    st.lists(EXACT_AMOUNTS, max_size=3),
    st.fixed_dictionaries({"lat": EXACT_AMOUNTS, "lon": EXACT_AMOUNTS}),
)
ATTRIBUTES = st.dictionaries(NAMES, VALUES, max_size=3)
COSTS = st.dictionaries(NAMES, st.builds(AdditionalCost, EXACT_AMOUNTS), max_size=2)
ITEMS = st.builds(
    CartItem,
    TEXTS,
    st.integers(1, 100),
    EXACT_AMOUNTS,
    name=st.none() | TEXTS,
    product=st.none() | st.builds(Product, TEXTS),
    weight=st.none() | EXACT_AMOUNTS,
    attributes=ATTRIBUTES,
    additional_costs=COSTS,
    returned_quantity=st.integers(0, 3),
)
SESSIONS = st.builds(
    Session,
    st.integers(0, 2**53),
    st.integers(1, 2**53),
    TEXTS,
    TIMES,
    TIMES,
    state=st.sampled_from(["open", "closed", "partially_returned", "cancelled"]),
    profile_id=TEXTS,
    store_integration_id=st.none() | TEXTS,
    cart_items=st.lists(ITEMS, max_size=3).map(tuple),
    coupon_codes=st.lists(TEXTS, max_size=3).map(tuple),
    additional_costs=COSTS,
    identifiers=st.lists(TEXTS, max_size=3).map(tuple),
    attributes=ATTRIBUTES,
    experiment_variant_allocations=st.lists(
        st.builds(ExperimentVariantAllocation, st.integers(), st.integers()), max_size=2
    ).map(tuple),
    first_session=st.booleans(),
    update_count=st.integers(1, 10**6),
)
CONSUMED: st.SearchStrategy[Consumption] = st.one_of(
    st.builds(UseCoupon, st.integers(1, 2**53), TEXTS, st.integers(-5, 5), EXACT_AMOUNTS),
    st.builds(
        CountBudget,
        st.integers(1, 2**53),
        TEXTS,
        st.just("setDiscount"),
        TEXTS,
        EXACT_AMOUNTS,
        st.none() | EXACT_AMOUNTS,
    ),
    st.builds(UpdateProfile, TEXTS, ATTRIBUTES, st.integers(-5, 5), EXACT_AMOUNTS, st.none() | TIMES),
)


@given(SESSIONS)
def test_a_session_reads_back_as_it_was_written(session: Session) -> None:
    assert decode_session(encode_session(session)) == session


@given(st.lists(CONSUMED, max_size=4).map(tuple))
def test_what_was_consumed_reads_back_as_it_was_written(consumed: tuple[Consumption, ...]) -> None:
    assert decode_consumed(encode_consumed(consumed)) == consumed


@pytest.mark.anyio
async def test_a_session_outlives_the_program_that_stored_it(database_url: str, account_id: int) -> None:
    now = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
    item = CartItem("shoe", 2, Decimal("9.90"), attributes={"size": Decimal("42.5")})
    consumed = (UseCoupon(7, "ann", 1, Decimal("0.10")),)
    first = await Database.open(database_url)
    scope = Scope(account_id, await add_application(first, account_id))
    session = Session(0, scope.application_id, "s", now, now, cart_items=(item,), update_count=1)
    async with first.transaction() as db:
        saved = await save(db, scope, [SaveSession(session, 0, (), consumed)], now)
    await first.close()
    second = await Database.open(database_url)
    async with second.transaction() as db:
        found = await find_session(db, scope, "s")
    await second.close()
    assert found is not None
    assert found.session.id == saved.session_id
    assert (found.session.cart_items, found.session.created, found.consumed) == ((item,), now, consumed)
