"""The main request among many codes: PUT of ten lines with a coupon, in a shop of a hundred campaigns with a thousand
codes and in one with a million; the engine alone, end to end, and the bare database, in one run.

Each request brings a code of its own, so that what is read is not always the same.
"""

import asyncio
import json
from pathlib import Path

import asyncpg

from largesse.plumbing.database import EmbeddedServer
from tests.bench import bare, engine_alone, workload
from tests.bench.http_line import CONNECTIONS, REQUESTS, Manage, Shop, add_campaign, manager, open_shop, serve
from tests.bench.table import Row
from tests.support.program import running, short_folder

CAMPAIGNS = 100
COUNTS = (1_000, 1_000_000)
# Spreads the codes that are asked for over all there are; prime to every count.
STRIDE = 7_919

COPIES = """
INSERT INTO coupons (account_id, application_id, campaign_id, value, lookup, usage_limit, created)
SELECT $1, $2, $3, 'CODE-' || n, 'CODE-' || n, 0, now() FROM generate_series(0, $4 - 1) AS n
"""


def rows() -> list[Row]:
    """For each count of codes the rows of the same work, without and with all that is around it."""
    with short_folder() as folder:
        data = folder / "data"
        shops = _furnish(data)
        found = [engine_alone.with_a_coupon(CAMPAIGNS)]
        for shop, count in zip(shops, COUNTS, strict=True):
            codes = [f"CODE-{number * STRIDE % count}" for number in range(REQUESTS)]
            served = serve(data, shop, 1, codes.__getitem__)
            line = bare.capture(data, shop.account_id, shop.application_id, workload.cart(10), codes[0])
            python = bare.from_python(data, line, REQUESTS, CONNECTIONS, codes)
            pgbench = bare.from_pgbench(data, line, REQUESTS, CONNECTIONS)
            share = Row(
                f"ratio, {shop.name}",
                0,
                0,
                served.per_second,
                f"{served.per_second / python.per_second:.0%} of the bare database from Python, "
                f"{served.per_second / pgbench.per_second:.0%} of pgbench",
            )
            found += [served, _named(python, shop), _named(pgbench, shop), share]
    return found


def _named(row: Row, shop: Shop) -> Row:
    return Row(f"{row.name}, {shop.name}", row.median_ms, row.p99_ms, row.per_second, row.note)


def _furnish(data: Path) -> list[Shop]:
    """A shop for each count of codes."""
    shops: list[Shop] = []
    with running("demo", "--json", "--port", "0", "--data", str(data)) as program:
        line = json.loads(program.says(r"\{.*\}"))
        manage = manager(line)
        for count in COUNTS:
            shop = open_shop(manage, f"{CAMPAIGNS} campaigns, {count:,} codes", line["accountId"])
            path = f"/v1/applications/{shop.application_id}/campaigns"
            campaign_id = add_campaign(manage, path)
            for number in range(1, CAMPAIGNS):
                _add_other(manage, path, workload.campaign(number))
            asyncio.run(_make_codes(EmbeddedServer.running_url(data) or "", shop, campaign_id, count))
            shops.append(shop)
    return shops


def _add_other(manage: Manage, path: str, campaign: workload.Plain) -> None:
    sent = {"name": campaign["name"], "state": "enabled", "tags": [], "features": [], "limits": []}
    created = manage(path, sent)
    manage(f"{path}/{created['id']}/rulesets", campaign["ruleset"] | {"activate": True})


async def _make_codes(url: str, shop: Shop, campaign_id: int, count: int) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(COPIES, shop.account_id, shop.application_id, campaign_id, count)
    await connection.execute("ANALYZE coupons")
    await connection.close()
