"""The index: campaigns that cannot apply are not visited, and nothing else changes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

import largesse
from largesse.engine.dice import SEED_BYTES
from largesse.engine.evaluation.evaluate import evaluate
from largesse.engine.evaluation.gates import COUPON, Gate
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.facts import Facts, Moment, Subjects
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.shopping.named import Named
from largesse.engine.shopping.session_updates import Updated, update_session
from largesse.engine.shopping.sessions import SessionUpdate
from largesse.language import parse, to_json
from tests.support.stories import Plain

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEED = bytes(SEED_BYTES)
FILTER = '(filter (. Session CartItems) ((Item) (catch false (= (. Item Category) "{}"))))'


def campaign(*conditions: str, **settings: Any) -> Plain:
    """A campaign with one rule; `Shoes` are its items of that category."""
    return settings | {
        "ruleset": {
            "bindings": [{"name": "Shoes", "expression": expression(FILTER.format("shoes"))}],
            "rules": [
                {
                    "title": "r",
                    "condition": ["and", *map(expression, conditions)],
                    "effects": [["setDiscount", "d", 1]],
                }
            ],
        }
    }


def expression(text: str) -> Any:
    """An expression in the text form, as JSON."""
    node, mistakes = parse(text)
    assert not mistakes
    return to_json(node)


@pytest.mark.parametrize(
    ("conditions", "gate"),
    [
        (["(couponValid)"], COUPON),
        (["(> (. Session Total) 5)", "(couponValidNoRedeem)"], COUPON),
        (["(and true (couponValid))"], COUPON),
        (["(eventIs talon_session_closed)"], Gate("event", "talon_session_closed")),
        (["(> (count (. Shoes)) 0)"], Gate("category", "shoes")),
        (["(>= (count (. Shoes)) 2)"], Gate("category", "shoes")),
        (["(not (isEmpty (. Shoes)))"], Gate("category", "shoes")),
        (["(exists (. Shoes) ((Item) (> (. Item Price) 5)))"], Gate("category", "shoes")),
        (['(exists (. Session CartItems) ((x) (= "A" (. x SKU))))'], Gate("sku", "A")),
        (['(catch false (exists (. Session CartItems) ((x) (and true (= (. x sku) "A")))))'], Gate("sku", "A")),
        ([], None),
        (["(or (couponValid) true)"], None),
        (["(not (couponValid))"], None),
        (["(>= (count (. Shoes)) 0)"], None),
        (["(isEmpty (. Shoes))"], None),
        (["(eventIs sessionClosed)"], None),
        (['(exists (. Session CartItems) ((x) (= (. Session State) "A")))'], None),
        (['(exists (. Session CartItems) ((x) (or (= (. x SKU) "A") true)))'], None),
        (['(catch true (exists (. Session CartItems) ((x) (= (. x SKU) "A"))))'], None),
        (['(onFailure (> (. Session Total) 5) (setDiscount "x" 1))', "(couponValid)"], None),
    ],
)
def test_gates_are_read_off_conditions(conditions: list[str], gate: Gate | None) -> None:
    (program,) = largesse.load({"campaigns": [campaign(*conditions)]}).programs.campaigns
    assert program.gates == (None if gate is None else {gate})


CONDITIONS = (
    "(couponValid)",
    "(> (. Session Total) 20)",
    "(> (count (. Shoes)) 0)",
    "(isEmpty (. Shoes))",
    '(exists (. Session CartItems) ((x) (= (. x SKU) "B")))',
    "(eventIs talon_session_closed)",
    '(= (. Event Type) "talon_session_created")',
)


def outcomes(shop: Plain, session: Plain) -> tuple[Outcome, Outcome]:
    """What comes of a session when every campaign is visited, and when the index chooses."""
    loaded = largesse.load(shop)
    here = loaded.stores.get(session.get("storeIntegrationId", ""))
    update, definitions = from_plain(session, SessionUpdate), loaded.programs.definitions
    updated = update_session(None, 1, "s", update, definitions, NOW, Named(here))
    assert isinstance(updated, Updated)
    moment = Moment(NOW, SEED, dry=True, store=here)
    case = loaded.programs, Subjects(updated.session, None, None), Facts(loaded.coupons, {})
    every = evaluate(*case, moment, updated.event)
    return every, evaluate(*case, structs.replace(moment, reasons=False), updated.event)


@given(
    campaigns=st.lists(st.lists(st.sampled_from(CONDITIONS), max_size=3), min_size=1, max_size=6),
    mode=st.sampled_from(["stackable", "listOrder", "highestDiscount"]),
    items=st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["shoes", "hats", None])), max_size=3),
    codes=st.lists(st.sampled_from(["C0", "C1", "C2", "NOPE"]), unique=True, max_size=3),
    closed=st.booleans(),
    linked=st.frozensets(st.integers(1, 6)),
    store=st.sampled_from(["mitte", None]),
)
def test_the_index_changes_no_outcome(
    campaigns: list[list[str]],
    mode: str,
    items: list[tuple[str, str | None]],
    codes: list[str],
    closed: bool,
    linked: frozenset[int],
    store: str | None,
) -> None:
    shop = {
        "stores": [{"integrationId": "mitte"}],
        "evaluationGroups": [{"id": 1, "name": "base", "evaluationMode": mode}],
        "campaigns": [
            campaign(*conditions, coupons=[{"value": f"C{number}"}], linkedStoreIds=[1] if number in linked else [])
            for number, conditions in enumerate(campaigns)
        ],
    }
    cart = [{"sku": sku, "quantity": 1, "price": 15} | ({"category": of} if of else {}) for sku, of in items]
    session = {"cartItems": cart, "couponCodes": codes, "state": "closed" if closed else "open"}
    session |= {"storeIntegrationId": store} if store else {}
    every, chosen = outcomes(shop, session)
    assert chosen.effects == every.effects
    assert chosen.triggered == every.triggered
    assert chosen.changes == every.changes
    assert chosen.excluded == every.excluded


def test_campaigns_that_cannot_apply_are_not_visited_unless_somebody_asks_why() -> None:
    every, chosen = outcomes({"campaigns": [campaign("(couponValid)") for _ in range(3)]}, {"cartItems": []})
    assert len(every.failures) == 3
    assert chosen.failures == ()
