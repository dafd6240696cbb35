"""Every rule that reads the tree file by file. A new one is written beside its like and gets its line here."""

from tests.tidy import names, prose, purity, queries, shapes, sizes, slices, testing
from tests.tidy.rule import Rule

RULES: tuple[Rule, ...] = (
    sizes.MODULES,
    sizes.FUNCTIONS,
    names.WORDS,
    names.UNITS,
    names.JOBS,
    prose.MODULE_DOCSTRINGS,
    prose.PUBLIC_DOCSTRINGS,
    prose.NO_LEFTOVERS,
    prose.NO_REGISTRIES,
    prose.LIMITS_SAY_WHY,
    purity.DETERMINISM,
    purity.ENVIRONMENT_ONCE,
    purity.DRIVER,
    purity.SQL,
    purity.COMMITS,
    shapes.EXACT,
    shapes.NO_ANY,
    shapes.FROZEN,
    shapes.NO_TOWERS,
    shapes.NO_REGISTRATION,
    shapes.QUIET,
    slices.APART,
    queries.TENANT,
    testing.NO_MOCKS,
    testing.NO_SKIPS,
    testing.NO_STOPWATCHES,
    testing.CLAIMS,
)
