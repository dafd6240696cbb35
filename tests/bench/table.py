"""The table a bench run prints and keeps: one row per case, all of one run on one machine."""

import os
import platform
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One case: milliseconds per operation (median and 99th percentile), operations per second, and what to know of
    it."""

    name: str
    median_ms: float
    p99_ms: float
    per_second: float
    note: str = ""


def as_markdown(rows: list[Row]) -> str:
    """The table, with the machine it was made on."""
    head = [
        f"Python {platform.python_version()} ({sys.base_prefix}), {os.cpu_count()} cores, {platform.system()}.",
        "Compare within this table only: times depend on the machine and the hour.",
        "",
        "| case | median ms | p99 ms | per second | note |",
        "|---|---:|---:|---:|---|",
    ]
    body = [
        f"| {row.name} | {row.median_ms:.3f} | {row.p99_ms:.3f} | {row.per_second:,.0f} | {row.note} |" for row in rows
    ]
    return "\n".join([*head, *body]) + "\n"
