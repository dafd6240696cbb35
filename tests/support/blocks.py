"""Blocks with the expressions they stand for: one of every kind that is built."""

import json
from decimal import Decimal
from typing import Any, get_args

import msgspec

from largesse.engine.formats.structured.blocks import PromotionBlock

Plain = dict[str, Any]
TYPES = frozenset(each.__struct_config__.tag for each in get_args(PromotionBlock))
ENCODER = msgspec.json.Encoder(decimal_format="number")
TOTAL = [".", "Session", "Total"]
ITEMS = [".", "Session", "CartItems"]
NAME = [".", "Profile", "Attributes", "Name"]
TIER = {"id": 5, "entity": "CustomerSession", "name": "tier", "title": "tier", "type": "string"}
NOTE = {"type": "showNotification", "notificationType": "Info", "title": "Hi"}
NOTED = ["catch", ["noop"], ["showNotification", "Info", "Hi"]]


def compare(operator: str, **fields: Any) -> Plain:
    """A comparison of the session's total."""
    return {"type": "checkAttribute", "operator": operator, "attribute": "$Session.Total", **fields}


def group(operator: str, *blocks: Plain, **fields: Any) -> Plain:
    """A group."""
    return {"type": "group", "operator": operator, "blocks": list(blocks), **fields}


def discount(target: Plain, value: Any = 10, *, partial: bool = False) -> Plain:
    """A discount."""
    return {"type": "awardDiscount", "name": "Ten", "value": value, "partial": partial, "target": target}


COUPON: Plain = {"type": "checkCoupon", "redeem": True}
LONG: Plain = compare("greaterThan", value=100)
WINDOW = {"start": "2026-01-01T00:00:00Z", "end": "2026-02-01T00:00:00Z"}
FLAGS = {"startInclusive": False, "endInclusive": True, "timezoneInsensitive": True}

AUDIENCE: Plain = {"type": "checkAudience", "profile": "Current", "audience": {"id": 7, "name": ""}}
MEMBERSHIP: Plain = AUDIENCE | {"type": "updateAudienceMembership"}

BALANCE: Plain = {
    "type": "checkLoyaltyBalance",
    "program": {"id": 7, "name": "", "title": ""},
    "subledger": "",
    "balance": "current",
    "value": 50,
}
AIM: Plain = {"id": 9, "name": "ten", "title": "Ten", "target": 10}
ACHIEVED: Plain = {"type": "checkAchievement", "achievement": AIM}

CONDITIONS: list[tuple[Plain, Any]] = [
    (compare("equals", value=10), ["=", TOTAL, 10]),
    (compare("not(equals)", value="a"), ["!=", TOTAL, "a"]),
    (compare("lessThan", value="{{$Session.Total / 2}}"), ["<", TOTAL, ["/", TOTAL, 2]]),
    (compare("lessThanOrEqual", value="$Session.CartItemTotal"), ["<=", TOTAL, [".", "Session", "CartItemTotal"]]),
    (LONG, [">", TOTAL, 100]),
    (compare("greaterThanOrEqual", value=Decimal("99.5")), [">=", TOTAL, Decimal("99.5")]),
    (compare("between", min=10, max=20), ["and", [">=", TOTAL, 10], ["<=", TOTAL, 20]]),
    (compare("contains", value="a"), ["contains", TOTAL, "a"]),
    (compare("not(contains)", value="a"), ["notContains", TOTAL, "a"]),
    (compare("matchesRegexp", value="^[a-z.]+$"), ["~", "^[a-z.]+$", TOTAL]),
    (compare("startsWith", value="a"), ["startsWith", TOTAL, "a"]),
    (compare("endsWith", value="$a"), ["endsWith", TOTAL, "$a"]),
    (compare("oneOf", value=["a", 1, True]), ["oneOf", TOTAL, ["list", "a", 1, True]]),
    (compare("not(oneOf)", value=["a"]), ["not", ["oneOf", TOTAL, ["list", "a"]]]),
    (compare("inCollection", value="boots"), ["inCollection", TOTAL, "boots"]),
    (compare("not(inCollection)", value=7), ["not", ["inCollection", TOTAL, 7]]),
    (compare("empty"), ["isEmpty", TOTAL]),
    (compare("not(empty)"), ["not", ["isEmpty", TOTAL]]),
    (compare("exists"), ["catch", False, ["do", TOTAL, [["x"], True]]]),
    (compare("not(exists)"), ["not", ["catch", False, ["do", TOTAL, [["x"], True]]]]),
    (compare("isTrue"), ["=", TOTAL, True]),
    (compare("isFalse"), ["=", TOTAL, False]),
    (compare("containsAtLeast", values=["a"], count=1), ["containsAtLeast", TOTAL, ["list", "a"], 1]),
    (compare("containsExactly", values="$Colors", count=2), ["containsExactly", TOTAL, [".", "Colors"], 2]),
    (compare("containsOneOf", values=["a", "b"]), ["containsOneOf", TOTAL, ["list", "a", "b"]]),
    (compare("containsNoneOf", values=["a"]), ["containsNoneOf", TOTAL, ["list", "a"]]),
    (compare("containsAllOf", values=["a"]), ["containsAllOf", TOTAL, ["list", "a"]]),
    (compare("after", value="2026-01-01T00:00:00Z"), ["after", TOTAL, "2026-01-01T00:00:00Z"]),
    (compare("before", value="2026-01-01T00:00:00Z"), ["before", TOTAL, "2026-01-01T00:00:00Z"]),
    *(
        (
            compare(operator, value="2026-01-01T00:00:00Z", timezoneInsensitive=True),
            [operator, ["wallClock", TOTAL], ["wallClock", "2026-01-01T00:00:00Z"]],
        )
        for operator in ("after", "before")
    ),
    (compare("within", **WINDOW, **FLAGS), ["within", TOTAL, WINDOW["start"], WINDOW["end"], False, True, True]),
    (
        compare("not(within)", **WINDOW, **FLAGS),
        ["not", ["within", TOTAL, WINDOW["start"], WINDOW["end"], False, True, True]],
    ),
    (
        compare("equals", value=1) | {"attribute": "{{count($Shoes) + 1}}"},
        ["=", ["+", ["count", [".", "Shoes"]], 1], 1],
    ),
    (compare("empty") | {"attribute": ["filter", ITEMS, [["I"], True]]}, ["isEmpty", ["filter", ITEMS, [["I"], True]]]),
    (COUPON, ["couponValid"]),
    ({"type": "checkCoupon", "redeem": False}, ["couponValidNoRedeem"]),
    ({"type": "checkReferral", "redeem": True}, ["referralValid"]),
    ({"type": "checkReferral", "redeem": False}, ["referralValidNoRedeem"]),
    ({"type": "checkEvent", "eventType": "sessionClosed"}, ["eventIs", "sessionClosed"]),
    ({"type": "checkEvent", "eventType": "x", "matchers": [LONG]}, ["and", ["eventIs", "x"], [">", TOTAL, 100]]),
    (
        {"type": "checkAchievement", "operator": "justCompleted", "achievement": AIM},
        ["checkAchievement", 9, "justCompleted"],
    ),
    (
        {"type": "checkAchievement", "operator": "not(started)", "achievement": AIM},
        ["checkAchievement", 9, "not(started)"],
    ),
    ({"type": "checkBudget", "operator": "available", "action": "callApi"}, ["budgetAvailable", "callApi"]),
    (
        {"type": "checkBudget", "operator": "enoughFor", "action": "setDiscount", "value": 5},
        ["budgetEnoughFor", "setDiscount", 5],
    ),
    *(
        (BALANCE | {"operator": operator}, [sign, ["subledgerBalance", 7, "", "current"], 50])
        for operator, sign in (
            ("equals", "="),
            ("not(equals)", "!="),
            ("lessThan", "<"),
            ("lessThanOrEqual", "<="),
            ("greaterThan", ">"),
            ("greaterThanOrEqual", ">="),
        )
    ),
    (
        BALANCE | {"operator": "equals", "balance": "tentativeCurrent", "subledger": "fun"},
        ["=", ["subledgerBalance", 7, "fun", "tentativeCurrent"], 50],
    ),
    (AUDIENCE | {"operator": "member"}, ["audienceMember", "Current", 7]),
    (AUDIENCE | {"operator": "not(member)"}, ["not", ["audienceMember", "Current", 7]]),
    (AUDIENCE | {"operator": "justJoined"}, ["audienceJustJoined", "Current", 7]),
    (AUDIENCE | {"operator": "justLeft", "profile": "Advocate"}, ["audienceJustLeft", "Advocate", 7]),
    (group("all", COUPON, LONG), ["and", ["couponValid"], [">", TOTAL, 100]]),
    (group("atLeastOne", COUPON), ["or", ["catch", False, ["couponValid"]]]),
    (group("none", COUPON), ["not", ["or", ["catch", False, ["couponValid"]]]]),
    (group("atLeastOne", COUPON, tags=["reportsErrors"]), ["or", ["couponValid"]]),
    (COUPON | {"onFailure": [NOTE]}, ["onFailure", ["couponValid"], NOTED]),
    (
        group("all", LONG, onError={"missingAttribute": [NOTE], "default": []}),
        [
            "=",
            True,
            [
                "onError",
                False,
                ["=", True, ["onError", False, ["and", [">", TOTAL, 100]], "missingAttribute", NOTED]],
                "default",
            ],
        ],
    ),
    ({"type": "passthrough", "expression": ["not", ["couponValid"]]}, ["not", ["couponValid"]]),
]

SHOES: Plain = {"type": "selector", "name": "Shoes"}
HATS: Plain = {"type": "globalFilter", "name": "Hats"}
PAIRS: Plain = {"type": "bundle", "name": "Pairs"}
PAIRED = [".", "Pairs"]
SECOND: Plain = PAIRS | {"item": {"type": "byIndex", "value": 1}}
CHEAPEST: Plain = PAIRS | {"item": {"type": "byAttribute", "attribute": "$Item.Price", "direction": "lowest"}}
COST: Plain = {"type": "additionalCost", "additionalCost": {"id": 7, "name": "shipping"}}
HALF = [["Item"], ["/", [".", "Item", "Price"], 2]]
CHEAP = [["Item"], ["catch", None, [".", "Item", "Price"]]]
PER_ITEM = "setDiscountPerItem"
PER_BUNDLE = "setDiscountPerBundle"
PER_COST = "setDiscountPerAdditionalCost"
VOUCHER: Plain = {
    "type": "createCoupon",
    "campaignId": "{{$Campaign.Id}}",
    "recipientId": "{{$Profile.IntegrationId}}",
    "storeInSession": False,
}
TERMS: Plain = {
    "usageLimit": 2,
    "startDate": "2026-12-24T14:15:22Z",
    "expiryDate": '{{addDuration($Now, 30, "days")}}',
    "attributes": {"tier": "gold", "name": "$Profile.Attributes.Name"},
    "validCharacters": "ABC",
    "pattern": "SUMMER-####-####",
}
TERM_ENTRIES: list[Any] = [
    ["startDate", "2026-12-24T14:15:22Z"],
    ["expiryDate", ["addDuration", [".", "Now"], 30, "days"]],
    ["attributes", ["kv", ["tier", "gold"], ["name", NAME]]],
    ["validCharacters", "ABC"],
    ["pattern", "SUMMER-####-####"],
    ["storeInSession", True],
]
UNDEFINED: Plain = {"attribute": {"id": 0, "entity": "", "name": "tier", "title": "tier", "type": ""}}
UPDATE: Plain = {"type": "updateAttributeValue", "attribute": TIER, "target": {"type": "session"}}
ENGRAVE: Plain = {"type": "triggerCustomEffect", "customEffect": {"id": 7, "name": "engrave", "title": "engrave"}}
CALL: Plain = {"type": "triggerWebhook", "webhook": {"id": 3, "title": ""}}

PROGRESS: Plain = {"type": "updateAchievementProgress", "operator": "increaseBy", "achievement": AIM}
AWARD: Plain = {"type": "awardGiveaway", "giveawayPool": {"id": 8, "name": "Cards"}, "profile": "Current"}

EFFECTS: list[tuple[Plain, Any]] = [
    (discount({"type": "cart"}), ["setDiscount", "Ten", 10]),
    (discount({"type": "cart"}, "{{$Session.Total * 10%}}"), ["setDiscount", "Ten", ["*", TOTAL, ["/", 10, 100]]]),
    (discount({"type": "cart"}, partial=True), ["setDiscount", "Ten", 10, True]),
    (discount({"type": "allItems"}), [PER_ITEM, ITEMS, "Ten", 10]),
    (discount({"type": "allItems", "prorated": True}), [PER_ITEM + "ProRata", ITEMS, "Ten", 10]),
    (discount(SHOES, "{{$Item.Price / 2}}"), [PER_ITEM, [".", "Shoes"], "Ten", HALF]),
    (discount(SHOES, partial=True), [PER_ITEM, [".", "Shoes"], "Ten", 10, "", True]),
    (discount(HATS, "{{$Item.Price / 2}}"), [PER_ITEM, [".", "Hats"], "Ten", HALF]),
    (discount(HATS | {"prorated": True}), [PER_ITEM + "ProRata", [".", "Hats"], "Ten", 10]),
    (discount(COST | {"target": HATS}), [PER_COST + "PerItem", [".", "Hats"], "shipping", "Ten", 10]),
    (discount(COST | {"target": {"type": "cart"}}), [PER_COST, "shipping", "Ten", 10]),
    (
        discount(COST | {"target": SHOES}, "{{$Item.Price / 2}}"),
        [PER_COST + "PerItem", [".", "Shoes"], "shipping", "Ten", HALF],
    ),
    (discount(PAIRS, "{{$Item.Price / 2}}"), [PER_BUNDLE + "Item", PAIRED, "Ten", HALF]),
    (discount(SECOND, partial=True), [PER_BUNDLE + "Item", ["targetItem", PAIRED, 1], "Ten", 10, "", True]),
    (
        discount(PAIRS | {"prorated": True}, "{{$Bundle.Total * 10%}}"),
        [PER_BUNDLE + "ProRata", PAIRED, "Ten", [["Bundle"], ["*", [".", "Bundle", "Total"], ["/", 10, 100]]]],
    ),
    (
        discount(CHEAPEST | {"prorated": True}, "{{$Item.Price / 2}}"),
        [PER_BUNDLE + "ProRata", ["targetItem", PAIRED, CHEAP, False], "Ten", HALF],
    ),
    ({"type": "awardItem", "sku": "S", "name": "Free", "quantity": "1"}, ["addFreeItem", "S", "Free", 1]),
    (
        {"type": "awardItem", "sku": "S", "name": "Free", "quantity": "{{$Session.Total / 2}}", "partial": True},
        ["addFreeItem", "S", "Free", ["/", TOTAL, 2], True],
    ),
    (AWARD, ["awardGiveaway", 8, "Current"]),
    (PROGRESS | {"value": "10"}, ["increaseAchievementProgress", 9, 10]),
    (PROGRESS | {"value": "{{$Session.Total / 2}}"}, ["increaseAchievementProgress", 9, ["/", TOTAL, 2]]),
    (AWARD | {"profile": "Advocate"}, ["awardGiveaway", 8, "Advocate"]),
    (
        AWARD | {"onError": {"budgetExceeded": [NOTE]}},
        ["onError", None, ["awardGiveaway", 8, "Current"], "budgetExceeded", NOTED],
    ),
    (NOTE, ["showNotification", "Info", "Hi"]),
    (
        NOTE | {"body": "Dear {{$Profile.Attributes.Name}}!"},
        ["showNotification", "Info", "Hi", ["concat", "Dear ", ["toString", NAME], "!"]],
    ),
    (
        NOTE | {"onError": {"missingAttribute": [NOTE]}},
        ["onError", None, ["showNotification", "Info", "Hi"], "missingAttribute", NOTED],
    ),
    (UPDATE | {"operator": "setTo", "value": "Gold"}, ["updateAttribute", "Session.Attributes.tier", "setTo", "Gold"]),
    (UPDATE | {"operator": "increaseBy", "value": 1}, ["updateAttribute", "Session.Attributes.tier", "increaseBy", 1]),
    (
        UPDATE | {"operator": "toggle"},
        ["updateAttribute", "Session.Attributes.tier", ["not", [".", "Session", "Attributes", "tier"]]],
    ),
    (MEMBERSHIP | {"operator": "add"}, ["addToAudience", "Current", 7]),
    (MEMBERSHIP | {"operator": "remove", "profile": "Advocate"}, ["removeFromAudience", "Advocate", 7]),
    (
        UPDATE | UNDEFINED | {"operator": "laterBy", "value": 3, "target": {"type": "advocateProfile"}},
        ["updateAttribute", "AdvocateProfile.Attributes.tier", "laterBy", 3],
    ),
    (
        UPDATE | UNDEFINED | {"operator": "earlierBy", "value": "2h", "target": {"type": "referral"}},
        ["updateAttribute", "Referral.Attributes.tier", "earlierBy", "2h"],
    ),
    (
        UPDATE | UNDEFINED | {"operator": "setTo", "value": "$Item.SKU", "target": {"type": "allItems"}},
        ["updateItemAttribute", ITEMS, "tier", "setTo", [["Item"], [".", "Item", "SKU"]]],
    ),
    (
        UPDATE | UNDEFINED | {"operator": "multiplyBy", "value": 2, "target": {"type": "selector", "name": "Shoes"}},
        ["updateItemAttribute", [".", "Shoes"], "tier", "multiplyBy", 2],
    ),
    (
        UPDATE | UNDEFINED | {"operator": "toggle", "target": {"type": "allItems"}},
        ["updateItemAttribute", ITEMS, "tier", "setTo", [["Item"], ["not", [".", "Item", "Attributes", "tier"]]]],
    ),
    (
        VOUCHER,
        ["createCoupon", [".", "Campaign", "Id"], ["toString", [".", "Profile", "IntegrationId"]]],
    ),
    (
        VOUCHER | {"campaignId": 3, "recipientId": ""} | TERMS | {"discountLimit": 5, "storeInSession": True},
        ["createCoupon", 3, "", ["kv", ["usageLimit", 2], ["discountLimit", 5], *TERM_ENTRIES]],
    ),
    (
        {"type": "createReferral", "campaignId": 3, "friendId": "bob", "storeInSession": True} | TERMS,
        ["createReferral", 3, "bob", ["kv", ["usageLimit", 2], *TERM_ENTRIES]],
    ),
    (
        {"type": "createReferral", "campaignId": 3, "friendId": "", "storeInSession": False, "usageLimit": "{{2 + 1}}"},
        ["createReferral", 3, "", ["kv", ["usageLimit", ["+", 2, 1]]]],
    ),
    ({"type": "reserveCoupon"}, ["reserveCoupon"]),
    (
        ENGRAVE | {"target": {"type": "cart"}, "params": {"order_id": "$Session.IntegrationId", "lines": 2}},
        ["customEffect", 7, "engrave", ["kv", ["order_id", [".", "Session", "IntegrationId"]], ["lines", 2]]],
    ),
    (
        ENGRAVE | {"target": SHOES, "params": {"sku": "$Item.SKU"}},
        ["customEffectPerItem", [".", "Shoes"], 7, "engrave", [["Item"], ["kv", ["sku", [".", "Item", "SKU"]]]]],
    ),
    (
        ENGRAVE | {"target": HATS, "params": {"size": 2}},
        ["customEffectPerItem", [".", "Hats"], 7, "engrave", [["Item"], ["kv", ["size", 2]]]],
    ),
    (
        ENGRAVE | {"target": PAIRS, "params": {"sku": "$Item.SKU"}},
        ["customEffectPerBundleItem", PAIRED, 7, "engrave", [["Item"], ["kv", ["sku", [".", "Item", "SKU"]]]]],
    ),
    (CALL, ["callApi", 3]),
    (
        CALL | {"params": {"order_id": "$Session.IntegrationId"}, "onError": {"default": [NOTE]}},
        ["onError", None, ["callApi", 3, ["kv", ["order_id", [".", "Session", "IntegrationId"]]]], "default", NOTED],
    ),
]


def numbered(json_: Any) -> Any:
    """The blocks, each with an id."""
    if isinstance(json_, list):
        return [numbered(each) for each in json_]
    if not isinstance(json_, dict):
        return json_
    made = {name: numbered(value) for name, value in json_.items()}
    return {"id": "0"} | made if made.get("type") in TYPES and "id" not in made else made


def unnumbered(json_: Any) -> Any:
    """The blocks without their ids."""
    if isinstance(json_, list):
        return [unnumbered(each) for each in json_]
    if not isinstance(json_, dict):
        return json_
    drop = {"id"} if json_.get("type") in TYPES else set()
    return {name: unnumbered(value) for name, value in json_.items() if name not in drop}


def plain(value: object) -> Any:
    """A shape as plain JSON."""
    return json.loads(ENCODER.encode(value), parse_float=Decimal)
