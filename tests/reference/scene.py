"""The shop and the session that examples of what rules ask and do are about, and what comes of an example there."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.formats.documents import encode_effects
from largesse.engine.refusals import Refusal
from largesse.language import Json, parse, to_json
from tests.support.memory_shop import MemoryShop
from tests.support.story_parts.everything import CAMPAIGN, PLAN, SESSION

Plain = dict[str, Any]

WEBHOOK: Plain = {"title": "told", "verb": "POST", "url": "https://shop.example/told", "headers": [], "payload": "{}"}
CUSTOMER, FORMER_AUDIENCE = "ann", 2
STARS, CARDS = PLAN["loyaltyPrograms"]
SHOP: Plain = PLAN | {
    "loyaltyPrograms": [STARS | {"returnPolicy": "within_balance"}, CARDS],
    "audiences": [{"id": 1, "name": "vip"}, {"id": FORMER_AUDIENCE, "name": "newcomers"}],
    "collections": [{"id": 1, "name": "headwear", "items": ["hat", "cap"]}],
    "giveawaysPools": [{"id": 1, "name": "cards", "giveaways": [{"code": "G-1"}, {"code": "G-2"}]}],
    "webhooks": [WEBHOOK | {"params": [], "enabled": True, "draft": False}],
    "cartItemFilters": [],
    "campaigns": [CAMPAIGN | {"ruleset": {}, "limits": [{"action": "createCoupon", "limit": 3, "entities": []}]}],
}
# What the customer has got already when an example is tried: points that expire.
POINTS_BEFORE, VALIDITY = 30, "10D"
BEFORE = ["addLoyaltyPoints", 1, "", "", "stars", POINTS_BEFORE, ["kv", ["validity", VALIDITY]]]
_decode = msgspec.json.Decoder(float_hook=Decimal).decode
FOR_CODES = ["and", ["couponValid"], ["referralValid"]]


def as_expression(text: Json) -> Json:
    """An example's expression as JSON."""
    if not isinstance(text, str):
        return text
    node, mistakes = parse(text)
    assert not mistakes, f"{text}: {mistakes}"
    return to_json(node)


def value_of(example: Json) -> Json:
    """What an expression comes to: it is put into the payload of an effect."""
    shown: Json = ["customEffect", 9, "value", ["kv", ["value", as_expression(example)]]]
    (effect,) = [each for each in _run(["and"], shown) if each["effectType"] == "customEffect"]
    value: Json = effect["props"]["payload"]["value"]
    return value


def effects_of(example: Json) -> list[Plain]:
    """The effects that an expression gives."""
    codes = ("acceptCoupon", "acceptReferral")
    return [each for each in _run(FOR_CODES, as_expression(example)) if each["effectType"] not in codes]


def given_by_the_engine() -> list[Plain]:
    """The effects of a session that is open, closed, and cancelled, and of one with codes that nobody knows."""
    gifts: list[Json] = [
        ["setDiscount", "Ten", 10],
        ["deductLoyaltyPoints", 1, "", "Paid", 10],
        ["addLoyaltyPoints", 1, "", "", "Thanks", 100],
        ["increaseAchievementProgress", 1, 2],
        ["awardGiveaway", 1],
        ["showNotification", "Info", [".", "Session", "Attributes", "PaymentMethod"]],
    ]
    shop = _shop(FOR_CODES, *gifts)
    unknown = {"couponCodes": ["NOPE"], "referralCode": "NOPE", "profileId": CUSTOMER}
    steps = [("other", unknown), ("s", SESSION | {"state": "open"}), ("s", SESSION), ("s", {"state": "cancelled"})]
    return [effect for session_id, update in steps for effect in _effects(shop.update(session_id, update))]


def _run(condition: Json, effect: Json) -> list[Plain]:
    effects = _effects(_shop(condition, effect).update("example", SESSION))
    return [each for each in effects if each["ruleName"] == "example"]


def _shop(condition: Json, *effects: Json) -> MemoryShop:
    rules = [
        {"title": "before", "condition": ["and"], "effects": [BEFORE]},
        {"title": "example", "condition": condition, "effects": [*effects]},
    ]
    campaign = SHOP["campaigns"][0] | {"ruleset": {"bindings": [], "rules": rules}}
    shop = MemoryShop(SHOP | {"campaigns": [campaign]})
    shop.move(CUSTOMER, FORMER_AUDIENCE, True)
    return shop


def _effects(outcome: Outcome | Sequence[Refusal]) -> list[Plain]:
    assert isinstance(outcome, Outcome), outcome
    effects: list[Plain] = _decode(encode_effects(outcome.effects))
    return effects
