"""Why not: each kind of condition that does not hold, in words, and the nearest fix."""

from datetime import UTC, datetime
from typing import Any

import pytest

import largesse
from largesse.engine.evaluation.why.story import lines
from largesse.engine.evaluation.why.told import SessionTold
from largesse.language import parse, to_json
from tests.support.stories import Plain

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CART = [
    {"sku": "SHIRT", "quantity": 1, "price": 90, "category": "shirts"},
    {"sku": "SOCK", "quantity": 2, "price": "3.30", "category": "shoes"},
]
CARDS = [{"name": "cards", "title": "Cards", "timezone": "UTC", "cardBased": True}]
AUDIENCES = [{"name": "VIP"}, {"name": "Members"}]
SHOES = '(filter (. Session CartItems) ((Item) (catch false (= (. Item Category) "shoes"))))'


def expression(text: str) -> Any:
    """An expression in the text form, as JSON."""
    node, mistakes = parse(text)
    assert not mistakes
    return to_json(node)


def rule(title: str, *conditions: str) -> Plain:
    """A rule without effects."""
    return {"title": title, "condition": ["and", *map(expression, conditions)], "effects": []}


def explained(*campaigns: Plain, **session: Any) -> SessionTold:
    """What is told of a session of a shop with these campaigns."""
    attributes = [{"entity": "CustomerProfile", "name": "Tier", "type": "string"}]
    known = {"attributes": attributes, "audiences": AUDIENCES, "loyaltyPrograms": CARDS}
    shop = largesse.load(known | {"campaigns": list(campaigns)})
    ann = {"audienceMemberships": [{"id": 2, "name": "Members"}]}
    return shop.explain({"cartItems": CART} | session, now=NOW, profile=ann)


def campaign(*rules: Plain, **settings: Any) -> Plain:
    """A campaign with these rules, and a filter of shoes they may read."""
    bindings = [{"name": "Shoes", "type": "cartItemFilter", "expression": expression(SHOES)}]
    return {"name": "spring", "ruleset": {"rules": list(rules), "bindings": bindings}} | settings


def why(condition: str, **session: Any) -> list[tuple[str, str]]:
    """The reasons why one condition does not hold, each with its fix."""
    (rule_told,) = explained(campaign(rule("r", condition)), **session).campaigns[0].rules
    return [(reason.text, reason.fix.text if reason.fix else "") for reason in rule_told.reasons]


@pytest.mark.parametrize(
    ("condition", "text", "fix"),
    [
        ("(loyaltyCardValid)", "the session does not show a loyalty card", ""),
        (
            "(loyaltyCardRegistered 1)",
            "the session does not show a loyalty card that is linked to a profile of the loyalty program 1",
            "",
        ),
        ("(>= (. Session Total) 100)", "the session total is 96.6; at least 100 is wanted", "3.40 more in the cart"),
        ("(> (. Session CartItemTotal) 100)", "the cart total is 96.6; more than 100", "over 3.40 more in the cart"),
        ("(<= 100 (. Session Total))", "the session total is 96.6; at least 100 is wanted", "3.40 more in the cart"),
        ("(< (. Session Total) 90)", "less than 90 is wanted", "over 6.60 less in the cart"),
        ("(>= (count (. Shoes)) 3)", "the number of items of category shoes is 2", "one more item of category shoes"),
        ("(> (count (. Shoes)) 3)", "more than 3", "two more items of category shoes"),
        ("(<= (count (. Shoes)) 1)", "at most 1", "one item of category shoes fewer"),
        ("(>= (count (. Session CartItems)) 25)", "the number of items is 3", "22 more items"),
        (f"(>= (sum {SHOES} ((Item) (. Item Price))) 10)", "at least 10", "3.40 more of items of category shoes"),
        (f"(>= (sum {SHOES} ((Item) (. Item Quantity))) 3)", "at least 3", "one more item of category shoes"),
        (
            '(exists (. Session CartItems) ((Item) (= (. Item SKU) "HAT")))',
            "no item of SKU HAT is in the cart",
            "one more item of SKU HAT",
        ),
        ("(not (isEmpty (filter (. Shoes) ((Item) (> (. Item Price) 50)))))", "price more than 50", "one more item of"),
        ("(every (. Session CartItems) ((Item) (> (. Item Price) 50)))", "not every item is one with price more", ""),
        ("(isEmpty (. Shoes))", "two items of category shoes in the cart, and there must be none", "two items of"),
        ('(= (. Profile Attributes Tier) "gold")', "Profile is not known", "say who the customer is (profileId)"),
        ("(= (. Session State) closed)", "Session.State is open, not closed", ""),
        ("(!= (. Session State) open)", "Session.State is open, and must not be", ""),
        ("(couponValid)", "no code of the campaign spring is in the session", "enter a code of the campaign spring"),
        ("(after (. Now) 2026-03-03T12:00:00Z)", "the present moment is 2026-03-01T12:00:00Z; after", "in 2 days"),
        ("(before (. Now) 2026-02-01T12:00:00Z)", "before 2026-02-01T12:00:00Z is wanted", ""),
        ("(or (> (. Session Total) 100) (couponValid))", "none of these holds: the session total", "over 3.40 more"),
        ("(catch false (= (. Coupon Value) x))", "Coupon is not known", "enter a code of this campaign"),
        ("(> (/ 1 (- (. Session Total) 96.6)) 1)", "it cannot be computed: Division by zero", ""),
        ('(startsWith (. Session State) "c")', "Session.State is open, which does not start with c", ""),
        ("(= 1 2)", "(= 1 2) does not hold", ""),
        ("(not (= (. Session State) open))", "Session.State is open, and must not be", ""),
    ],
)
def test_a_condition_is_told_with_its_nearest_fix(condition: str, text: str, fix: str) -> None:
    ((told, nearest),) = why(condition)
    assert text in told
    assert fix in nearest
    assert bool(fix) == bool(nearest)


def test_the_part_of_an_and_that_ended_it_is_told() -> None:
    told = why("(and true (> (. Session Total) 100) (couponValid))")
    assert [text for text, _ in told] == ["the session total is 96.6; more than 100 is wanted"]


def test_every_condition_of_a_rule_is_told() -> None:
    (told,) = explained(campaign(rule("r", "(> (. Session Total) 100)", "true", "(couponValid)"))).campaigns[0].rules
    assert [reason.condition_index for reason in told.reasons] == [0, 2]


@pytest.mark.parametrize(
    ("condition", "fix"),
    [
        ("(isEmpty (. Session CouponCodes))", "remove coupon NOPE"),
        ('(not (containsOneOf (. Session CouponCodes) (list "NOPE" "B")))', "remove coupon NOPE"),
    ],
)
def test_codes_in_the_way_are_named(condition: str, fix: str) -> None:
    assert [nearest for _, nearest in why(condition, couponCodes=["NOPE"])] == [fix]


def test_values_that_a_shop_can_send_are_fixes() -> None:
    ((text, fix),) = why('(= (. Profile Attributes Tier) "gold")', profileId="ann")
    assert (text, fix) == ("Profile.Attributes.Tier is not known", "set Profile.Attributes.Tier")
    told = explained(campaign(rule("r", "(>= (. Session Total) 100)"))).campaigns[0].rules[0].reasons[0]
    assert (told.condition_index, str(told.actual), str(told.wanted)) == (0, "96.6", "100")
    assert told.fix
    assert (told.fix.kind, str(told.fix.amount), told.fix.path) == ("amount", "3.4", "Session.Total")


def test_codes_and_campaigns_are_told() -> None:
    coupons = [
        {"value": "SOON", "startDate": "2026-03-03T12:00:00Z"},
        {"value": "LATE", "expiryDate": "2026-02-27T12:00:00Z"},
        {"value": "GOOD", "expiryDate": "2026-03-03T12:00:00Z"},
        {"value": "USED", "usageLimit": 1, "usageCounter": 1},
    ]
    told = explained(
        campaign(rule("ten off", "(couponValid)"), coupons=coupons),
        campaign(startTime="2026-03-21T12:00:00Z"),
        campaign(endTime="2026-02-01T12:00:00Z"),
        campaign(state="disabled"),
        campaign(state="archived"),
        couponCodes=["SOON", "LATE", "GOOD", "USED", "NOPE"],
    )
    assert list(lines(told)) == [
        "NOPE: there is no such code → remove coupon NOPE",
        "SOON: it is not valid yet: valid in 2 days → valid in 2 days",
        "LATE: it expired 2 days ago → remove coupon LATE",
        "GOOD: accepted; expires in 2 days",
        "USED: it has been used as often as allowed → remove coupon USED",
        "spring: triggered",
        "  ten off with SOON: did not fire",
        "    the code SOON cannot be used: it is not valid yet: valid in 2 days → valid in 2 days",
        "  ten off with LATE: did not fire",
        "    the code LATE cannot be used: it expired 2 days ago → remove coupon LATE",
        "  ten off with GOOD: fired",
        "  ten off with USED: did not fire",
        "    the code USED cannot be used: it has been used as often as allowed → remove coupon USED",
        "spring: it starts in 20 days",
        "spring: it ended 28 days ago",
        "spring: it is disabled",
    ]


def test_an_effect_that_met_its_limit_is_told() -> None:
    limited = {
        "title": "big",
        "condition": ["and"],
        "effects": [["setDiscount", "big", 50]],
    }
    told = explained(campaign(limited, limits=[{"action": "setDiscount", "limit": 20, "entities": []}]))
    (rule_told,) = told.campaigns[0].rules
    assert (rule_told.fired, rule_told.effect_index, rule_told.reasons) == (False, 0, ())
    assert any("effect 0 could not be applied: a discount of 50" in line for line in lines(told))


def test_a_campaign_that_gave_way_is_told() -> None:
    shop = largesse.load(
        {
            "evaluationGroups": [{"id": 1, "name": "base", "evaluationMode": "listOrder"}],
            "campaigns": [campaign(rule("a")), campaign(rule("b"))],
        }
    )
    told = shop.explain({"cartItems": CART}, now=NOW)
    assert list(lines(told)) == [
        "spring: triggered",
        "  a: fired",
        "spring: an earlier campaign of its group was triggered",
    ]
    assert [each.exclusion_reason for each in told.campaigns][1] == "CampaignIsNotFirst"


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        ("(audienceMember Current 1)", "the customer is not in the audience VIP"),
        ("(audienceMember Advocate 2)", "the advocate is not in the audience Members"),
        ("(audienceJustJoined Current 2)", "the customer has not joined the audience Members just now"),
        ("(audienceJustLeft Current 1)", "the customer has not left the audience VIP just now"),
        ("(not (audienceMember Current 2))", "the customer is in the audience Members, and must not be"),
        ("(audienceMember Current 3)", "it cannot be computed: there is no audience 3"),
    ],
)
def test_audiences_are_told_by_name(condition: str, text: str) -> None:
    assert why(condition, profileId="ann") == [(text, "")]
