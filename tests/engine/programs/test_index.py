"""The index: campaigns that cannot apply are not visited, and nothing else changes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

import largesse
from largesse.engine.customers.profiles import Profile
from largesse.engine.dice import SEED_BYTES
from largesse.engine.evaluation.evaluate import evaluate
from largesse.engine.evaluation.gates import COUPON, Gate
from largesse.engine.evaluation.index import group_index, open_gates
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.stage import set_stage
from largesse.engine.facts import Facts, Moment, Subjects
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.shopping.events import Event
from largesse.engine.shopping.named import Named
from largesse.engine.shopping.session_updates import Updated, update_session
from largesse.engine.shopping.sessions import SessionUpdate, new_session
from largesse.language import parse, to_json
from tests.support.stories import Plain

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEED = bytes(SEED_BYTES)
FILTER = '(filter (. Session CartItems) ((Item) (catch false (= (. Item Category) "{}"))))'


def campaign(*conditions: str, effects: Sequence[Any] = (), **settings: Any) -> Plain:
    """A campaign with one rule, which gives a discount and these effects; `Shoes` are its items of that category."""
    return settings | {
        "ruleset": {
            "bindings": [{"name": "Shoes", "expression": expression(FILTER.format("shoes"))}],
            "rules": [
                {
                    "title": "r",
                    "condition": ["and", *map(expression, conditions)],
                    "effects": [["setDiscount", "d", 1], *effects],
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
        (["(eventIs talon_session_closed)"], Gate("event", "session_closed")),
        (["(eventIs sessionClosed)"], Gate("event", "session_closed")),
        (["(eventIs BoughtShoes)"], Gate("event", "bought_shoes")),
        (["(audienceMember Current 7)"], Gate("member", "7")),
        (["(audienceJustJoined Current 7)"], Gate("joined", "7")),
        (["(audienceJustLeft Current 7)"], Gate("left", "7")),
        (["(audienceMember Advocate 7)"], None),
        (["(not (audienceMember Current 7))"], None),
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
        (['(exists (. Session CartItems) ((x) (= (. Session State) "A")))'], None),
        (['(exists (. Session CartItems) ((x) (or (= (. x SKU) "A") true)))'], None),
        (['(catch true (exists (. Session CartItems) ((x) (= (. x SKU) "A"))))'], None),
        (['(onFailure (> (. Session Total) 5) (setDiscount "x" 1))', "(couponValid)"], None),
    ],
)
def test_gates_are_read_off_conditions(conditions: list[str], gate: Gate | None) -> None:
    (program,) = largesse.load({"campaigns": [campaign(*conditions)]}).programs.campaigns
    assert program.gates == (None if gate is None else {gate})


JOIN = [["catch", ["noop"], ["addToAudience", "Current", 1]]]
CONDITIONS = (
    "(couponValid)",
    "(> (. Session Total) 20)",
    "(> (count (. Shoes)) 0)",
    "(isEmpty (. Shoes))",
    '(exists (. Session CartItems) ((x) (= (. x SKU) "B")))',
    "(eventIs talon_session_closed)",
    "(eventIs sessionClosed)",
    "(audienceMember Current 1)",
    "(audienceMember Current 2)",
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
    profile = Profile(1, "ann", NOW) if updated.session.profile_id else None
    facts = Facts(loaded.coupons, {}, audiences={"ann": frozenset({2})})
    case = loaded.programs, Subjects(updated.session, profile, None), facts
    every = evaluate(*case, moment, updated.event)
    return every, evaluate(*case, structs.replace(moment, reasons=False), updated.event)


@settings(deadline=None)
@given(
    campaigns=st.lists(st.lists(st.sampled_from(CONDITIONS), max_size=3), min_size=1, max_size=6),
    mode=st.sampled_from(["stackable", "listOrder", "highestDiscount"]),
    items=st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["shoes", "hats", None])), max_size=3),
    codes=st.lists(st.sampled_from(["C0", "C1", "C2", "NOPE"]), unique=True, max_size=3),
    closed=st.booleans(),
    linked=st.frozensets(st.integers(1, 6)),
    store=st.sampled_from(["mitte", None]),
    who=st.sampled_from(["", "ann"]),
    joining=st.integers(0, 6),
)
def test_the_index_changes_no_outcome(
    campaigns: list[list[str]],
    mode: str,
    items: list[tuple[str, str | None]],
    codes: list[str],
    closed: bool,
    linked: frozenset[int],
    store: str | None,
    who: str,
    joining: int,
) -> None:
    shop = {
        "stores": [{"integrationId": "mitte"}],
        "evaluationGroups": [{"id": 1, "name": "base", "evaluationMode": mode}],
        "audiences": [{"name": "some"}, {"name": "others"}],
        "campaigns": [
            campaign(
                *conditions,
                effects=JOIN if number == joining else (),
                coupons=[{"value": f"C{number}"}],
                linkedStoreIds=[1] if number in linked else [],
            )
            for number, conditions in enumerate(campaigns)
        ],
    }
    cart = [{"sku": sku, "quantity": 1, "price": 15} | ({"category": of} if of else {}) for sku, of in items]
    session = {"profileId": who, "cartItems": cart, "couponCodes": codes, "state": "closed" if closed else "open"}
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


def test_of_ten_thousand_campaigns_for_an_audience_each_those_of_the_customer_are_visited() -> None:
    shop = largesse.load({"campaigns": [campaign("(audienceMember Current 4000)")]})
    subjects = Subjects(structs.replace(new_session(1, "s", NOW), profile_id="ann"), Profile(1, "ann", NOW), None)
    hers = range(0, 10_000, 1000)
    facts = Facts({}, {}, audiences={"ann": frozenset(hers)})
    stage = set_stage(shop.programs, subjects, facts, Moment(NOW, SEED), Event("talon_session_updated"))
    opened = open_gates(stage.state, stage.event.type, shop.programs.joinable)
    assert shop.programs.campaigns[0].gates == frozenset({Gate("member", "4000")})
    every = {number: (number, frozenset({Gate("member", str(number))})) for number in range(10_000)}
    assert group_index(every, len(every)).candidates(opened, ()) == [*hers]


def test_a_campaign_for_an_audience_is_visited_where_a_rule_may_bring_the_customer_into_it() -> None:
    joining = campaign(effects=JOIN)
    shop = {"audiences": [{"name": "some"}], "campaigns": [joining, campaign("(audienceMember Current 1)")]}
    every, chosen = outcomes(shop, {"profileId": "bob"})
    assert len(chosen.triggered) == 2
    assert chosen.effects == every.effects
