"""A small world for tests of the rule language: records, a frame, an environment, and the loader of case tables."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from largesse.language import (
    ANY,
    CORE,
    DECIMAL,
    NULL,
    STRING,
    TIME,
    UNSET,
    Diagnostics,
    Environment,
    ExpressionError,
    Field,
    Frame,
    Function,
    Json,
    Kind,
    ListType,
    MapType,
    Node,
    Root,
    Ruleset,
    RulesetSource,
    Value,
    compile_ruleset,
    each_element,
    environment,
    parse,
    record,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""The moment the examples of the catalogue are written for."""


@dataclass(slots=True)
class Item:
    """A line of a cart."""

    sku: str
    price: Decimal
    category: str | None = None
    name: str | None = None
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class Session:
    """A cart."""

    items: list[Item]
    attributes: dict[str, Value] = field(default_factory=dict)
    created: datetime = NOW

    @property
    def total(self) -> Decimal:
        """The sum of all prices."""
        return sum((item.price for item in self.items), Decimal(0))


ITEM = record(
    "Item",
    Field("SKU", STRING, "sku"),
    Field("Price", DECIMAL, "price"),
    Field("Category", STRING, "category", optional=True),
    Field("Name", STRING, "name", optional=True),
    Field("Attributes", MapType(ANY, {"color": STRING, "weight": DECIMAL, "extra": ANY}), "attributes"),
)

SESSION = record(
    "Session",
    Field("CartItems", ListType(ITEM), "items"),
    Field("Total", DECIMAL, "total", varies=True),
    Field("Created", TIME, "created"),
    Field("Attributes", MapType(ANY), "attributes"),
)

COUPON = record("Coupon", Field("Value", STRING, "value"))


@dataclass(slots=True)
class Coupon:
    """A coupon."""

    value: str


class Shop(Frame):
    """A frame with a cart, perhaps a coupon, and a record of what effects did."""

    __slots__ = ("coupon", "done", "failed", "session")

    def __init__(self, session: Session, ruleset: Ruleset | None = None, coupon: Coupon | None = None) -> None:
        super().__init__(NOW, [UNSET] * 8 if ruleset is None else ruleset.slots())
        self.session = session
        self.coupon = coupon
        self.done: list[tuple[Value, ...]] = []
        self.failed: list[tuple[int, str]] = []

    def effect_failed(self, index: int, error: ExpressionError) -> None:
        """Keep the failure."""
        self.failed.append((index, error.message))


def _note(frame: Shop, *values: Value) -> None:
    frame.done.append(values)


def _note_each(frame: Shop, items: list[Item], name: str, value: object) -> None:
    assert callable(value)
    frame.done += [(name, item.sku, value(item)) for item in items]


def _broken(frame: Shop) -> Value:
    raise RuntimeError("a bug of the engine")


EFFECTS = (
    Function("note(Atom|Collection...)Null", _note, "Notes its arguments.", needs_frame=True),
    Function(
        "noteEach(List, String, Decimal|Token)Null",
        _note_each,
        "Notes a number per item.",
        needs_frame=True,
        binds=each_element,
        body=Kind.DECIMAL,
    ),
    Function("broken()Null", _broken, "Raises what no rule may catch.", needs_frame=True, result=NULL),
)


def world(*, constant: bool = False, more: tuple[Function, ...] = ()) -> Environment:
    """The environment of the small world."""
    roots = (
        Root("Session", SESSION, "session", constant=constant),
        Root("Coupon", COUPON, "coupon", optional=True),
        Root("Now", TIME, "now"),
    )
    return environment((*CORE, *EFFECTS, *more), roots)


def cart() -> Session:
    """Three items: two shoes, one without a category."""
    return Session(
        [
            Item("a", Decimal("10.00"), "shoes", "Runner", {"color": "red", "weight": Decimal(2)}),
            Item("b", Decimal("20.50"), "shoes", None, {"color": "blue"}),
            Item("c", Decimal("5.25"), None, "Laces"),
        ],
        {"points": Decimal(7), "tier": "Gold", "nested": {"deep": [Decimal(1)]}},
    )


def compiled(source: RulesetSource, *, constant: bool = False) -> Ruleset:
    """The ruleset, which must be good."""
    ruleset = compile_ruleset(source, world(constant=constant))
    assert not isinstance(ruleset, Diagnostics), str(ruleset)
    return ruleset


@dataclass(frozen=True, slots=True)
class Case:
    """A line of a case table: an expression, how it ends (`=>` value, `=!` fails, `=?` is refused), and with what."""

    where: str
    expression: str
    outcome: str
    expected: str

    @property
    def source(self) -> Node | Json:
        """The expression to evaluate: JSON when it starts with a bracket, else the text form."""
        if self.expression.startswith("["):
            decoded: Json = json.loads(self.expression, parse_float=Decimal)
            return decoded
        node, found = parse(self.expression)
        assert not found, f"{self.where}: {found}"
        return node


def cases(folder: Path) -> Iterator[Case]:
    """All cases of the tables in a folder. Blank lines and lines that start with `;` say nothing."""
    for table in sorted(folder.glob("*.cases")):
        for number, line in enumerate(table.read_text().splitlines(), 1):
            if not line.strip() or line.startswith(";"):
                continue
            outcome = next(mark for mark in (" => ", " =! ", " =? ") if mark in line)
            expression, _, expected = line.partition(outcome)
            yield Case(f"{table.name}:{number}", expression.strip(), outcome.strip(), expected.strip())
