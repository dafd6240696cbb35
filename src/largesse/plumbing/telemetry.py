"""Counting requests and writing one line about each: done by dispatch, once, for every operation.

Metrics are prometheus-client's. One process keeps them in memory. Several workers share them through files: the
parent calls `share_metrics` before it starts them, the library then maps every counter into a file of the folder, and
whichever worker is asked adds the files up. The library decides this once, when it is first imported, so each worker
must be a fresh process that finds the variable already set.
"""

import os
import sys
import tempfile
from collections.abc import Callable, MutableMapping
from datetime import datetime

import msgspec
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED_METRICS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"

# From a cached read to a request that waited for its turn three times; the tail beyond 10 s is one bucket.
BUCKETS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

LineWriter = Callable[[bytes], object]


class RequestLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What is worth keeping of one request. It holds no key, no body and no query: the log may be read by many.

    `path` is the template, not the path as sent; `attempts` says how often the operation ran when it was not once;
    `error` is the trace of a bug.
    """

    time: datetime
    request_id: str
    method: str
    path: str
    operation_id: str
    status: int
    ms: float
    account_id: int | None = None
    application_id: int | None = None
    attempts: int = 1
    error: str | None = None


def write_to_stderr(line: bytes) -> None:
    """One write per line, so that lines of several workers do not mix; a closed pipe is not the shopper's problem."""
    try:
        os.write(sys.stderr.fileno(), line)
    except OSError:
        return


def write_nowhere(line: bytes) -> None:
    """For an operator who wants no lines."""


def share_metrics(environment: MutableMapping[str, str]) -> str:
    """Lets processes started later with `environment` count together; returns the folder, to be removed at the end."""
    folder = tempfile.mkdtemp(prefix="largesse-metrics-")
    environment[SHARED_METRICS_VARIABLE] = folder
    return folder


class Telemetry:
    """The counters of one process and where its lines go."""

    def __init__(self, write_line: LineWriter = write_to_stderr) -> None:
        self._write_line = write_line
        self._encoder = msgspec.json.Encoder()
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "largesse_http_requests", "Requests answered", ["operation", "status"], registry=self._registry
        )
        self._conflicts = Counter(
            "largesse_http_conflicts", "Runs rolled back as the facts changed", ["operation"], registry=self._registry
        )
        self._seconds = Histogram(
            "largesse_http_request_seconds",
            "Seconds from the first byte to the answer",
            ["operation"],
            buckets=BUCKETS_SECONDS,
            registry=self._registry,
        )
        # The library finds a labelled child by hashing and locking; remembering them halves the price of a sample.
        self._by_answer: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def record(self, line: RequestLine) -> None:
        """Counts one answered request and writes its line."""
        counter, seconds = self._samples(line.operation_id, line.status)
        counter.inc()
        seconds.observe(line.ms / 1000)
        if line.attempts > 1:
            self._conflicts.labels(line.operation_id).inc(line.attempts - 1)
        self._write_line(self._encoder.encode(line) + b"\n")

    def exposition(self) -> bytes:
        """All samples in the text format a Prometheus server reads; those of all workers where they share them."""
        if SHARED_METRICS_VARIABLE not in os.environ:
            return generate_latest(self._registry)
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
        return generate_latest(everyone)

    def _samples(self, operation_id: str, status: int) -> tuple[Counter, Histogram]:
        known = self._by_answer.get((operation_id, status))
        if known is None:
            known = (self._requests.labels(operation_id, str(status)), self._seconds.labels(operation_id))
            self._by_answer[operation_id, status] = known
        return known
