"""`make bench`: runs the benchmarks and keeps their table in docs/benchmarks.md.

`python -m tests.bench engine` (or `compiling`, `http`, `codes`, `bulk`) runs one part and only prints it.
"""

import sys
from pathlib import Path

from tests.bench import bulk_codes, engine_alone, http_line, many_codes, recompiling
from tests.bench.table import as_markdown

PARTS = {
    "engine": engine_alone.rows,
    "compiling": recompiling.rows,
    "http": http_line.rows,
    "codes": many_codes.rows,
    "bulk": bulk_codes.rows,
}
KEPT_IN = Path(__file__).parents[2] / "docs" / "benchmarks.md"
INTRODUCTION = """# Benchmarks

What `make bench` printed last. Workload W(N, P): N lines of one unit, line i costing 10 + (i mod 17), of category i mod
10; P campaigns, campaign p taking 1 % off each item of category p mod 10 if there is one.

"""


def main(names: list[str]) -> None:
    """Run the named parts, or all of them and keep the result."""
    table = as_markdown([row for name in names or PARTS for row in PARTS[name]()])
    sys.stdout.write(table)
    if not names:
        KEPT_IN.write_text(INTRODUCTION + table)


if __name__ == "__main__":
    main(sys.argv[1:])
