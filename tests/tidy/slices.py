"""Nouns: each has its own folder in `api`, alone or in its family's folder, and none knows another."""

from collections.abc import Iterator

from tests.tidy.rule import Finding, Rule, is_product
from tests.tidy.source import ROOT, Source
from tests.tidy.syntax import modules_imported

API = ROOT / "src" / "largesse" / "api"
# Folders of `api` that are not nouns: wire structs the published contract uses in several places.
SHARED = frozenset({"models"})
# Folders of `api` that hold several nouns of one family; the other rings keep the same families.
FAMILIES = frozenset({"access", "codes", "customers", "loyalty", "outgoing", "rewards", "shopping"})
# The modules that list all nouns, and therefore import them.
LISTS = frozenset({"__init__.py", "nouns.py"})


def noun_of_parts(parts: tuple[str, ...]) -> str | None:
    """The noun that a place under `api` belongs to, `codes.coupons` or `campaigns`; None where it is there for all."""
    if not parts or parts[0] in SHARED or (API / f"{parts[0]}.py").exists():
        return None
    return ".".join(parts[: 2 if parts[0] in FAMILIES else 1])


def noun_of(source: Source) -> str | None:
    """The noun whose folder in `api` the file lies in; None for files of `api` itself and of other rings."""
    parts = source.path.parts
    is_nested = parts[:3] == ("src", "largesse", "api") and len(parts) > 4
    return noun_of_parts(parts[3:-1]) if is_nested else None


def other_nouns(source: Source) -> Iterator[Finding]:
    """Imports of another noun's folder, or of the list of all nouns."""
    for line, module in modules_imported(source.tree):
        parts = tuple(module.split("."))
        if (
            parts[:2] == ("largesse", "api")
            and len(parts) > 3
            and noun_of_parts(parts[2:]) not in (None, noun_of(source))
        ):
            yield Finding(line, f"imports {module}")


APART = Rule(
    name="nouns of the api never import each other",
    instead="move what both need inward: facts to engine, queries to storage, shared wire structs to a module of api",
    covers=lambda source: is_product(source) and source.under("src/largesse/api") and source.path.name not in LISTS,
    find=other_nouns,
    refused=(
        ("src/largesse/api/codes/coupons/management.py", "from largesse.api.campaigns.wire import Campaign\n"),
        ("src/largesse/api/codes/coupons/management.py", "from largesse.api.codes.referrals.wire import Code\n"),
        ("src/largesse/api/campaigns/management.py", "import largesse.api.codes.coupons.wire\n"),
        ("src/largesse/api/models/limit.py", "from largesse.api.codes.coupons.wire import Coupon\n"),
    ),
    allowed=(
        (
            "src/largesse/api/codes/coupons/management.py",
            "from largesse.api.codes.coupons.wire import Coupon\nfrom largesse.api import paging\n",
        ),
        ("src/largesse/api/campaigns/placing.py", "from largesse.api.campaigns.wire import Campaign\n"),
        ("src/largesse/api/nouns.py", "from largesse.api.codes.coupons.management import OPERATIONS\n"),
    ),
)
