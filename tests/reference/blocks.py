"""The reference page of blocks: each with its fields and with what it stands for, comparisons operator by operator."""

import inspect
from collections.abc import Iterable
from typing import Any, get_args

import msgspec

from largesse.engine.formats.structured.blocks import Operator, PromotionBlock
from tests.reference.written import as_json, page, plain
from tests.support.blocks import CONDITIONS, EFFECTS, unnumbered

COMPARISON = "checkAttribute"
EXAMPLES = [*CONDITIONS, *EFFECTS]


def blocks_page() -> str:
    """What structured rulesets are made of."""
    return page(
        "Blocks",
        "What structured rulesets (`/v2/.../rulesets`) are made of, and the expression that each block stands for. "
        "Conditions come first. Every block also has an `id` and may have `tags`.",
        map(block, get_args(PromotionBlock)),
    )


def block(shape: type[msgspec.Struct]) -> str:
    """One type of block: what it means, its fields, examples."""
    tag = str(shape.__struct_config__.tag)
    named = [f for f in msgspec.structs.fields(shape) if f.name not in ("id", "tags")]
    fields = ", ".join(f"`{each.encode_name}`" + ("" if each.required else " (optional)") for each in named) or "none"
    said = [f"## {tag}", plain(inspect.getdoc(shape) or ""), f"Fields: {fields}."]
    found = [(written, meant) for written, meant in EXAMPLES if written["type"] == tag]
    return "\n\n".join([*said, operators(found)] if tag == COMPARISON else [*said, "\n".join(map(example, found))])


def example(case: tuple[Any, Any]) -> str:
    """One block and its expression, as a line of a list."""
    written, meant = case
    return f"- `{as_json(unnumbered(written))}` → `{as_json(meant)}`"


def operators(cases: Iterable[tuple[Any, Any]]) -> str:
    """A row for each operator of comparisons, with the fields it needs, in the published order."""
    first: dict[str, str] = {}
    for written, meant in cases:
        needs = ", ".join(f"`{name}`" for name in written if name not in ("type", "operator", "attribute"))
        first.setdefault(written["operator"], f"| `{written['operator']}` | {needs} | `{as_json(meant)}` |")
    rows = [first[operator] for operator in get_args(Operator) if operator in first]
    return "\n".join(["| operator | needs | stands for |", "|---|---|---|", *rows])
