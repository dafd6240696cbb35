"""The process for jobs, killed in the midst of creating and deleting coupons: the server starts another one, and in the
end there are exactly as many coupons as were asked for, each once."""

import asyncio
import csv
import os
import signal
from collections.abc import Callable
from functools import partial
from io import StringIO
from typing import Any

import httpx
import pytest

from tests.support.api import Shop
from tests.support.program import PATIENCE_SECONDS, POLL_SECONDS, all_gone, eventually, job_worker_of
from tests.support.server import Server, real_shop, serving

pytestmark = pytest.mark.anyio

COUPONS = 100_000
KILLS = 2

Told = dict[str, Any]


def is_over(told: Told) -> bool:
    """Whether a job is done or given up."""
    return bool(told["status"] != "pending")


def has_come_further(amount: str, seen: int, told: Told) -> bool:
    """Whether a job has done more than was seen before, or is over."""
    return bool(told[amount] > seen) or is_over(told)


async def until(shop: Shop, path: str, holds: Callable[[Told], bool]) -> Told:
    """What a job says of itself as soon as this holds."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            answer = await shop.manage("GET", path)
            assert answer.status_code == 200, answer.text
            told: Told = answer.json()
            if holds(told):
                return told
            await asyncio.sleep(POLL_SECONDS)


async def kill_at_work(server: Server, shop: Shop, path: str, amount: str) -> Told:
    """Kills the process for jobs whenever the job has come further, a few times; what the finished job says."""
    seen = 0
    for _ in range(KILLS):
        told = await until(shop, path, partial(has_come_further, amount, seen))
        assert told["status"] == "pending", f"done before it could be killed: {told}"
        seen = told[amount]
        victim = eventually(lambda: job_worker_of(server.program), "the process for jobs")
        os.kill(victim, signal.SIGKILL)
        eventually(partial(all_gone, [victim]), "its end")
    return await until(shop, path, is_over)


async def codes(shop: Shop) -> list[str]:
    """All codes there are."""
    answer = await shop.manage("GET", f"{shop.path}/export_coupons", query={"valuesOnly": "true"})
    return [row["value"] for row in csv.DictReader(StringIO(answer.text))]


async def test_a_process_killed_at_work_loses_and_repeats_nothing(fresh_database_url: str) -> None:
    with serving(fresh_database_url) as server:
        async with real_shop(server.url, server.database_url) as shop:
            campaign = f"{shop.path}/campaigns/{(await shop.campaign())['id']}"
            wanted = {"usageLimit": 1, "attributes": {}, "numberOfCoupons": COUPONS}
            batch_id = (await shop.create(f"{campaign}/coupons_async", wanted))["batchId"]
            created = await kill_at_work(server, shop, f"{campaign}/coupons_async/{batch_id}", "createdAmount")
            assert (created["status"], created["createdAmount"], created["failCount"]) == ("completed", COUPONS, 0)
            stored = await codes(shop)
            assert (len(stored), len(set(stored))) == (COUPONS, COUPONS)
            listed = await shop.manage("GET", f"{campaign}/coupons/no_total?batchId={batch_id}&skip={COUPONS - 1}")
            assert (len(listed.json()["data"]), listed.json()["hasMore"]) == (1, False)
            answer = await shop.manage("POST", f"{campaign}/coupons_deletion_jobs", {"filters": {"batchId": batch_id}})
            path = f"{campaign}/coupons_deletion_jobs/{answer.json()['id']}"
            deleted = await kill_at_work(server, shop, path, "deletedAmount")
            assert (deleted["status"], deleted["deletedAmount"], deleted["failCount"]) == ("completed", COUPONS, 0)
            assert await codes(shop) == []


async def test_a_job_outlives_its_server(fresh_database_url: str) -> None:
    with serving(fresh_database_url) as server:
        async with real_shop(server.url, server.database_url) as shop:
            campaign = f"{shop.path}/campaigns/{(await shop.campaign())['id']}"
            wanted = {"usageLimit": 1, "attributes": {}, "numberOfCoupons": COUPONS}
            batch_id = (await shop.create(f"{campaign}/coupons_async", wanted))["batchId"]
            path = f"{campaign}/coupons_async/{batch_id}"
            await until(shop, path, lambda told: told["createdAmount"] > 0)
        server.program.send_signal(signal.SIGKILL)
        server.program.wait()
    with serving(fresh_database_url) as server:
        async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE_SECONDS) as client:
            again = Shop(client, shop.staff, shop.application_id, shop.key)
            told = await until(again, path, is_over)
            assert (told["status"], told["createdAmount"]) == ("completed", COUPONS)
            stored = await codes(again)
            assert (len(stored), len(set(stored))) == (COUPONS, COUPONS)
