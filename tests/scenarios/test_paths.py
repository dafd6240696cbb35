"""Every path that rules can read: known to the checker with exactly its type, and read on the engine alone and over
HTTP, in one shop that has everything."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from largesse.engine.applications import Application
from largesse.engine.evaluation.environment import rule_environment
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.programs import check_rules
from largesse.engine.formats.documents import encode_effects
from largesse.engine.formats.plain_definitions import plain_definitions
from largesse.engine.views.bundle import bundle_record
from largesse.language import ANY, ListType, MapType, RecordType, Type
from largesse.plumbing.database import Database
from tests.support.api import open_door
from tests.support.effect_props import check_props
from tests.support.memory_shop import MemoryShop
from tests.support.shop_plans import build, send
from tests.support.story_parts.everything import CAMPAIGN, EVENT, MISSING, NUMBER, PATHS, PLAN, SESSION, TEXT, TIME

pytestmark = pytest.mark.anyio

DEFINITIONS = plain_definitions(PLAN, 1)
BINDINGS = CAMPAIGN["ruleset"]["bindings"]
ROOTS = rule_environment(DEFINITIONS, cascading=False).roots
CONNECTED = "AdvancedEventConnectedSession"

# What a value of each type fits, and no value of another.
FITS: dict[str, Callable[[Any], Any]] = {
    "Decimal": lambda read: ["floor", read],
    "String": lambda read: ["concat", read, "x"],
    "Boolean": lambda read: ["not", read],
    "Time": lambda read: ["year", read],
    "List": lambda read: ["count", read],
}


def reading(path: str, use: Callable[[Any], Any] = lambda read: read) -> Any:
    """An expression that reads a path and uses what is read: of an item or a bundle, or of a list before `[]`, that of
    the first one."""
    root, *names = path.split(".")
    if "[]" in path:
        listed, rest = path.split("[].")
        return first([".", *listed.split(".")], "Each", use([".", "Each", *rest.split(".")]))
    if root in ("Item", "CartItem"):
        return first([".", "Session", "CartItems"], "Item", use([".", root, *names]))
    if root == "Bundle":
        return first([".", "Pair"], "Bundle", use([".", root, *names]))
    return use([".", root, *names])


def first(items: Any, name: str, expression: Any) -> Any:
    """What an expression is for the first of some items."""
    return ["item", ["map", items, [[name], expression]], 0]


def refused(expression: Any) -> list[str]:
    """What the checker says to a rule that computes something."""
    rule = {"title": "read", "condition": ["and"], "effects": [["customEffect", 9, "x", ["kv", ["value", expression]]]]}
    return [str(each) for each in check_rules([rule], BINDINGS, DEFINITIONS, Application(1, 1, "Hats"), 1) or ()]


def test_the_checker_knows_every_path_and_its_type() -> None:
    for path, kind, _ in PATHS:
        assert refused(reading(path)) == []
        for name, use in FITS.items():
            found = refused(reading(path, use))
            # A text may stand for a time.
            fits = kind in (name, "Any") or (kind, name) == ("String", "Time")
            assert (not found) == fits, f"{path} as {name}: {found}"
        # Discounts and properties of the account have any name.
        assert path.startswith(("Session.Discounts", "Account")) or refused(reading(f"{path}Never")), path


def test_no_path_is_left_out() -> None:
    """The table has every field of every record, and every root."""
    records = [(root.name, root.type) for root in ROOTS.values() if root.name != CONNECTED]
    records += [("Bundle", bundle_record(ANY))]
    listed = {path.lower() for path, _, _ in PATHS}
    for path in (each for name, type_ in records for each in paths_of(name, type_)):
        # Of what may have any name, one is enough.
        wanted = path.lower()
        assert wanted in listed or (path.endswith(".") and any(each.startswith(wanted) for each in listed)), path


def paths_of(path: str, type_: Type) -> Iterator[str]:
    """The paths below one; one that ends in a dot has names of the account's own below it."""
    match type_:
        case RecordType("Item", fields) if path == "Session.CartItems[]":
            yield from (each for field in fields.values() for each in paths_of(f"Item.{field.name}", field.type))
        case RecordType(fields=fields):
            for field in fields.values():
                yield from paths_of(f"{path}.{field.name}", field.type)
        case ListType(RecordType() as inner):
            yield path
            if not path.startswith("AdvocateProfile"):
                yield from paths_of(f"{path}[]", inner)
        case MapType():
            yield f"{path}."
        case _:
            yield path


def test_a_session_that_an_event_goes_back_to_has_the_fields_of_any() -> None:
    session, connected = ROOTS["session"].type, ROOTS[CONNECTED.lower()].type
    assert isinstance(session, RecordType) and isinstance(connected, RecordType)
    assert connected.fields.keys() == session.fields.keys()


def plan() -> dict[str, Any]:
    """The shop with a rule for each path that gives its value, of a list the length, in the payload of an effect."""
    rules = [*CAMPAIGN["ruleset"]["rules"]]
    for path, kind, _ in PATHS:
        value = reading(path, FITS["List"] if kind == "List" else lambda read: read)
        effect = ["customEffect", 9, "read", ["kv", ["path", path], ["value", value]]]
        rules.append({"title": path, "condition": ["and"], "effects": [["catch", ["noop"], effect]]})
    return PLAN | {"campaigns": [CAMPAIGN | {"ruleset": {"rules": rules, "bindings": BINDINGS}}]}


def check_values(effects: list[Any]) -> None:
    """Every path has been read, in the first step in which it can be, and its value is that of the table."""
    read: dict[str, Any] = {}
    for payload in (each["props"]["payload"] for each in effects if each["effectType"] == "customEffect"):
        read.setdefault(payload["path"], payload["value"])
    for path, kind, wanted in PATHS:
        value = read.get(path, MISSING)
        if wanted == MISSING:
            assert value == MISSING, path
        elif kind == "Time":
            found = datetime.fromisoformat(value)
            assert found.tzinfo is not None and (wanted == TIME or found == datetime.fromisoformat(wanted)), path
        elif wanted in (NUMBER, TEXT):
            assert isinstance(value, str if wanted == TEXT else (int, Decimal)) and value, f"{path}: {value}"
        else:
            assert value == wanted, f"{path}: {value}"


def test_every_path_is_read_on_the_engine() -> None:
    shop = MemoryShop(plan())
    effects: list[Any] = []
    for outcome in (
        shop.update("s-1", SESSION),
        shop.track("ann", EVENT["type"], EVENT["attributes"]),
        shop.track("ann", EVENT["type"], EVENT["attributes"], event_id="e-1", session_id="s-1"),
    ):
        assert isinstance(outcome, Outcome), outcome
        effects += msgspec.json.Decoder(float_hook=Decimal).decode(encode_effects(outcome.effects))
    check_values(effects)


async def test_every_path_is_read_over_http(database: Database, database_url: str) -> None:
    advanced = EVENT | {"integrationId": "e-1", "connectedSessionId": "s-1"}
    effects: list[Any] = []
    async with open_door(database_url) as client:
        shop = await build(client, database, plan())
        for method, path, body in (
            ("PUT", "/v2/customer_sessions/s-1", {"customerSession": SESSION}),
            ("POST", "/v2/events?silent=no", EVENT),
            ("POST", "/v3/events?silent=no", advanced),
        ):
            answer = await send(shop, method, path, body, authorization=f"ApiKey-v1 {shop.key}")
            assert answer.status_code == 200, answer.text
            effects += json.loads(answer.text, parse_float=Decimal)["effects"]
    for effect in effects:
        check_props(effect)
    check_values(effects)
