"""The lines of a story that say what is in sets of items and values."""

import shlex
from decimal import Decimal
from typing import Any

from largesse.language import to_json
from largesse.language.parse import parse

SETS = frozenset({"filter", "collection", "value map"})


def read_set(shop: dict[str, Any], word: str, rest: str) -> None:
    """A set of items or values: a campaign's own where one has begun, but for filters."""
    if word == "filter":
        name, _, expression = rest.partition(" (")
        node, mistakes = parse(f"({expression}")
        assert not mistakes, f"{rest}: {mistakes}"
        shop["cartItemFilters"].append({"name": name, "expression": to_json(node)})
    elif word == "collection":
        name, *items = shlex.split(rest)
        whose = shop["campaigns"][-1] if shop["campaigns"] else shop
        whose.setdefault("collections", []).append({"name": name, "items": items})
    else:
        pairs = (each.partition("=") for each in rest.split())
        shop["campaigns"][-1]["valueMap"] = {sku: Decimal(value) for sku, _, value in pairs}
