"""The law of undoing on a real database: histories as the brain alone decides them, and no counter left behind.

tests/engine/test_undoing.py tries many more of them in memory.
"""

import json
from decimal import Decimal
from random import Random
from typing import Any

import httpx
import pytest

from largesse.engine.evaluation.outcome import Outcome
from largesse.plumbing.database import Database, Query
from tests.engine.test_undoing import net, shop_plan
from tests.support.api import Shop
from tests.support.memory_shop import MemoryShop
from tests.support.shop_plans import build, send

pytestmark = pytest.mark.anyio

COUNTERS = {
    name: Query(name, f"SELECT {columns} FROM {name} WHERE account_id = $1 ORDER BY 1, 2, 3")
    for name, columns in {
        "budget_counters": "campaign_id, key, counter",
        "coupons": "value, usage_counter, discount_counter",
        "coupon_redemptions": "coupon_id, profile_integration_id, count",
        "profiles": "integration_id, closed_sessions, total_sales",
    }.items()
}
COUNTERS["points"] = Query(
    "points",
    "SELECT p.program_id, p.owner, sum(p.remaining) - coalesce(max(l.owed), 0) FROM loyalty_points p"
    " LEFT JOIN loyalty_ledgers l USING (account_id, program_id, owner, subledger)"
    " WHERE p.account_id = $1 GROUP BY 1, 2 ORDER BY 1, 2",
)
SKUS = ("shoe", "hat", "sock")


async def counters(database: Database, shop: Shop) -> dict[str, list[tuple[object, ...]]]:
    """Everything that counts, without what counts nothing."""
    found = {}
    async with database.transaction() as db:
        for name, query in COUNTERS.items():
            rows = [tuple(row.values()) for row in await db.rows(query, shop.staff.account_id)]
            found[name] = [row for row in rows if any(count for count in row[2:])]
    return found


def a_cart(dice: Random) -> dict[str, Any]:
    lines = [
        {"sku": dice.choice(SKUS), "price": Decimal(dice.randint(1, 9999)) / 100, "quantity": dice.randint(1, 4)}
        for _ in range(dice.randint(1, 4))
    ]
    codes = dice.sample(["GIFT", "PLAIN", "NOPE"], dice.randint(0, 3))
    return {"cartItems": lines, "couponCodes": codes, "profileId": dice.choice(["", "ann"]), "identifiers": ["x"]}


def some_items(dice: Random) -> list[dict[str, Any]]:
    item: dict[str, Any] = {"sku": dice.choice(SKUS)} if dice.random() < 0.5 else {"position": dice.randint(0, 3)}
    return [item | {"quantity": dice.randint(1, 3)} if dice.random() < 0.5 else item]


async def sent(shop: Shop, method: str, path: str, body: Any) -> Any:
    """The effects of a request, or that it was refused."""
    where = f"/v2/customer_sessions/s{path}"
    answer: httpx.Response = await send(shop, method, where, body, authorization=f"ApiKey-v1 {shop.key}")
    if answer.status_code == 400:
        return "refused"
    effects = json.loads(answer.text, parse_float=Decimal)["effects"]
    return [(effect["effectType"], effect["props"].get("value")) for effect in effects]


def decided(answer: Any) -> Any:
    """The same of the brain's own answer."""
    if not isinstance(answer, Outcome):
        return "refused"
    return [(effect.effect_type, getattr(effect.props, "value", None)) for effect in answer.effects]


@pytest.mark.parametrize("seed", range(6))
async def test_a_history_undone_leaves_nothing(client: httpx.AsyncClient, database: Database, seed: int) -> None:
    dice = Random(seed)
    plan = shop_plan(flattened=seed % 2 == 0, cascading=seed % 3 == 0)
    shop, model = await build(client, database, plan), MemoryShop(plan)
    before = await counters(database, shop)
    for _ in range(3):
        cart = a_cart(dice) | {"state": "closed"}
        assert await sent(shop, "PUT", "", {"customerSession": cart}) == decided(model.update("s", cart))
        if dice.random() < 0.4:
            assert await sent(shop, "PUT", "/reopen", {}) == decided(model.reopen("s"))
            assert await counters(database, shop) == before
        else:
            break
    for _ in range(4):
        items, again = some_items(dice), dice.random() < 0.5
        body = {"return": {"returnedCartItems": items}}
        path = f"/returns?runRuleEngine={str(again).lower()}"
        assert await sent(shop, "POST", path, body) == decided(model.return_items("s", items, again=again))
        points = [row[2] for row in (await counters(database, shop))["points"]]
        assert points == [left for ledger in model.points.ledgers.values() if (left := net(ledger))]
    end = {"state": "cancelled"}
    assert await sent(shop, "PUT", "", {"customerSession": end}) == decided(model.update("s", end))
    assert await counters(database, shop) == before
