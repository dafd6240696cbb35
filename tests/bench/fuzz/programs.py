"""Generated well-typed programs: what the checker accepts never fails on types when it runs."""

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as sown

from largesse.language import Diagnostics, ExpressionError, Json, compile_expression
from tests.support.generated import rules as generated
from tests.support.rules import Shop, world

TYPE_FAILURE = re.compile(r"must be|Found no function")

UNHURRIED = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.large_base_example,
)


def programs(count: int, seed: int) -> Counter[str]:
    """How many had a value, and how many had none for the values' sake; raises with the culprit for anything else."""
    known = world()
    found: Counter[str] = Counter()

    @sown(seed)
    @settings(max_examples=count, database=None, deadline=None, suppress_health_check=UNHURRIED)
    @given(generated.programs(), generated.shops())
    def run(program: Json, frame: Shop) -> None:
        compiled = compile_expression(program, known)
        assert not isinstance(compiled, Diagnostics), str(compiled)
        try:
            compiled.run(frame)
            found["had a value"] += 1
        except ExpressionError as error:
            assert not TYPE_FAILURE.search(error.message), error.message
            found["had none"] += 1

    run()
    return found
