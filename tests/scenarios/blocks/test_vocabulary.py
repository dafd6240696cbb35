"""Every condition and every effect that rules offer, row by row as they are documented: each is a function, has its
block or passes through, and is run on the engine and over HTTP, as an expression and as blocks."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
import pytest

from largesse.engine.evaluation.environment import rule_environment
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.formats.documents import encode_effects
from largesse.engine.formats.plain_definitions import plain_definitions
from largesse.engine.formats.structured.compile import compile_structured
from largesse.engine.formats.structured.projection.rulesets import project
from largesse.language import Call, parse_formula
from largesse.plumbing.database import Database
from tests.support.api import open_door
from tests.support.blocks import plain
from tests.support.effect_props import check_props
from tests.support.memory_shop import MemoryShop
from tests.support.shop_plans import build, send
from tests.support.story_parts.everything import CAMPAIGN, PLAN, SESSION

pytestmark = pytest.mark.anyio

Expression = list[Any]
SKU = [["Item"], ["kv", ["sku", [".", "Item", "SKU"]]]]
ITEMS, PAIRS, HERE = [".", "Session", "CartItems"], [".", "Pair"], [".", "Campaign", "Id"]
TOTAL, NOTE = [".", "Session", "Total"], [".", "Session", "Attributes", "note"]
LARGE: Expression = [">", TOTAL, 10]
PASSED = "passthrough"
CODE = ["kv", ["pattern", "NEW-########"]]


class Row(NamedTuple):
    """A condition that holds in SESSION, unless it says otherwise, or an effect that is given there: the type of its
    block, and of its effect."""

    expression: Expression
    block: str
    gives: str = ""
    holds: bool = True


EFFECTS: dict[str, list[Row]] = {
    "Discount session total": [Row(["setDiscount", "Ten", 1], "awardDiscount", "setDiscount")],
    "Discount individual items": [Row(["setDiscountPerItem", ITEMS, "Each", 1], "awardDiscount", "setDiscountPerItem")],
    "Discount individual items pro rata": [
        Row(["setDiscountPerItemProRata", ITEMS, "All", 2], "awardDiscount", "setDiscountPerItem")
    ],
    "Discount bundles pro rata": [
        Row(["setDiscountPerBundleProRata", PAIRS, "Pair", 2], "awardDiscount", "setDiscountPerItem")
    ],
    "Discount individual item in bundles pro rata": [
        Row(
            ["setDiscountPerBundleProRata", ["targetItem", PAIRS, 0], "One", [["Item"], [".", "Item", "Quantity"]]],
            "awardDiscount",
            "setDiscountPerItem",
        )
    ],
    "Discount additional cost": [
        Row(["setDiscountPerAdditionalCost", "shipping", "Ship", 1], "awardDiscount", "setDiscountPerAdditionalCost")
    ],
    "Discount additional cost per item": [
        Row(
            ["setDiscountPerAdditionalCostPerItem", ITEMS, "wrap", "Wrap", 1],
            "awardDiscount",
            "setDiscountPerAdditionalCostPerItem",
        )
    ],
    "Add free item": [Row(["addFreeItem", "S", "Socks", 1], "awardItem", "addFreeItem")],
    "Add loyalty points": [
        Row(["addLoyaltyPoints", 1, "", "", "stars", 30, ["kv", ["validity", "10D"]]], PASSED, "addLoyaltyPoints")
    ],
    "Add loyalty points per cart item": [
        Row(["addLoyaltyPointsPerItem", ITEMS, 1, "", "", "each", 1], PASSED, "addLoyaltyPoints")
    ],
    "Redeem loyalty points": [Row(["deductLoyaltyPoints", 1, "", "tea", 5], PASSED, "deductLoyaltyPoints")],
    "Extend loyalty points expiry": [
        Row(["extendLoyaltyPointsExpiryDate", 1, "", "5D"], PASSED, "extendLoyaltyPointsExpiryDate")
    ],
    "Set loyalty points expiry": [
        Row(["setLoyaltyPointsExpiryDate", 1, "", "2089-01-01T00:00:00Z"], PASSED, "setLoyaltyPointsExpiryDate")
    ],
    "Award giveaway": [Row(["awardGiveaway", 1, "Current"], "awardGiveaway", "awardGiveaway")],
    "Create coupon code": [Row(["createCoupon", HERE, "", CODE], "createCoupon", "couponCreated")],
    "Create referral code": [Row(["createReferral", HERE, "", CODE], "createReferral", "referralCreated")],
    "Create notification": [Row(["showNotification", "Info", "Hi", "There"], "showNotification", "showNotification")],
    "Reserve coupon code": [Row(["reserveCoupon"], "reserveCoupon", "reserveCoupon")],
    "Update attribute value": [
        Row(["updateAttribute", "Session.Attributes.note", "setTo", "x"], "updateAttributeValue", "updateAttribute")
    ],
    "Update cart item attribute value": [
        Row(["updateItemAttribute", ITEMS, "note", "setTo", "x"], "updateAttributeValue", "updateAttribute")
    ],
    "Update audience": [
        Row(["addToAudience", "Current", 1], "updateAudienceMembership", "addToAudience"),
        Row(["removeFromAudience", "Current", 2], "updateAudienceMembership", "removeFromAudience"),
    ],
    "Start achievement progress": [Row(["startAchievementProgress", 1], PASSED, "startAchievementProgress")],
    "Update customer progress": [
        Row(["increaseAchievementProgress", 1, 1], "updateAchievementProgress", "increaseAchievementProgress")
    ],
    "Webhooks": [Row(["callApi", 1], "triggerWebhook", "triggerWebhook")],
    "Custom effects": [
        Row(["customEffect", 9, "wrap", ["kv", ["a", 1]]], "triggerCustomEffect", "customEffect"),
        Row(
            ["customEffectPerItem", ITEMS, 9, "wrap", SKU],
            "triggerCustomEffect",
            "customEffect",
        ),
    ],
}
STATES = {"justCompleted": False, "started": True, "inProgress": True, "completed": False}
STATES |= {"not(started)": False, "not(inProgress)": False, "not(completed)": True}
CONDITIONS: dict[str, list[Row]] = {
    "Check attribute value": [Row(LARGE, "checkAttribute")],
    "Check if attribute exists": [Row(["catch", False, ["do", NOTE, [["x"], True]]], "checkAttribute")],
    "Check attribute anniversary": [Row(["isAnniversary", [".", "Now"], 1, 2], PASSED)],
    "Is member of an audience": [
        Row(["audienceMember", "Current", 1], "checkAudience"),
        Row(["audienceMember", "Advocate", 1], "checkAudience", holds=False),
    ],
    "Is not member of an audience": [Row(["not", ["audienceMember", "Current", 2]], "checkAudience")],
    "Has joined an audience": [Row(["audienceJustJoined", "Current", 1], "checkAudience", holds=False)],
    "Has left an audience": [Row(["audienceJustLeft", "Current", 1], "checkAudience", holds=False)],
    "Coupon can be created": [Row(["budgetAvailable", "createCoupon"], "checkBudget")],
    "Coupon code is valid": [Row(["couponValid"], "checkCoupon")],
    "Coupon code is valid (without redemption)": [Row(["couponValidNoRedeem"], "checkCoupon")],
    "Check for event types and custom event values": [
        Row(["eventIs", "sessionClosed"], "checkEvent"),
        Row(["and", ["eventIs", "talon_session_closed"], LARGE], "checkEvent"),
    ],
    "Check customer's tier": [Row(["loyaltyTierIs", 1, "", "Gold"], PASSED)],
    "Check loyalty points balance": [
        Row([">=", ["subledgerBalance", 1, "", "tentativeCurrent"], 20], "checkLoyaltyBalance")
    ],
    "Loyalty card is valid": [Row(["loyaltyCardValid"], PASSED), Row(["loyaltyCardValid", 2], PASSED)],
    "Loyalty card is registered": [Row(["loyaltyCardRegistered"], PASSED), Row(["loyaltyCardRegistered", 2], PASSED)],
    "Referral code is valid": [
        Row(["referralValid"], "checkReferral"),
        Row(["referralValidNoRedeem"], "checkReferral"),
    ],
    "Referral can be created": [Row(["budgetEnoughFor", "createReferral", 1], "checkBudget")],
    "Achievement status": [
        Row(["checkAchievement", 1, state], "checkAchievement", holds=holds) for state, holds in STATES.items()
    ],
    "Achievement is not started, by its status": [
        Row(["=", ["achievementStatus", 1], "inprogress"], "checkAttribute"),
    ],
    "Group of conditions": [
        Row(["and", LARGE, LARGE], "group"),
        Row(["or", ["catch", False, ["couponValid"]], ["catch", False, LARGE]], "group"),
        Row(["not", ["or", ["catch", False, ["<", TOTAL, 1]]]], "group"),
    ],
    "Check location": [Row(["withinDistance", ["list", 52, 13], ["list", 52, 13], 1], PASSED)],
    "Always trigger effects": [],
}

# Names that the design of the language proposes, as they are called in expressions.
NAMES = (
    "couponValid couponValidNoRedeem referralValid referralValidNoRedeem setDiscount identity audienceMember "
    "audienceJustJoined audienceJustLeft achievementStatus budgetAvailable budgetEnoughFor eventIs inCollection oneOf "
    "within containsAtLeast containsExactly containsOneOf containsNoneOf containsAllOf valueMapFilter bundle round "
    "take slice setDiscountPerItem setDiscountPerItemProRata setDiscountPerAdditionalCost addFreeItem addLoyaltyPoints "
    "setDiscountPerAdditionalCostPerItem addLoyaltyPointsPerItem deductLoyaltyPoints createCoupon createReferral "
    "reserveCoupon showNotification updateAttribute updateItemAttribute addToAudience removeFromAudience awardGiveaway "
    "increaseAchievementProgress startAchievementProgress callApi customEffect customEffectPerItem min max abs floor"
)
FORMULAS = ("ROUND_UP(1.5)", "ROUND_DOWN(1.5)", "ROUND(1.5)", "ABS(1)", "FLOOR(1)", "CEIL(1)", "MIN(1, 2)", "MAX(1, 2)")

WORLD: dict[str, Any] = PLAN | {
    "audiences": [{"id": 1, "name": "vip"}, {"id": 2, "name": "other"}],
    "giveawaysPools": [{"id": 1, "name": "cards", "giveaways": [{"code": "G-1"}, {"code": "G-2"}]}],
    "webhooks": [
        {
            "title": "told",
            "verb": "POST",
            "url": "https://shop.example/told",
            "headers": [],
            "payload": "{}",
            "params": [],
            "enabled": True,
            "draft": False,
        }
    ],
}
BINDINGS = [each for each in CAMPAIGN["ruleset"]["bindings"] if each["name"] in ("Dear", "Pair")]


def titled(rows: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
    """Rows by titles of their rules."""
    for name, several in rows.items():
        for number, row in enumerate(several):
            yield f"{name} {number}", row


def rules() -> list[dict[str, Any]]:
    """A rule for each row: of an effect, with nothing to ask; of a condition, with a message that bears its title."""
    for_codes = ["and", ["couponValid"], ["referralValidNoRedeem"]]
    made = [
        {"title": title, "condition": for_codes, "effects": [["catch", ["noop"], row.expression]]}
        for title, row in titled(EFFECTS)
    ]
    for title, row in (*titled(CONDITIONS), ("Always trigger effects", None)):
        shown = ["catch", ["noop"], ["showNotification", "Info", title]]
        made.append({"title": title, "condition": ["and", *([row.expression] if row else [])], "effects": [shown]})
    return made


def as_blocks() -> dict[str, Any]:
    """The same rules read as blocks."""
    read = project(rules(), [], BINDINGS, plain_definitions(WORLD, 1))
    written = [
        {"title": rule["title"], "blocks": plain(blocks)}
        for rule, blocks in zip(rules(), read.promotion_rules, strict=True)
    ]
    bound = read.bindings
    return {
        "promotionRules": written,
        "selectors": plain(bound.selectors),
        "bundles": plain(bound.bundles),
        "parameters": plain(bound.parameters),
    }


def check_given(effects: list[Any], already: str = "") -> None:
    """Every rule has given what its row says, but for an effect that was given for good before."""
    by_rule: dict[str, list[str]] = {}
    for effect in effects:
        by_rule.setdefault(effect["ruleName"], []).append(effect["effectType"])
    for title, row in titled(EFFECTS):
        assert row.gives in (already, *by_rule.get(title, [])), title
    for title, row in titled(CONDITIONS):
        assert ("showNotification" in by_rule.get(title, [])) == row.holds, title
    assert by_rule["Always trigger effects"] == ["showNotification"]


def test_every_name_is_known() -> None:
    known = rule_environment(plain_definitions(WORLD, 1), cascading=False).functions
    assert [name for name in NAMES.split() if name.lower() not in known] == []
    for formula in FORMULAS:
        node, found = parse_formula(formula)
        assert not found and isinstance(node, Call) and node.name.lower() in known, formula


def test_every_row_has_its_block_and_means_the_same_in_it() -> None:
    blocks = as_blocks()
    compiled = compile_structured(blocks)
    assert not compiled.found
    assert [(each["condition"], each["effects"]) for each in compiled.rules] == [
        (each["condition"], each["effects"]) for each in rules()
    ]
    found = {each["title"]: each["blocks"] for each in blocks["promotionRules"]}
    for title, row in titled(EFFECTS):
        assert found[title][-1]["type"] == row.block, title
    for title, row in titled(CONDITIONS):
        lead = found[title][0]
        assert (lead["blocks"][0] if lead["type"] == "group" else lead)["type"] == row.block, title


@pytest.mark.parametrize("form", ["expressions", "blocks"])
def test_every_row_is_run_on_the_engine(form: str) -> None:
    ruleset = {"rules": rules(), "bindings": BINDINGS} if form == "expressions" else as_blocks()
    shop = MemoryShop(WORLD | {"campaigns": [CAMPAIGN | {"ruleset": ruleset}]})
    shop.move("ann", 2, True)
    outcome = shop.update("s-1", SESSION)
    assert isinstance(outcome, Outcome)
    check_given(msgspec.json.decode(encode_effects(outcome.effects)))


async def test_every_row_is_run_over_http_as_expressions_and_as_the_blocks_they_are_read_as(
    database: Database, database_url: str
) -> None:
    async with open_door(database_url) as client:
        campaign = CAMPAIGN | {"ruleset": {"rules": rules(), "bindings": BINDINGS}}
        shop = await build(client, database, WORLD | {"campaigns": [campaign]})
        key = f"ApiKey-v1 {shop.key}"
        (made,) = (await shop.manage("GET", f"{shop.path}/campaigns")).json()["data"]
        path = f"{shop.path}/campaigns/{made['id']}/rulesets".replace("/v1/", "/v2/")
        read = (await shop.manage("GET", f"{path}/{made['activeRulesetId']}")).json()

        async def run(session_id: str, already: str = "") -> None:
            joined = {"action": "add", "profileIntegrationId": "ann", "audienceId": shop.audiences[2]}
            assert (await shop.integrate("POST", "/v2/customer_audiences", {"data": [joined]})).is_success
            place = f"/v2/customer_sessions/{session_id}"
            answer = await send(shop, "PUT", place, {"customerSession": SESSION}, authorization=key)
            assert answer.status_code == 200, answer.text
            effects = json.loads(answer.text, parse_float=Decimal)["effects"]
            for effect in effects:
                check_props(effect)
            check_given(effects, already)

        await run("s-1")
        cancelled = {"customerSession": {"state": "cancelled"}}
        assert (await shop.integrate("PUT", "/v2/customer_sessions/s-1", cancelled)).is_success
        await shop.create(
            path, {name: read[name] for name in ("promotionRules", "selectors", "bundles")} | {"activate": True}
        )
        await run("s-2", already="startAchievementProgress")
