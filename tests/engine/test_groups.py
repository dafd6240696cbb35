"""Laws of evaluation groups, for generated campaigns, carts and trees."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examined
from hypothesis import strategies as st

import largesse
from largesse.engine.codes.coupons import UseCoupon
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.money import total
from tests.support.memory_shop import MemoryShop

# Compiling shops takes as long as it takes on a busy machine.
UNTIMED = examined(deadline=None)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MODES = ("stackable", "listOrder", "lowestDiscount", "highestDiscount")
SKUS = ("shoe", "hat", "sock")

Plain = dict[str, Any]
AMOUNTS = st.decimals(0, 20, places=2)


def of_sku(sku: str) -> list[Any]:
    return ["filter", [".", "Session", "CartItems"], [["Item"], ["=", [".", "Item", "SKU"], sku]]]


EFFECTS = st.one_of(
    AMOUNTS.map(lambda amount: ["setDiscount", "session", amount]),
    st.tuples(st.sampled_from(SKUS), AMOUNTS).map(
        lambda pair: ["setDiscountPerItem", of_sku(pair[0]), "item", pair[1]]
    ),
    AMOUNTS.map(lambda amount: ["setDiscountPerItemProRata", [".", "Session", "CartItems"], "shared", amount]),
    st.just(["setDiscount", "share", ["*", [".", "Session", "Total"], Decimal("0.1")]]),
    st.just(["updateAttribute", "Session.Attributes.seen", "yes"]),
    st.just(["showNotification", "Info", "Title", "Body"]),
)
CONDITIONS = st.one_of(
    st.integers(0, 300).map(lambda least: [">=", [".", "Session", "Total"], least]),
    st.just(["couponValid"]),
    st.just(["not", ["=", ["catch", "no", [".", "Session", "Attributes", "seen"]], "yes"]]),
)
RULES = st.builds(
    lambda conditions, effects: {"title": "rule", "condition": ["and", *conditions], "effects": effects},
    st.lists(CONDITIONS, max_size=2),
    st.lists(EFFECTS, min_size=1, max_size=3),
)
CAMPAIGNS = st.lists(
    st.builds(
        lambda rules, budget: {
            "ruleset": {"rules": rules, "bindings": []},
            "limits": [{"action": "redeemCoupon", "limit": 3, "entities": []}]
            + ([] if budget is None else [{"action": "setDiscount", "limit": budget, "entities": []}]),
        },
        st.lists(RULES, min_size=1, max_size=2),
        st.none() | st.decimals(1, 30, places=1),
    ),
    min_size=1,
    max_size=5,
)
CARTS = st.lists(
    st.fixed_dictionaries(
        {"sku": st.sampled_from(SKUS), "price": st.decimals(1, 100, places=2), "quantity": st.integers(1, 3)}
    ),
    max_size=3,
)
SETTINGS = st.fixed_dictionaries(
    {
        "enableFlattenedCartItems": st.booleans(),
        "enableCascadingDiscounts": st.booleans(),
        "enablePartialDiscounts": st.booleans(),
    }
)
GROUPS = st.fixed_dictionaries(
    {"evaluationMode": st.sampled_from(MODES), "evaluationScope": st.sampled_from(["session", "cartItem"])}
)
# The base group's mode, the groups with their parents (0: the base group), and the group of each campaign.
TREES = st.tuples(
    st.sampled_from(MODES),
    st.lists(st.tuples(GROUPS, st.integers(0, 3)), max_size=4),
    st.lists(st.integers(0, 4), min_size=5, max_size=5),
)


def shop_of(
    campaigns: list[Plain], settings: Plain, groups: list[Plain], places: list[int] | None = None
) -> MemoryShop:
    """A shop whose campaigns have a code each: C0, C1 and so on."""
    return MemoryShop(
        {
            "application": settings,
            "attributes": [{"entity": "CustomerSession", "name": "seen", "title": "seen", "type": "string"}],
            "evaluationGroups": groups,
            "campaigns": [
                campaign
                | {"id": index + 1, "coupons": [{"value": f"C{index}"}]}
                | ({"evaluationGroupId": places[index]} if places else {})
                for index, campaign in enumerate(campaigns)
            ],
        }
    )


def base(mode: str) -> list[Plain]:
    return [{"id": 1, "name": "base", "evaluationMode": mode, "position": 0}]


def grown(tree: Any) -> tuple[list[Plain], list[int]]:
    """The groups of a generated tree, on two levels, and the group of each campaign."""
    mode, inner, wanted = tree
    groups, outer = base(mode), [1]
    for number, (settings, parent) in enumerate(inner, start=2):
        parent_id = outer[parent % len(outer)]
        groups.append(settings | {"id": number, "name": str(number), "parentId": parent_id, "position": number % 3})
        if parent_id == 1:
            outer.append(number)
    return groups, [groups[each % len(groups)]["id"] for each in wanted]


def outcome_of(shop: MemoryShop, cart: list[Plain], **update: Any) -> Outcome:
    codes = list(shop.coupons)
    outcome = shop.update("s", {"cartItems": cart, "couponCodes": codes, **update}, NOW)
    assert isinstance(outcome, Outcome)
    return outcome


def given_by(outcome: Outcome) -> list[tuple[int, str, Any]]:
    """Everything but rejections: the campaign, the type and the props."""
    return [
        (effect.campaign_id, effect.effect_type, effect.props)
        for effect in outcome.effects
        if effect.effect_type != "rejectCoupon"
    ]


def discount_of(outcome: Outcome) -> Decimal:
    return total([effect.props.discount() for effect in outcome.effects])


def alone(campaigns: list[Plain], settings: Plain, cart: list[Plain]) -> list[Outcome]:
    """What each campaign gives when there is no other."""
    outcomes = []
    for index, campaign in enumerate(campaigns):
        shop = shop_of([{"name": "none", "coupons": []}] * index + [campaign], settings, [])
        outcomes.append(outcome_of(shop, cart))
    return outcomes


@UNTIMED
@given(CAMPAIGNS, SETTINGS, CARTS)
def test_in_list_order_only_the_first_that_triggers_counts(
    campaigns: list[Plain], settings: Plain, cart: list[Plain]
) -> None:
    outcome = outcome_of(shop_of(campaigns, settings, base("listOrder")), cart)
    first = next((each for each in alone(campaigns, settings, cart) if each.triggered), None)
    assert given_by(outcome) == ([] if first is None else given_by(first))
    assert len(outcome.triggered) == (first is not None)


@pytest.mark.parametrize(("mode", "best"), [("highestDiscount", max), ("lowestDiscount", min)])
@UNTIMED
@given(campaigns=CAMPAIGNS, settings=SETTINGS, cart=CARTS)
def test_the_best_discount_of_those_that_trigger_is_kept(
    mode: str, best: Any, campaigns: list[Plain], settings: Plain, cart: list[Plain]
) -> None:
    outcome = outcome_of(shop_of(campaigns, settings, base(mode)), cart)
    triggered = [each for each in alone(campaigns, settings, cart) if each.triggered]
    if not triggered:
        assert given_by(outcome) == []
        return
    wanted = best(discount_of(each) for each in triggered)
    chosen = next(each for each in triggered if discount_of(each) == wanted)
    assert given_by(outcome) == given_by(chosen)


@UNTIMED
@given(CAMPAIGNS, SETTINGS, CARTS, TREES)
def test_stackable_groups_keep_the_order_of_the_tree(
    campaigns: list[Plain], settings: Plain, cart: list[Plain], tree: Any
) -> None:
    groups, places = grown(tree)
    stackable = [group | {"evaluationMode": "stackable"} for group in groups]
    nested = shop_of(campaigns, settings, stackable, places)
    order = [program.campaign.id - 1 for program in nested.programs.campaigns]
    flat = MemoryShop(flat_plan(campaigns, settings, order))
    assert sorted(order) == list(range(len(campaigns)))
    assert given_by(outcome_of(nested, cart)) == given_by(outcome_of(flat, cart))


def flat_plan(campaigns: list[Plain], settings: Plain, order: list[int]) -> Plain:
    """The same campaigns in another order, without groups."""
    return {
        "application": settings,
        "attributes": [{"entity": "CustomerSession", "name": "seen", "title": "seen", "type": "string"}],
        "campaigns": [
            campaigns[index] | {"id": index + 1, "position": place, "coupons": [{"value": f"C{index}"}]}
            for place, index in enumerate(order)
        ],
    }


@pytest.mark.parametrize(("mode", "best"), [("highestDiscount", max), ("lowestDiscount", min), ("listOrder", None)])
@UNTIMED
@given(
    amounts=st.lists(st.fixed_dictionaries(dict.fromkeys(SKUS, AMOUNTS)), min_size=1, max_size=4),
    cart=CARTS,
    flattened=st.booleans(),
)
def test_each_item_gets_the_best_offer_there_is(
    mode: str, best: Any, amounts: list[dict[str, Decimal]], cart: list[Plain], flattened: bool
) -> None:
    campaigns = [
        {
            "ruleset": {
                "rules": [
                    {
                        "title": "r",
                        "condition": ["and"],
                        "effects": [
                            ["setDiscountPerItem", of_sku(sku), "item", amount] for sku, amount in offer.items()
                        ],
                    }
                ],
                "bindings": [],
            }
        }
        for offer in amounts
    ]
    groups = [*base("stackable"), {"id": 2, "name": "items", "evaluationMode": mode, "evaluationScope": "cartItem"}]
    settings = {"enableFlattenedCartItems": flattened}
    outcome = outcome_of(shop_of(campaigns, settings, groups, [2] * len(campaigns)), cart)
    got = {
        effect.props.item(): (effect.campaign_id, effect.props.discount())
        for effect in outcome.effects
        if effect.props.item()
    }
    assert len(got) == sum(effect.props.item() is not None for effect in outcome.effects), "one discount for each item"
    wanted = {}
    for position, line in enumerate(cart):
        offers = [(number, offer[line["sku"]]) for number, offer in enumerate(amounts, 1) if offer[line["sku"]]]
        for unit in range(line["quantity"]) if flattened else [None]:
            if offers:
                wanted[position, unit] = best(offers, key=lambda each: each[1]) if best else offers[0]
    assert got == wanted


@UNTIMED
@given(CAMPAIGNS, SETTINGS, CARTS, TREES)
def test_who_is_not_chosen_leaves_nothing_but_answers(
    campaigns: list[Plain], settings: Plain, cart: list[Plain], tree: Any
) -> None:
    groups, places = grown(tree)
    shop = shop_of(campaigns, settings, groups, places)
    outcome = outcome_of(shop, cart, state="closed")
    assert outcome_of(shop_of(campaigns, settings, groups, places), cart, state="closed") == outcome
    excluded = {each.campaign_id for each in outcome.excluded}
    assert not excluded & set(outcome.triggered)
    assert {campaign_id for campaign_id, _, _ in given_by(outcome)} <= set(outcome.triggered)
    answers = Counter(
        effect.props.value  # type: ignore[attr-defined]
        for effect in outcome.effects
        if effect.effect_type in ("acceptCoupon", "rejectCoupon")
    )
    assert answers == Counter(shop.coupons.keys()), "one answer to each code"
    accepted = [effect.triggered_by_coupon for effect in outcome.effects if effect.effect_type == "acceptCoupon"]
    assert Counter(accepted) == Counter(each.coupon_id for each in outcome.changes if isinstance(each, UseCoupon))
    spent: dict[int, Decimal] = defaultdict(Decimal)
    for effect in outcome.effects:
        spent[effect.campaign_id] += effect.props.discount()
    redeemed = Counter(effect.campaign_id for effect in outcome.effects if effect.effect_type == "acceptCoupon")
    for (campaign_id, key), used in shop.used.items():
        counted = redeemed if key.startswith("redeemCoupon") else spent
        assert used == counted[campaign_id], "budgets are used for what was given"


def test_a_shop_in_memory_takes_groups_too() -> None:
    rule = {"title": "r", "condition": ["and"], "effects": [["setDiscount", "d", 1]]}
    shop = largesse.load(
        {
            "evaluationGroups": [{"name": "first", "evaluationMode": "listOrder", "evaluationScope": "session"}],
            "campaigns": [
                {"name": "late", "ruleset": {"rules": [rule], "bindings": []}},
                {"name": "one", "evaluationGroupId": 2, "ruleset": {"rules": [rule], "bindings": []}},
                {"name": "two", "evaluationGroupId": 2, "ruleset": {"rules": [rule], "bindings": []}},
            ],
        }
    )
    found = shop.evaluate({}, now=NOW)
    told = [(each.campaign_id, each.evaluation_group_id, each.evaluation_group_mode) for each in found.effects]
    assert told == [(2, 2, "listOrder"), (1, 1, "stackable")]
    assert [(each.campaign_id, each.group_id, each.reason) for each in found.outcome.excluded] == [
        (3, 2, "CampaignIsNotFirst")
    ]
