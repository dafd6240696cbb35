"""Counting in one process and in several."""

import os
import shutil
import subprocess
import sys

from largesse.plumbing.telemetry import SHARED_METRICS_VARIABLE, share_metrics

WORKER = """
import sys
from datetime import UTC, datetime
from largesse.plumbing.telemetry import RequestLine, Telemetry, write_nowhere
telemetry = Telemetry(write_nowhere)
for _ in range(int(sys.argv[1])):
    telemetry.record(RequestLine(time=datetime.now(UTC), request_id="r", method="GET", path="/", operation_id="op",
                                 status=200, ms=2.0))
print(telemetry.exposition().decode())
"""


def counted_by_worker(requests: int, environment: dict[str, str]) -> str:
    """What a worker process shows after it has answered so many requests."""
    return subprocess.run(
        [sys.executable, "-c", WORKER, str(requests)], env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_workers_that_share_count_together() -> None:
    environment = dict(os.environ)
    folder = share_metrics(environment)
    try:
        assert environment[SHARED_METRICS_VARIABLE] == folder
        counted_by_worker(3, environment)
        shown = counted_by_worker(4, environment)
    finally:
        shutil.rmtree(folder)
    assert 'largesse_http_requests_total{operation="op",status="200"} 7.0' in shown
    assert 'largesse_http_request_seconds_count{operation="op"} 7.0' in shown


def test_a_worker_alone_counts_its_own() -> None:
    environment = {name: value for name, value in os.environ.items() if name != SHARED_METRICS_VARIABLE}
    counted_by_worker(3, environment)
    assert 'operation="op",status="200"} 4.0' in counted_by_worker(4, environment)
