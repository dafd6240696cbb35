"""Whatever happens to several sessions of one shop, in whatever order: every counter is the sum of its causes.

The causes are the sessions that are closed or partially returned, with the effects that still hold.
"""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import UNSET, structs

from largesse.engine.budgets import CountBudget
from largesse.engine.codes.coupons import UseCoupon
from largesse.engine.facts import StoredSession
from largesse.engine.loyalty.changes import AddPoints
from largesse.engine.loyalty.ledgers import LedgerKey
from largesse.engine.money import ZERO
from largesse.engine.shopping.sessions import Session
from tests.engine.test_undoing import POLICIES, UPDATES, net, points_in, shop_with
from tests.support.memory_shop import MemoryShop

SESSIONS = st.sampled_from(["a", "b", "c", "d", "e", "f"])
PICKS = st.integers(0, 5)
CODES = st.sampled_from(["GIFT", "PLAIN"])


class Histories(RuleBasedStateMachine):
    """One shop, six sessions, staff who change coupons and campaigns, and a clock that goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.shop: MemoryShop = shop_with(flattened=True, cascading=False)
        self.now = datetime(2026, 3, 1, 22, tzinfo=UTC)

    @initialize(flattened=st.booleans(), policy=POLICIES, points=st.sampled_from([300, 9000]))
    def open_shop(self, flattened: bool, policy: str, points: int) -> None:
        """Carts are taken apart or not, there are few or many points, and one of the policies says how they come
        back."""
        self.shop = shop_with(flattened=flattened, cascading=False, policy=policy, points=points)

    @rule(session_id=SESSIONS, update=UPDATES, state=st.sampled_from(["open", "open", "closed"]))
    def update(self, session_id: str, update: dict[str, Any], state: str) -> None:
        """A shopper fills the cart, or pays."""
        self.shop.update(session_id, update | {"state": state}, self.now)

    @rule(session_id=SESSIONS)
    def close(self, session_id: str) -> None:
        """A session is paid as it is."""
        self.shop.update(session_id, {"state": "closed"}, self.now)

    @precondition(lambda self: self.causes)
    @rule(pick=PICKS, line=PICKS, quantity=st.none() | st.integers(1, 3), again=st.booleans())
    def return_items(self, pick: int, line: int, quantity: int | None, again: bool) -> None:
        """Something comes back, if it can."""
        session = self.picked(pick)
        item = {"position": line % max(1, len(session.cart_items)), "quantity": quantity}
        self.shop.return_items(session.integration_id, [item], self.now, again=again)

    @precondition(lambda self: self.causes)
    @rule(pick=PICKS, undo=st.sampled_from(["reopen", "cancel"]))
    def undo(self, pick: int, undo: str) -> None:
        """A mistake is mended, or all of it comes back."""
        session_id = self.picked(pick).integration_id
        if undo == "reopen":
            self.shop.reopen(session_id, self.now)
        else:
            self.shop.update(session_id, {"state": "cancelled"}, self.now)

    @rule(code=CODES, usage_limit=st.integers(0, 4), money=st.none() | st.integers(0, 60))
    def change_coupon(self, code: str, usage_limit: int, money: int | None) -> None:
        """Staff change what a coupon allows, even to less than it has given."""
        discount_limit = None if money is None else Decimal(money)
        coupon = self.shop.coupons[code]
        self.shop.coupons[code] = structs.replace(coupon, usage_limit=usage_limit, discount_limit=discount_limit)

    @rule(hours=st.integers(1, 100))
    def wait(self, hours: int) -> None:
        """Time passes, and with it days and months of budgets."""
        self.now += timedelta(hours=hours)

    def picked(self, pick: int) -> Session:
        """One of the sessions that count."""
        return self.causes[pick % len(self.causes)].session

    @property
    def causes(self) -> list[StoredSession]:
        """The sessions that count."""
        states = ("closed", "partially_returned")
        return [stored for stored in self.shop.sessions.values() if stored.session.state in states]

    @invariant()
    def budgets_are_the_sum_of_what_effects_used(self) -> None:
        """No session is counted twice, and none forgotten, and what stays of an opened one counts."""
        counted: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
        uses = [use for stored in self.causes for record in stored.effects for use in record.used]
        for stored in self.shop.sessions.values():
            if stored.session.state != "cancelled":
                uses += [use for part in stored.session.points_in_place for use in part.used]
        for use in uses:
            if isinstance(use, CountBudget):
                counted[use.campaign_id, use.key] += use.amount
        assert {key: used for key, used in self.shop.used.items() if used} == counted

    @invariant()
    def coupons_are_used_as_often_as_sessions_hold_them(self) -> None:
        """Uses by acceptance, money by what was taken from it."""
        uses: Counter[int] = Counter()
        money: dict[int, Decimal] = defaultdict(Decimal)
        for record in (record for stored in self.causes for record in stored.effects):
            if record.effect_type == "acceptCoupon" and record.triggered_by_coupon is not UNSET:
                uses[record.triggered_by_coupon] += 1
            for use in record.used:
                if isinstance(use, UseCoupon):
                    money[use.coupon_id] += use.discount
        for coupon in self.shop.coupons.values():
            assert (coupon.usage_counter, coupon.discount_counter) == (uses[coupon.id], money[coupon.id])

    @invariant()
    def profiles_have_bought_what_their_sessions_come_to(self) -> None:
        """Closed sessions, and their totals without what came back."""
        closed: Counter[str] = Counter()
        sales: dict[str, Decimal] = defaultdict(Decimal)
        for session in (stored.session for stored in self.causes):
            closed[session.profile_id] += 1
            sales[session.profile_id] += session.totals.total
        for name, profile in self.shop.profiles.items():
            assert (profile.closed_sessions, profile.total_sales) == (closed[name], sales[name])

    @invariant()
    def ledgers_are_the_sum_of_their_log(self) -> None:
        """What was added less what was taken; of nothing is there less than nothing."""
        logged: dict[LedgerKey, Decimal] = defaultdict(Decimal)
        for entry in self.shop.points.log:
            is_addition = isinstance(entry, AddPoints) or entry.transaction_type == "addition"
            logged[entry.key] += entry.amount if is_addition else -entry.amount
        assert {key: net(ledger) for key, ledger in self.shop.points.ledgers.items()} == logged
        assert all(lot.remaining >= ZERO for ledger in self.shop.points.ledgers.values() for lot in ledger.lots)

    @invariant()
    def points_are_awarded_once(self) -> None:
        """What sessions have awarded, less what was taken back, is what they hold."""
        awarded: dict[str, Decimal] = defaultdict(Decimal)
        for entry in self.shop.points.log:
            if isinstance(entry, AddPoints):
                awarded[entry.origin.session_id] += entry.amount
            elif entry.transaction_type == "subtraction" and entry.name != "spent":
                awarded[entry.origin.session_id] -= entry.amount
        for session_id, stored in self.shop.sessions.items():
            counting = () if stored.session.state == "open" else stored.effects
            in_place = sum((part.amount for part in stored.session.points_in_place), ZERO)
            assert awarded[session_id] == points_in(counting, "addLoyaltyPoints") + in_place, session_id


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
