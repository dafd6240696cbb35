"""A shop's main request end to end: PUT of a ten-line cart with a coupon, against a running server and the bare
database.

The server runs with one and with two worker processes. The bare rows do the same reads and writes without HTTP, JSON
and rules: once from Python through our own storage band, and once with pgbench, which costs the machine next to
nothing beside the database itself. All in one run, on one database, under one load.
"""

import json
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import bare, workload
from tests.bench.load import Load, Request, put, run_load
from tests.bench.table import Row
from tests.support.program import Program, ask, running, short_folder

REQUESTS = 6_000
WARM_UP_REQUESTS = 500
CONNECTIONS = 16
CODE = "BENCH10"


@dataclass(frozen=True)
class Shop:
    """What a request needs to know of the demo's shop."""

    account_id: int
    application_id: int
    integration_key: str
    management_key: str


def rows() -> list[Row]:
    """The rows, the last of them with the ratios that count."""
    with short_folder() as folder:
        data = folder / "data"
        shop = _furnish(data)
        served = [_serve(data, shop, workers) for workers in (1, 2)]
        captured = bare.capture(data, shop.account_id, shop.application_id, workload.cart(10), CODE)
        python = bare.from_python(data, captured, REQUESTS, CONNECTIONS)
        pgbench = bare.from_pgbench(data, captured, REQUESTS, CONNECTIONS)
    best = max(row.per_second for row in served)
    notes = [
        f"{best / python.per_second:.0%} of the bare database from Python",
        f"{best / pgbench.per_second:.0%} of pgbench",
    ]
    return [*served, python, pgbench, Row("ratio of the best HTTP row", 0, 0, best, ", ".join(notes))]


def _furnish(data: Path) -> Shop:
    """The demo's shop, with one more campaign whose coupon every request carries."""
    with running("demo", "--json", "--port", "0", "--data", str(data)) as program:
        line = json.loads(program.says(r"\{.*\}"))
        shop = Shop(line["accountId"], line["applicationId"], line["integrationKey"], line["managementKey"])
        key = f"ManagementKey-v1 {shop.management_key}"
        path = f"/v1/applications/{shop.application_id}/campaigns"
        body = {"name": "bench", "state": "enabled", "tags": [], "features": ["coupons"], "limits": []}
        campaign = ask(line["url"], path, method="POST", body=body, key=key).json["id"]
        rule = {
            "title": "ten off",
            "condition": ["and", ["couponValid"], [">", [".", "Session", "Total"], 50]],
            "effects": [["setDiscount", "ten off", ["*", [".", "Session", "Total"], ["/", 10, 100]]]],
        }
        ruleset = {"rules": [rule], "bindings": [], "activate": True}
        assert ask(line["url"], f"{path}/{campaign}/rulesets", method="POST", body=ruleset, key=key).status == 201
        coupons = {"usageLimit": 0, "numberOfCoupons": 1, "couponPattern": CODE}
        made = ask(line["url"], f"{path}/{campaign}/coupons?silent=no", method="POST", body=coupons, key=key)
        assert made.status == 200, made.text
    return shop


def _serve(data: Path, shop: Shop, workers: int) -> Row:
    with _server(data, workers) as program:
        port = int(program.url().rsplit(":", 1)[1])
        _load(port, shop, f"warm-{workers}", WARM_UP_REQUESTS)
        load = _load(port, shop, f"w{workers}", REQUESTS)
    return row(f"HTTP PUT, {workers} worker{'s' if workers > 1 else ''}", load, f"{CONNECTIONS} connections")


@contextmanager
def _server(data: Path, workers: int) -> Iterator[Program]:
    with running("serve", "--port", "0", "--workers", str(workers), "--data", str(data)) as program:
        yield program


def _load(port: int, shop: Shop, prefix: str, count: int) -> Load:
    session = {"cartItems": workload.cart(10), "couponCodes": [CODE], "state": "open"}
    body = json.dumps({"customerSession": session, "responseContent": ["customerSession"]}).encode()
    headers = {"Authorization": f"ApiKey-v1 {shop.integration_key}"}

    def request(number: int) -> Request:
        return put("127.0.0.1", f"/v2/customer_sessions/{prefix}-{number}", headers, body)

    return run_load(port, request, count, CONNECTIONS)


def row(name: str, load: Load, note: str) -> Row:
    """The row of one load."""
    times = load.times_ms
    return Row(name, statistics.median(times), statistics.quantiles(times, n=100)[98], len(times) / load.seconds, note)
