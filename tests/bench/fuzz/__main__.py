"""`make fuzz`: the rule language against a great many generated programs and a great deal of nonsense.

Too slow for each test run. `python -m tests.bench.fuzz 1000 10000 7` says how many programs, how much nonsense and
which seed. Ends with exit code 1 and the culprit when a well-typed program fails on types, or when nonsense does
anything but be refused, fail in the language's own words, or have a value.
"""

import sys
import time

from tests.bench.fuzz.nonsense import nonsense
from tests.bench.fuzz.programs import programs

PROGRAMS, NONSENSE, SEED = 100_000, 1_000_000, 1


def main(programs_count: int = PROGRAMS, nonsense_count: int = NONSENSE, seed: int = SEED) -> None:
    """Run both and print their figures."""
    for name, run, count in (("nonsense", nonsense, nonsense_count), ("programs", programs, programs_count)):
        started = time.perf_counter()
        figures = run(count, seed)
        told = ", ".join(f"{outcome} {number:,}" for outcome, number in sorted(figures.items()))
        sys.stdout.write(f"{name}: {count:,} in {time.perf_counter() - started:.0f} s: {told}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
