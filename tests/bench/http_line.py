"""A shop's main request end to end: PUT of a ten-line cart with a coupon, against a running server and the bare
database.

The server runs with one and with two worker processes. The bare rows do the same reads and writes without HTTP, JSON
and rules: once from Python through our own storage band, and once with pgbench, which costs the machine next to
nothing beside the database itself. All in one run, on one database, under one load.
"""

import json
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import bare, workload
from tests.bench.load import Load, Request, put, run_load
from tests.bench.table import Row
from tests.support.program import Program, ask, running, short_folder

Manage = Callable[[str, dict[str, Any]], Any]
"""What staff post, and what comes of it."""

REQUESTS = 6_000
WARM_UP_REQUESTS = 500
CONNECTIONS = 16
CODE = "BENCH10"


@dataclass(frozen=True)
class Shop:
    """What a request needs to know of the demo's shop."""

    name: str
    account_id: int
    application_id: int
    integration_key: str


def rows() -> list[Row]:
    """The rows, the last of them with the ratios that count."""
    with short_folder() as folder:
        data = folder / "data"
        busy, plain = _furnish(data)
        served = [serve(data, plain, 1), serve(data, plain, 2), serve(data, busy, 2)]
        captured = bare.capture(data, plain.account_id, plain.application_id, workload.cart(10), CODE)
        python = bare.from_python(data, captured, REQUESTS, CONNECTIONS)
        pgbench = bare.from_pgbench(data, captured, REQUESTS, CONNECTIONS)
    best = max(row.per_second for row in served)
    notes = [
        f"{best / python.per_second:.0%} of the bare database from Python",
        f"{best / pgbench.per_second:.0%} of pgbench",
    ]
    return [*served, python, pgbench, Row("ratio of the best HTTP row", 0, 0, best, ", ".join(notes))]


def _furnish(data: Path) -> tuple[Shop, Shop]:
    """Two shops with a campaign whose coupon every request carries: the demo's, and one that has nothing else."""
    with running("demo", "--json", "--port", "0", "--data", str(data)) as program:
        line = json.loads(program.says(r"\{.*\}"))

        manage = manager(line)
        demo = Shop("the demo's campaigns", line["accountId"], line["applicationId"], line["integrationKey"])
        plain = open_shop(manage, "one campaign", line["accountId"])
        for shop in (demo, plain):
            add_campaign(manage, f"/v1/applications/{shop.application_id}/campaigns")
    return demo, plain


def manager(line: dict[str, Any]) -> Manage:
    """Staff of the demo that said this line when it started."""

    def manage(path: str, body: dict[str, Any]) -> Any:
        reply = ask(line["url"], path, method="POST", body=body, key=f"ManagementKey-v1 {line['managementKey']}")
        assert reply.status in (200, 201), reply.text
        return reply.json

    return manage


def open_shop(manage: Manage, name: str, account_id: int) -> Shop:
    """A new Application with a key."""
    application = manage("/v1/applications", {"name": name, "timezone": "UTC", "currency": "EUR"})["id"]
    key = {"title": "bench", "expires": "2999-01-01T00:00:00Z"}
    return Shop(name, account_id, application, manage(f"/v1/applications/{application}/apikeys", key)["key"])


def add_campaign(manage: Manage, path: str) -> int:
    """A campaign with a coupon that is good for everybody and always; its id."""
    campaign = manage(path, {"name": "bench", "state": "enabled", "tags": [], "features": ["coupons"], "limits": []})
    rule = {
        "title": "ten off",
        "condition": ["and", ["couponValid"], [">", [".", "Session", "Total"], 50]],
        "effects": [["setDiscount", "ten off", ["*", [".", "Session", "Total"], ["/", 10, 100]]]],
    }
    manage(f"{path}/{campaign['id']}/rulesets", {"rules": [rule], "bindings": [], "activate": True})
    coupons = {"usageLimit": 0, "numberOfCoupons": 1, "couponPattern": CODE}
    manage(f"{path}/{campaign['id']}/coupons?silent=no", coupons)
    campaign_id: int = campaign["id"]
    return campaign_id


def serve(data: Path, shop: Shop, workers: int, code_of: Callable[[int], str] = lambda _: CODE) -> Row:
    """The row of a server with so many workers; `code_of` gives each request its code."""
    with _server(data, workers) as program:
        port = int(program.url().rsplit(":", 1)[1])
        _load(port, shop, f"warm-{workers}", WARM_UP_REQUESTS, code_of)
        load = _load(port, shop, f"w{workers}", REQUESTS, code_of)
    name = f"HTTP PUT, {workers} worker{'s' if workers > 1 else ''}, {shop.name}"
    return row(name, load, f"{CONNECTIONS} connections")


@contextmanager
def _server(data: Path, workers: int) -> Iterator[Program]:
    with running("serve", "--port", "0", "--workers", str(workers), "--data", str(data)) as program:
        yield program


def _load(port: int, shop: Shop, prefix: str, count: int, code_of: Callable[[int], str]) -> Load:
    cart = workload.cart(10)
    headers = {"Authorization": f"ApiKey-v1 {shop.integration_key}"}

    def request(number: int) -> Request:
        session = {"cartItems": cart, "couponCodes": [code_of(number)], "state": "open"}
        body = json.dumps({"customerSession": session, "responseContent": ["customerSession"]}).encode()
        return put("127.0.0.1", f"/v2/customer_sessions/{prefix}-{number}", headers, body)

    return run_load(port, request, count, CONNECTIONS)


def row(name: str, load: Load, note: str) -> Row:
    """The row of one load."""
    times = load.times_ms
    return Row(name, statistics.median(times), statistics.quantiles(times, n=100)[98], len(times) / load.seconds, note)
