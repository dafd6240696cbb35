"""Names: each says what a thing is, and where a quantity's unit is."""

import ast
import re
from collections.abc import Iterator

from tests.tidy.rule import Finding, Rule, is_product, is_python
from tests.tidy.source import Source
from tests.tidy.syntax import classes

# Words that fit everything and so say nothing.
EMPTY_WORDS = frozenset(
    {
        "base",
        "common",
        "handler",
        "helper",
        "helpers",
        "impl",
        "manager",
        "processor",
        "service",
        "services",
        "util",
        "utils",
    }
)
# "Campaign Manager" is the name of a product, and ours has one.
PRODUCT_NAMES = frozenset({"campaign_manager", "CampaignManager"})

LIMITS_FIRST = re.compile(r"_*(max|min|maximum|minimum|seconds|minutes|hours|milliseconds|ms)_", re.IGNORECASE)
DURATIONS = re.compile(r"(^|_)(timeout|delay|interval|ttl|backoff)$", re.IGNORECASE)


def words_of(name: str) -> list[str]:
    """`CouponHandler` and `coupon_handler` alike -> ["coupon", "handler"]."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def empty_names(source: Source) -> Iterator[Finding]:
    """Folders, modules and classes called by an empty word."""
    called = [(1, part.removesuffix(".py")) for part in source.path.parts]
    called += [(node.lineno, node.name) for node in classes(source.tree)]
    for line, name in called:
        empty = EMPTY_WORDS.intersection(words_of(name)) - {"manager" if name in PRODUCT_NAMES else ""}
        if empty:
            yield Finding(line, f"{name} is called {', '.join(sorted(empty))}")


def named(tree: ast.Module) -> Iterator[tuple[int, str, str | None]]:
    """(line, name, annotation as written) of every parameter, field, variable and constant the module makes."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name, annotation=annotation):
                yield node.lineno, name, ast.unparse(annotation) if annotation else None
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                yield node.lineno, name, ast.unparse(annotation)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield node.lineno, name, ast.unparse(value) if isinstance(value, ast.Call) else None
            case _:
                pass


def units_first(source: Source) -> Iterator[Finding]:
    """Quantities whose unit or limit leads the name, and durations that name no unit."""
    for line, name, annotation in named(source.tree):
        if LIMITS_FIRST.match(name):
            yield Finding(line, f"{name} leads with its unit or limit")
        elif DURATIONS.search(name) and "timedelta" not in (annotation or ""):
            yield Finding(line, f"{name} does not say its unit")


def not_verb_noun(source: Source) -> Iterator[Finding]:
    """Job modules that are not verb_noun."""
    if not re.fullmatch(r"[a-z]+(_[a-z]+)+", source.path.stem):
        yield Finding(1, f"{source.path.stem} is not verb_noun")


def is_wire(source: Source) -> bool:
    """Wire structs take their names from the published contract."""
    return source.path.name == "wire.py" or source.under("src/largesse/api/models")


WORDS = Rule(
    name="no module or class has an empty name",
    instead="call it by the noun it holds or the step it takes; if no word fits, it holds two things",
    covers=is_python,
    find=empty_names,
    refused=(
        ("src/largesse/api/utils.py", ""),
        ("src/largesse/common/money.py", ""),
        ("src/largesse/engine/coupons.py", "class CouponService:\n    pass\n"),
        ("src/largesse/engine/coupons.py", "class BaseCoupon:\n    pass\n"),
        ("tests/support/http_helpers.py", ""),
    ),
    allowed=(
        ("src/largesse/campaign_manager/pages.py", "class Database:\n    pass\n"),
        ("src/largesse/engine/coupons.py", "class Coupon:\n    pass\n"),
    ),
)
UNITS = Rule(
    name="units and limits come last in a name",
    instead="write timeout_seconds, connections_max, body_bytes_max; or type the duration as a timedelta",
    covers=lambda source: is_product(source) and not is_wire(source),
    find=units_first,
    refused=(
        ("src/a.py", "MAX_RETRIES = 3\n"),
        ("src/a.py", "def wait(timeout: int) -> None: ...\n"),
        ("src/a.py", "class A:\n    seconds_timeout: int\n"),
    ),
    allowed=(
        ("src/a.py", "RETRIES_MAX = 3\ndef wait(timeout_seconds: int, delay: timedelta) -> None: ...\n"),
        ("src/largesse/api/coupons/wire.py", "class A:\n    max_value: int\n"),
    ),
)
JOBS = Rule(
    name="a job is called verb_noun",
    instead="say what it does to what: expire_points, deliver_notifications",
    covers=lambda source: is_python(source) and source.under("src/largesse/jobs") and source.path.stem != "__init__",
    find=not_verb_noun,
    refused=(("src/largesse/jobs/notifications.py", ""),),
    allowed=(("src/largesse/jobs/deliver_notifications.py", ""), ("src/largesse/jobs/__init__.py", "")),
)
