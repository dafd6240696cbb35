"""Every block that is built, every operator and every step, in rulesets written as blocks and run over HTTP."""

from typing import Any, get_args

import pytest

from largesse.engine.formats.structured.blocks import Operator
from largesse.engine.formats.structured.steps import SelectorStep
from largesse.engine.formats.structured.targets import AwardDiscountTarget
from largesse.plumbing.database import Database
from tests.support.api import Shop, open_door, open_shop
from tests.support.blocks import Plain, numbered
from tests.support.effect_props import check_props
from tests.support.shop_plans import fill_collections, make_filter, make_value_map

pytestmark = pytest.mark.anyio

ITEMS = [".", "Session", "CartItems"]
SESSION: Plain = {
    "cartItems": [
        {"sku": "A", "quantity": 1, "price": 60, "category": "shoes", "additionalCosts": {"wrapping": {"price": 4}}},
        {"sku": "B", "quantity": 1, "price": 30, "category": "hats", "additionalCosts": {"wrapping": {"price": 2}}},
    ],
    "additionalCosts": {"shipping": {"price": 5}},
    "couponCodes": ["TENOFF"],
    "attributes": {
        "tier": "gold",
        "colors": ["red", "green"],
        "vip": True,
        "since": "2026-03-01T10:00:00Z",
        "note": "",
    },
}
ATTRIBUTES = {"tier": "string", "colors": "(list string)", "vip": "boolean", "since": "time", "note": "string"}
ATTRIBUTES |= {"never": "string", "visits": "number"}
COLLECTIONS = {"metals": ["silver", "gold"], "woods": ["oak"]}
SPRING = {"start": "2026-03-01T10:00:00Z", "end": "2026-06-01T00:00:00Z"}
MAY = {"start": "2026-05-01T00:00:00Z", "end": "2026-06-01T00:00:00Z"}

# (operator, attribute, what holds of SESSION, what does not)
OPERATORS: list[tuple[str, str, Plain, Plain]] = [
    ("equals", "tier", {"value": "gold"}, {"value": "Gold"}),
    ("not(equals)", "tier", {"value": "Gold"}, {"value": "gold"}),
    ("lessThan", "$Session.Total", {"value": 102}, {"value": 101}),
    ("lessThanOrEqual", "$Session.Total", {"value": 101}, {"value": 100}),
    ("greaterThan", "$Session.Total", {"value": 100}, {"value": 101}),
    ("greaterThanOrEqual", "$Session.Total", {"value": 101}, {"value": "{{$Session.Total + 1}}"}),
    ("between", "$Session.Total", {"min": 101, "max": 102}, {"min": 102, "max": 200}),
    ("contains", "tier", {"value": "ol"}, {"value": "silver"}),
    ("not(contains)", "tier", {"value": "silver"}, {"value": "ol"}),
    ("matchesRegexp", "tier", {"value": "^g[a-z]+$"}, {"value": "^o"}),
    ("startsWith", "tier", {"value": "go"}, {"value": "ld"}),
    ("endsWith", "tier", {"value": "ld"}, {"value": "go"}),
    ("oneOf", "tier", {"value": ["silver", "gold"]}, {"value": ["silver"]}),
    ("not(oneOf)", "tier", {"value": ["silver"]}, {"value": ["silver", "gold"]}),
    ("inCollection", "tier", {"value": "metals"}, {"value": "woods"}),
    ("not(inCollection)", "tier", {"value": "woods"}, {"value": "metals"}),
    ("exists", "tier", {}, {"attribute": "$Session.Attributes.never"}),
    ("not(exists)", "never", {}, {"attribute": "$Session.Attributes.tier"}),
    ("isTrue", "vip", {}, {"attribute": "$Session.Attributes.tier"}),
    ("isFalse", "{{$Session.Total}}", {"attribute": ["=", 1, 2]}, {"attribute": "$Session.Attributes.vip"}),
    ("empty", "note", {}, {"attribute": "$Session.Attributes.colors"}),
    ("not(empty)", "colors", {}, {"attribute": "$Session.Attributes.note"}),
    ("containsAtLeast", "colors", {"values": ["red", "blue"], "count": 1}, {"values": ["red", "blue"], "count": 2}),
    ("containsExactly", "colors", {"values": ["red", "blue"], "count": 1}, {"values": ["red", "green"], "count": 1}),
    ("containsOneOf", "colors", {"values": ["blue", "red"]}, {"values": ["blue"]}),
    ("containsNoneOf", "colors", {"values": ["blue"]}, {"values": ["blue", "red"]}),
    ("containsAllOf", "colors", {"values": ["green", "red"]}, {"values": ["green", "blue"]}),
    ("after", "since", {"value": "2026-02-28T00:00:00Z"}, {"value": "2026-03-01T10:00:00Z"}),
    ("before", "since", {"value": "2026-03-02T00:00:00Z"}, {"value": "2026-03-01T10:00:00Z"}),
    ("within", "since", SPRING, SPRING | {"startInclusive": False}),
    ("not(within)", "since", MAY, SPRING),
]


async def opened(client: Any, database: Database) -> Shop:
    """A shop that has defined what SESSION carries."""
    shop = await open_shop(client, database, enableFlattenedCartItems=True)
    for name, kind in ATTRIBUTES.items():
        body = {"entity": "CustomerSession", "name": name, "title": name, "type": kind}
        await shop.create("/v1/attributes", body | {"description": "", "suggestions": [], "editable": True})
    await make_filter(shop, "Hats", ["filter", ITEMS, [["Item"], ["=", [".", "Item", "Category"], "hats"]]])
    usable = {"subscribedApplicationsIds": [shop.application_id]}
    named = [{"name": name, "items": items} | usable for name, items in COLLECTIONS.items()]
    await fill_collections(shop, "/v1/collections", named)
    for name, kind in (("shipping", "session"), ("wrapping", "item")):
        await shop.create("/v1/additional_costs", {"name": name, "title": name, "description": "", "type": kind})
    return shop


async def run(shop: Shop, rules: dict[str, list[Plain]], profile: str = "", **bindings: Any) -> list[tuple[str, Plain]]:
    """What SESSION, of a customer where one is named, gets from rules by title, given as blocks."""
    campaign = await shop.campaign()
    value_map = await make_value_map(shop, f"{shop.path}/campaigns/{campaign['id']}", {"B": 7})
    for step in (step for each in bindings.get("selectors", ()) for step in each["steps"]):
        if step["type"] == "filterAndMapValues":
            step["valueMap"] = {"id": value_map}
    coupon = {"couponPattern": "TENOFF", "usageLimit": 0, "numberOfCoupons": 1}
    made = await shop.manage("POST", f"{shop.path}/campaigns/{campaign['id']}/coupons", coupon)
    assert made.is_success, made.text
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets".replace("/v1/", "/v2/")
    written = [{"title": title, "blocks": numbered(blocks)} for title, blocks in rules.items()]
    await shop.create(path, {"promotionRules": written} | numbered(bindings))
    session = SESSION | ({"profileId": profile} if profile else {})
    answer = await shop.integrate("PUT", "/v2/customer_sessions/one", {"customerSession": session})
    assert answer.status_code in (200, 201), answer.text
    for effect in answer.json()["effects"]:
        check_props(effect)
    return [(effect["effectType"], effect["props"]) for effect in answer.json()["effects"]]


def shown(title: str) -> Plain:
    """A message."""
    return {"type": "showNotification", "notificationType": "Info", "title": title}


def check(operator: str, attribute: str, fields: Plain) -> Plain:
    """A comparison."""
    path = attribute if attribute[0] in "${" else f"$Session.Attributes.{attribute}"
    return {"type": "checkAttribute", "operator": operator, "attribute": path} | fields


def titles(effects: list[tuple[str, Plain]]) -> list[str]:
    """The titles of messages."""
    return [props["title"] for kind, props in effects if kind == "showNotification"]


async def test_every_operator_tells_what_holds_from_what_does_not(database: Database, database_url: str) -> None:
    names = [operator for operator, *_ in OPERATORS]
    assert {*names} == {*get_args(Operator)}
    rules: dict[str, list[Plain]] = {}
    for operator, attribute, holds, fails in OPERATORS:
        rules[f"{operator} holds"] = [check(operator, attribute, holds), shown(operator)]
        rules[f"{operator} fails"] = [check(operator, attribute, fails), shown(f"not {operator}")]
    async with open_door(database_url) as client:
        assert titles(await run(await opened(client, database), rules)) == names


GOLD = check("equals", "tier", {"value": "gold"})
NEVER = check("equals", "never", {"value": "x"})
VISITS = {"id": 1, "entity": "CustomerSession", "name": "visits", "title": "visits", "type": "number"}
COUPON: Plain = {"type": "checkCoupon", "redeem": True}

CONDITIONS: dict[str, list[Plain]] = {
    "all": [{"type": "group", "operator": "all", "blocks": [GOLD, GOLD]}],
    "not all": [{"type": "group", "operator": "all", "blocks": [GOLD, NEVER]}],
    "one": [{"type": "group", "operator": "atLeastOne", "blocks": [NEVER, GOLD]}],
    "not one, an error told": [
        {"type": "group", "operator": "atLeastOne", "tags": ["reportsErrors"], "blocks": [NEVER, GOLD]}
    ],
    "none": [{"type": "group", "operator": "none", "blocks": [NEVER]}],
    "coupon": [COUPON],
    "coupon, kept": [{"type": "checkCoupon", "redeem": False}],
    "event": [{"type": "checkEvent", "eventType": "sessionCreated", "matchers": [GOLD]}],
    "not event": [{"type": "checkEvent", "eventType": "sessionClosed"}],
    "budget": [{"type": "checkBudget", "operator": "available", "action": "setDiscount"}],
    "budget, enough": [{"type": "checkBudget", "operator": "enoughFor", "action": "setDiscount", "value": 10}],
    "passed through": [{"type": "passthrough", "expression": ["couponValidNoRedeem"]}],
    "not, with another message": [NEVER | {"onFailure": [shown("instead")]}],
}


async def test_a_giveaway_that_is_not_there_fails_its_rule_or_gives_way(database: Database, database_url: str) -> None:
    async with open_door(database_url) as client:
        shop = await opened(client, database)
        pool = await shop.create("/v1/giveaways/pools", {"name": "Cards", "sandbox": False})
        reference = {"id": pool["id"], "name": "Cards"}
        block: Plain = {"type": "awardGiveaway", "giveawayPool": reference, "profile": "Current"}
        rules = {
            "fails": [shown("never"), block],
            "fails, but": [shown("onFailure first"), block | {"onFailure": [shown("onFailure")]}],
            "fails, but so": [block | {"onError": {"budgetExceeded": [shown("onError")]}}],
        }
        assert titles(await run(shop, rules)) == ["onFailure first", "onFailure", "onError"]


async def test_progress_is_made_and_asked_for(database: Database, database_url: str) -> None:
    async with open_door(database_url) as client:
        shop = await opened(client, database)
        campaign = await shop.campaign()
        body = {"name": "Stamps", "title": "Stamps", "description": "", "target": 4}
        made = await shop.create(f"{shop.path}/campaigns/{campaign['id']}/achievements", body)
        aim = {"achievement": {"id": made["id"], "name": "Stamps", "title": "Stamps", "target": 4}}
        progress = {"type": "updateAchievementProgress", "operator": "increaseBy", **aim}
        states = ("started", "not(started)", "inProgress", "not(inProgress)", "completed", "not(completed)")

        def standing() -> dict[str, list[Plain]]:
            check = {"type": "checkAchievement", **aim}
            return {state: [check | {"operator": state}, shown(state)] for state in ("justCompleted", *states)}

        rules: dict[str, list[Plain]] = {}
        for value in ("", "2", "{{$Stamps + 1}}"):
            rules |= {f"step {value}": [progress | {"value": value}]} if value else {}
            rules |= {f"{value} {title}": blocks for title, blocks in standing().items()}
        effects = await run(shop, rules, parameters=[{"name": "Stamps", "value": 1}], profile="ann")
    assert titles(effects) == [
        *("not(started)", "not(inProgress)", "not(completed)"),
        *("started", "inProgress", "not(completed)"),
        *("justCompleted", "started", "not(inProgress)", "completed"),
    ]
    values = [(props["delta"], props["value"]) for kind, props in effects if kind == "increaseAchievementProgress"]
    assert values == [(2, 2), (2, 4)]


async def test_every_condition_decides(database: Database, database_url: str) -> None:
    rules = {title: [*blocks, shown(title)] for title, blocks in CONDITIONS.items()}
    async with open_door(database_url) as client:
        effects = await run(await opened(client, database), rules)
    wanted = [title for title in CONDITIONS if not title.startswith("not")]
    assert titles(effects) == [*wanted, "instead"]
    assert [props["value"] for kind, props in effects if kind == "acceptCoupon"] == ["TENOFF"]


def award(target: Plain, value: Any) -> Plain:
    """A discount."""
    return {"type": "awardDiscount", "name": "D", "value": value, "partial": True, "target": target}


def cost(name: str, target: Plain) -> Plain:
    """The target of a discount on a cost."""
    return {"type": "additionalCost", "additionalCost": {"id": 0, "name": name}, "target": target}


SHOES: Plain = {"type": "selector", "name": "Shoes"}
HATS: Plain = {"type": "globalFilter", "name": "Hats"}
PAIR: Plain = {"type": "bundle", "name": "Pair"}
SECOND: Plain = PAIR | {"item": {"type": "byIndex", "value": 1}}
DEAREST: Plain = PAIR | {"item": {"type": "byAttribute", "attribute": "{{$Item.Price}}", "direction": "highest"}}
CHEAPEST: Plain = PAIR | {"item": {"type": "byAttribute", "attribute": "$Item.Price", "direction": "lowest"}}
PAIRS: Plain = {"name": "Pair", "type": "bundle", "items": [{"source": "$Session.CartItems", "quantity": 2}]}


def paired(values: dict[int, int], **others: Any) -> list[tuple[str, Plain]]:
    """Discounts of items of the only pair, by position."""
    told = {"bundleIndex": 0, "bundleName": "Pair"} | others
    return [("setDiscountPerItem", {"position": at, "value": value} | told) for at, value in values.items()]


EFFECTS: list[tuple[Plain, list[tuple[str, Plain]]]] = [
    (award({"type": "cart"}, "{{[Session.Total] * 10%}}"), [("setDiscount", {"value": 10.1})]),
    (award({"type": "allItems"}, 1), [("setDiscountPerItem", {"position": at, "value": 1}) for at in (0, 1)]),
    (
        award({"type": "allItems", "prorated": True}, 9),
        [("setDiscountPerItem", {"position": at, "value": value}) for at, value in ((0, 6), (1, 3))],
    ),
    (award(SHOES | {"prorated": True}, 6), [("setDiscountPerItem", {"position": 0, "value": 6, "totalDiscount": 6})]),
    (award(SHOES, "{{ROUND_DOWN(Item.Price / 7)}}"), [("setDiscountPerItem", {"position": 0, "value": 8})]),
    (award(SHOES, "{{$CartItem.Price / 10}}"), [("setDiscountPerItem", {"position": 0, "value": 6})]),
    (award(PAIR, "{{$Item.Price / 10}}"), paired({0: 6, 1: 3})),
    (award(PAIR | {"prorated": True}, "{{$Bundle.Total * 10%}}"), paired({0: 6, 1: 3}, totalDiscount=9)),
    (award(SECOND, 5), paired({1: 5}, targetedItemPosition=1, targetedItemSubPosition=0)),
    (
        award(DEAREST | {"prorated": True}, "{{$Item.Price * 5%}}"),
        paired({0: 2, 1: 1}, totalDiscount=3, targetedItemPosition=0),
    ),
    (award(CHEAPEST, "{{$Item.Price}}"), paired({1: 30}, targetedItemPosition=1)),
    (award(HATS, "{{$Item.Price / 2}}"), [("setDiscountPerItem", {"position": 1, "value": 15})]),
    (award(HATS | {"prorated": True}, 5), [("setDiscountPerItem", {"position": 1, "value": 5, "totalDiscount": 5})]),
    *(
        (award(cost("wrapping", of), 1), [("setDiscountPerAdditionalCostPerItem", {"position": at, "value": 1})])
        for of, at in ((SHOES, 0), (HATS, 1))
    ),
    (award(cost("shipping", {"type": "cart"}), 5), [("setDiscountPerAdditionalCost", {"value": 5})]),
    (
        award(cost("wrapping", {"type": "allItems"}), "{{$Item.AdditionalCosts.wrapping.Price}}"),
        [("setDiscountPerAdditionalCostPerItem", {"position": at, "value": value}) for at, value in ((0, 4), (1, 2))],
    ),
    (
        {"type": "awardItem", "sku": "S", "name": "Socks", "quantity": "{{count($Shoes) + 1}}"},
        [("addFreeItem", {"sku": "S"})] * 2,
    ),
    (
        shown("{{[Shoes item count (Shoes)]}} and {{[Hats item count (Hats)]}}"),
        [("showNotification", {"title": "1 and 1"})],
    ),
    (shown("{{[Session.Discounts.D]}}"), [("showNotification", {"title": "10.1"})]),
    (
        shown("Dear {{$Session.Attributes.tier}}") | {"body": "[Session.Total]"},
        [("showNotification", {"title": "Dear gold", "body": "101"})],
    ),
    (
        {
            "type": "updateAttributeValue",
            "operator": "increaseBy",
            "attribute": VISITS,
            "value": 2,
            "target": {"type": "session"},
        },
        [("updateAttribute", {"path": "Session.Attributes.visits", "value": 2})],
    ),
    (
        {
            "type": "triggerCustomEffect",
            "customEffect": {"id": 7, "name": "wrap", "title": "Wrap"},
            "params": {"sku": "$Item.SKU", "size": 2},
            "target": SHOES,
        },
        [("customEffect", {"effectId": 7, "payload": {"sku": "A", "size": 2}, "cartItemPosition": 0})],
    ),
    (
        {
            "type": "triggerCustomEffect",
            "customEffect": {"id": 7, "name": "box", "title": "Box"},
            "target": PAIR,
        },
        [("customEffect", {"cartItemPosition": at, "bundleIndex": 0, "bundleName": "Pair"}) for at in (0, 1)],
    ),
    (
        {"type": "triggerCustomEffect", "customEffect": {"id": 7, "name": "box", "title": "Box"}, "target": HATS},
        [("customEffect", {"cartItemPosition": 1})],
    ),
    ({"type": "passthrough", "expression": ["setDiscount", "P", 3]}, [("setDiscount", {"name": "P", "value": 3})]),
    (
        shown("{{$Session.Attributes.never}}") | {"onError": {"missingAttribute": [shown("Nobody")]}},
        [("showNotification", {"title": "Nobody"})],
    ),
    (shown("{{$Session.Attributes.never}}"), []),
    (shown("{{$Session.Attributes.never}}") | {"tags": ["reportsErrors"]}, [("error", {})]),
]
FILTER: Plain = {
    "type": "filter",
    "predicate": {"type": "checkAttribute", "operator": "equals", "attribute": "$Item.Category", "value": "shoes"},
}


def selector(name: str, *steps: Plain, source: str = "$Session.CartItems") -> Plain:
    """A selector."""
    return {"name": name, "type": "selector", "source": source, "steps": list(steps)}


async def test_every_effect_is_given(database: Database, database_url: str) -> None:
    rules = {f"rule {index}": [block] for index, (block, _) in enumerate(EFFECTS)}
    async with open_door(database_url) as client:
        shop = await opened(client, database)
        given = await run(shop, rules, selectors=[selector("Shoes", FILTER)], bundles=[PAIRS])
    given = [(kind, props) for kind, props in given if kind != "rejectCoupon"]
    wanted = [effect for _, effects in EFFECTS for effect in effects]
    assert [kind for kind, _ in given] == [kind for kind, _ in wanted]
    for (_, props), (_, told) in zip(given, wanted, strict=True):
        assert {name: props[name] for name in told} == told


def by_price(direction: str) -> Plain:
    """A step that sorts."""
    return {"type": "sort", "fields": [{"expression": "$Item.Price", "direction": direction}]}


PRICES: Plain = {"type": "map", "expression": "$Item.Price"}
MAPPED: Plain = {"type": "filterAndMapValues", "valueMap": {}}
STEPS: list[tuple[list[Plain], str, Any]] = [
    ([FILTER], "count($S)", 1),
    ([by_price("asc"), PRICES, {"type": "select", "operator": "one", "index": 0}], "$S", 30),
    ([by_price("desc"), PRICES, {"type": "select", "operator": "one", "index": 0}], "$S", 60),
    ([PRICES, {"type": "reverse"}, {"type": "select", "operator": "one", "index": 0}], "$S", 30),
    ([{"type": "select", "operator": "many", "from": "start", "count": 1}, PRICES], "max($S)", 60),
    ([{"type": "select", "operator": "many", "from": "end", "count": 1}, PRICES], "max($S)", 30),
    ([{"type": "select", "operator": "between", "from": 1, "to": 9}, PRICES], "max($S)", 30),
    ([PRICES, {"type": "reduce", "operator": "max"}], "$S", 60),
    ([PRICES, {"type": "reduce", "operator": "min"}], "$S", 30),
    ([PRICES, {"type": "reduce", "operator": "sum"}], "$S", 90),
    ([{"type": "reduce", "operator": "count"}], "$S", 2),
    ([MAPPED], "count($S)", 1),
    ([MAPPED, {"type": "map", "expression": "$Item.MappedValue"}, {"type": "reduce", "operator": "sum"}], "$S", 7),
    ([{"type": "reduce", "operator": "empty"}], "$S", False),
]


async def test_every_kind_of_target_is_discounted() -> None:
    targets = [block["target"] for block, _ in EFFECTS if block["type"] == "awardDiscount"]
    assert {each["type"] for each in targets} == {each.__struct_config__.tag for each in get_args(AwardDiscountTarget)}
    of_costs = {each["target"]["type"] for each in targets if each["type"] == "additionalCost"}
    assert of_costs == {"cart", "allItems", "globalFilter", "selector"}
    prorated = {each["type"] for each in targets if each.get("prorated")}
    assert prorated == {"allItems", "globalFilter", "selector", "bundle"}


async def test_every_step_of_a_selector_is_taken(database: Database, database_url: str) -> None:
    taken = {step["type"] for steps, _, _ in STEPS for step in steps}
    assert taken == {each.__struct_config__.tag for each in get_args(SelectorStep)}
    rules, selectors = {}, []
    for index, (steps, read, value) in enumerate(STEPS):
        selectors.append(selector(f"S{index}", *steps))
        fits = check("equals", f"{{{{{read.replace('$S', f'$S{index}')}}}}}", {"value": value})
        rules[f"{index}"] = [fits, shown(f"{index}")]
    parameters = [{"name": "Limit", "value": 60}]
    rules["a parameter"] = [check("equals", "$Limit", {"value": "{{$S1 * 2}}"}), shown("a parameter")]
    async with open_door(database_url) as client:
        effects = await run(await opened(client, database), rules, selectors=selectors, parameters=parameters)
    assert titles(effects) == list(rules)
