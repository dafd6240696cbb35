"""The reference pages: what effects, functions and operations say about themselves, as Markdown.

Nothing is written here that is not declared beside the code. `make docs` writes the pages into docs/reference/.
"""

import inspect
import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import get_type_hints

import msgspec

from largesse.api.nouns import NOUNS
from largesse.engine.definitions import Definitions
from largesse.engine.effects.catalogue import CATALOGUE
from largesse.engine.effects.effect import Effect
from largesse.engine.evaluation.environment import ALIASES, rule_environment
from largesse.engine.functions import PROMOTION_FUNCTIONS
from largesse.language import Example, Function, Json, ListType, RecordType, Root, Type
from largesse.language.functions import CORE
from largesse.language.types import type_text
from largesse.plumbing.http.operation import AnyOperation
from tests.reference.blocks import blocks_page
from tests.reference.scene import FORMER_AUDIENCE, POINTS_BEFORE, SHOP, VALIDITY
from tests.reference.written import as_json, as_json_lines, json_type, page, plain
from tests.support.story_parts.everything import MISSING, NUMBER, PATHS, SESSION, TEXT, TIME
from tests.tidy.source import ROOT

IN_THE_SHOP = "in [the shop of the examples](example-shop.md)"
FOLDER = ROOT / "docs" / "reference"


def effects_page() -> str:
    """What a shop may be told."""
    return page(
        "Effects",
        "What rules decide and shops carry out, in the order of the catalogue. An example shows the props that come of "
        f"it, without ids and times that differ, {IN_THE_SHOP}.",
        map(effect, CATALOGUE),
    )


def effect(one: Effect) -> str:
    """One effect: what it means, its props, the functions that give it."""
    said = [f"## {one.name}", one.doc, plain(inspect.getdoc(one.props) or ""), props_table(one.props)]
    by_name = itertools.groupby(one.functions, lambda each: each.name)
    said += [given_by(tuple(overloads)) for _, overloads in by_name]
    if one.example is not None:
        said.append(f"Given by the engine itself, such as `{as_json(one.example)}`.")
    return "\n\n".join(said)


def props_table(props: type[msgspec.Struct]) -> str:
    """The props of an effect, with their types."""
    types = get_type_hints(props)
    rows = [
        f"| `{field.encode_name}` | {json_type(types[field.name])} | {'always' if field.required else 'sometimes'} |"
        for field in msgspec.structs.fields(props)
    ]
    return "\n".join(["| prop | type | there |", "|---|---|---|", *rows]) if rows else "It has no props."


def given_by(overloads: tuple[Function, ...]) -> str:
    """The functions of one name that give an effect."""
    said = [f"Given by `{overloads[0].name}`:", signature_list(overloads)]
    said += dict.fromkeys(plain(one.doc) for one in overloads)
    return "\n\n".join([*said, "\n".join(examples(overloads, given))])


def functions_page() -> str:
    """What rules may ask."""
    by_name = itertools.groupby(
        sorted((*CORE, *PROMOTION_FUNCTIONS), key=lambda one: one.name.lower()), lambda one: one.name
    )
    return page(
        "Functions",
        "What rules may ask, by name. Several signatures of one name are tried in this order. What gives effects is "
        "listed with [the effects](effects.md). What asks for a coupon, points or anything else of a shop is shown "
        f"{IN_THE_SHOP}.",
        (function(name, tuple(overloads)) for name, overloads in by_name),
    )


def function(name: str, overloads: tuple[Function, ...]) -> str:
    """One name: its signatures, what it does, examples."""
    said = [f"## {name}", signature_list(overloads), *dict.fromkeys(plain(one.doc) for one in overloads)]
    return "\n\n".join([*said, "\n".join(examples(overloads, outcome))])


def examples(overloads: tuple[Function, ...], told: Callable[[Example], str]) -> Iterable[str]:
    """The examples of functions of one name, each once, as the lines of a list."""
    shown = (one for overload in overloads for one in overload.examples)
    return dict.fromkeys(f"- `{_written(one.expression)}` → {told(one)}" for one in shown)


def outcome(one: Example) -> str:
    """What comes of an example."""
    return f"fails: {one.fails}" if one.fails is not None else f"`{as_json(one.result)}`"


def given(one: Example) -> str:
    """The props of the effects that an example gives, as far as it names them."""
    assert isinstance(one.result, list)
    return ", ".join(f"`{as_json(props)}`" for props in one.result)


def _written(expression: Json) -> str:
    return expression if isinstance(expression, str) else as_json(expression)


def attributes_page() -> str:
    """What rules may read."""
    known = rule_environment(Definitions(), cascading=False)
    header = "| path | type | | example |\n|---|---|---|---|"
    rows = [attribute_row(path, type_, doc) for root in known.roots.values() for path, type_, doc in paths(root)]
    names = "; ".join(f"`{alias}` is another name of `{name}`" for alias, name in ALIASES.items())
    return page(
        "Attributes",
        'What rules read with `[".", ...]`. Built-in attributes are found in any letter case. Custom attributes, '
        "declared with `POST /v1/attributes`, stand under `Attributes` and are found by their exact name. "
        '`Session.Total` is `[".", "Session", "Total"]` in expressions, `(. Session Total)` in their text form, '
        "`$Session.Total` in blocks, and `$Session.Total` or `[Session.Total]` in formulas. What is "
        f"optional may be missing, and reading it then fails. {names}.",
        ["\n".join([header, *rows])],
    )


def paths(root: Root) -> Iterable[tuple[str, str, str]]:
    """The paths that start at a root, those of the elements of its lists too."""
    yield root.name, type_text(root.type) + (", optional" if root.optional else ""), root.doc
    yield from fields_of(root.name, root.type)


def fields_of(path: str, type_: Type) -> Iterable[tuple[str, str, str]]:
    """The paths to the fields of a record."""
    if not isinstance(type_, RecordType):
        return
    for field in type_.fields.values():
        inner = field.type.element if isinstance(field.type, ListType) else field.type
        inside = inner.name if isinstance(inner, RecordType) and inner is not field.type else ""
        yield f"{path}.{field.name}", type_text(field.type) + (", optional" if field.optional else ""), field.doc
        yield from fields_of(inside or f"{path}.{field.name}", inner)


def attribute_row(path: str, type_: str, doc: str) -> str:
    """One path, as a row of a table."""
    return f"| `{path}` | {type_} | {doc} | {attribute_example(path)} |"


def attribute_example(path: str) -> str:
    """What a path leads to in the shop of the paths, where that is always the same."""
    kind, value = VALUES.get(path.lower(), ("", None))
    if value is None or value in (MISSING, TIME, NUMBER, TEXT):
        return ""
    return f"{value} elements" if kind == "List" else f"`{as_json(value)}`"


def example_shop_page() -> str:
    """The shop that examples are about, and the session."""
    parts = (("The shop", SHOP), ("The session", SESSION))
    shown = [f"## {title}\n\n```json\n{as_json_lines(part)}\n```" for title, part in parts]
    return page(
        "The shop of the examples",
        "What `largesse.load` takes, and the update of a session in it. Before each example the customer joins the "
        f"audience {FORMER_AUDIENCE}, and the session has earned {POINTS_BEFORE} points that are good for {VALIDITY}; "
        "effects are those of a rule that asks for both of the session's codes.",
        shown,
    )


def operations_page() -> str:
    """What can be called over HTTP."""
    header = "| method | path | operation | who | |\n|---|---|---|---|---|"
    rows = (operation(one) for noun in NOUNS for one in noun)
    return page(
        "Operations",
        "What is built of the HTTP contract. An extension is ours; everything else is published.",
        ["\n".join([header, *rows])],
    )


def operation(one: AnyOperation) -> str:
    """One operation, as a row of a table."""
    extension = "" if one.published else " (extension)"
    return f"| {one.method} | `{one.path}` | {one.operation_id}{extension} | {one.access.value} | {one.summary} |"


def signature_list(functions: Iterable[Function]) -> str:
    """Signatures, as the lines of a list."""
    return "\n".join(f"- `{one.signature}`" for one in functions)


VALUES = {path.lower(): (kind, value) for path, kind, value in PATHS}

PAGES: Mapping[str, Callable[[], str]] = {
    "attributes.md": attributes_page,
    "blocks.md": blocks_page,
    "effects.md": effects_page,
    "example-shop.md": example_shop_page,
    "functions.md": functions_page,
    "operations.md": operations_page,
}
