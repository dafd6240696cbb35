"""Nouns: each has its own folder in `api`, and none knows another."""

import re
from collections.abc import Iterator

from tests.tidy.rule import Finding, Rule, is_product
from tests.tidy.source import ROOT, Source
from tests.tidy.syntax import modules_imported

# Folders of `api` that are not nouns: wire structs the published contract uses in several places.
SHARED = frozenset({"models"})
# The modules that list all nouns, and therefore import them.
LISTS = frozenset({"__init__.py", "nouns.py"})
NOUN_OF_MODULE = re.compile(r"largesse\.api\.(\w+)\.")


def noun_of(source: Source) -> str | None:
    """The noun whose folder in `api` the file lies in; None for files of `api` itself and of other rings."""
    parts = source.path.parts
    is_noun = parts[:3] == ("src", "largesse", "api") and len(parts) > 4 and parts[3] not in SHARED
    return parts[3] if is_noun else None


def is_shared(name: str) -> bool:
    """Whether something of this name right under `api` is there for all nouns: a listed folder, or a module."""
    return name in SHARED or (ROOT / "src" / "largesse" / "api" / f"{name}.py").exists()


def other_nouns(source: Source) -> Iterator[Finding]:
    """Imports of another noun's folder, or of the list of all nouns."""
    for line, module in modules_imported(source.tree):
        match = NOUN_OF_MODULE.match(module)
        if match and match[1] != noun_of(source) and not is_shared(match[1]):
            yield Finding(line, f"imports {module}")


APART = Rule(
    name="nouns of the api never import each other",
    instead="move what both need inward: facts to engine, queries to storage, shared wire structs to a module of api",
    covers=lambda source: is_product(source) and source.under("src/largesse/api") and source.path.name not in LISTS,
    find=other_nouns,
    refused=(
        ("src/largesse/api/coupons/management.py", "from largesse.api.campaigns.wire import Campaign\n"),
        ("src/largesse/api/coupons/management.py", "import largesse.api.campaigns.wire\n"),
        ("src/largesse/api/models/limit.py", "from largesse.api.coupons.wire import Coupon\n"),
    ),
    allowed=(
        (
            "src/largesse/api/coupons/management.py",
            "from largesse.api.coupons.wire import Coupon\nfrom largesse.api import paging\n",
        ),
        ("src/largesse/api/nouns.py", "from largesse.api.coupons.management import OPERATIONS\n"),
    ),
)
