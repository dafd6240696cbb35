"""Why not, family by family: what is found where a condition does not hold, and where one holds that must not."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

import largesse
from largesse.engine.evaluation.why.story import lines
from largesse.engine.evaluation.why.told import Reason, SessionTold
from largesse.language import parse, to_json
from tests.support.stories import Plain

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ATTRIBUTES = [
    {"entity": "CustomerProfile", "name": name, "type": type_}
    for name, type_ in (
        ("Tier", "string"),
        ("Age", "number"),
        ("Since", "time"),
        ("News", "boolean"),
        ("Tags", "(list string)"),
        ("Home", "location"),
    )
]
ANN = {
    "attributes": {
        "Tier": "silver",
        "Age": 17,
        "Since": "2026-02-20T10:00:00Z",
        "News": False,
        "Tags": ["a", "b"],
        "Home": {"lat": Decimal("52.5"), "lon": Decimal("13.4")},
    }
}
SILVER, TAGS = "Profile.Attributes.Tier is silver", "Profile.Attributes.Tags is a, b"
SPRING: Plain = {
    "name": "spring",
    "referrals": [
        {"code": "SOON", "advocateProfileIntegrationId": "bob", "startDate": "2026-03-03T12:00:00Z"},
        {"code": "LATE", "advocateProfileIntegrationId": "bob", "expiryDate": "2026-02-27T12:00:00Z"},
        {"code": "GOOD", "advocateProfileIntegrationId": "bob"},
        {"code": "OWN", "advocateProfileIntegrationId": "ann"},
    ],
    "achievements": [{"name": "runs", "title": "Runs", "target": 3, "period": "1M"}],
    "limits": [
        {"action": "setDiscount", "limit": 5},
        {"action": "addFreeItemEffect", "limit": 0},
        {"action": "redeemReferral", "limit": 7, "entities": ["Profile"]},
    ],
}
SHOP: Plain = {
    "attributes": ATTRIBUTES,
    "loyaltyPrograms": [{"id": 5, "name": "pts", "title": "Points", "tiers": [{"name": "Gold", "minPoints": 100}]}],
    "collections": [{"id": 4, "name": "metals", "items": ["gold"]}],
    "stores": [{"name": "Rome", "integrationId": "rome"}],
}
OTHER: Plain = {"name": "other", "referrals": [{"code": "OTHER", "advocateProfileIntegrationId": "bob"}]}


def told(condition: str, **session: Any) -> SessionTold:
    """What is told of a session of a shop with one rule of this condition."""
    node, mistakes = parse(condition)
    assert not mistakes
    rule = {"title": "r", "condition": ["and", to_json(node)], "effects": []}
    shop = largesse.load(SHOP | {"campaigns": [SPRING | {"ruleset": {"rules": [rule], "bindings": []}}, OTHER]})
    cart = {"cartItems": [{"sku": "SHIRT", "quantity": 1, "price": 90}], "profileId": "ann"}
    return shop.explain({**cart, **session}, now=NOW, profile=ANN if session.get("profileId", "ann") else None)


def reason(condition: str, **session: Any) -> Reason:
    """The reason why the condition does not hold."""
    (one,) = told(condition, **session).campaigns[0].rules[0].reasons
    return one


@pytest.mark.parametrize(
    ("condition", "text", "fix"),
    [
        ("(contains (. Profile Attributes Tier) old)", f"{SILVER}, which does not contain old", ""),
        ("(notContains (. Profile Attributes Tier) il)", f"{SILVER}, which contains il", ""),
        ("(startsWith (. Profile Attributes Tier) g)", f"{SILVER}, which does not start with g", ""),
        ("(endsWith (. Profile Attributes Tier) d)", f"{SILVER}, which does not end with d", ""),
        ('(~ "^g" (. Profile Attributes Tier))', f"{SILVER}, which does not match ^g", ""),
        ('(not (~ "^s" (. Profile Attributes Tier)))', f"{SILVER}, which matches ^s, and must not", ""),
        (
            "(oneOf (. Profile Attributes Tier) (list gold tin))",
            f"{SILVER}, which is not one of gold, tin",
            "set Profile.Attributes.Tier to gold",
        ),
        (
            "(not (oneOf (. Profile Attributes Tier) (list silver tin)))",
            f"{SILVER}, which is one of silver, tin, and must not",
            "",
        ),
        (
            "(inCollection (. Profile Attributes Tier) metals)",
            f"{SILVER}, which is not in the collection metals",
            "",
        ),
        ("(inCollection (. Profile Attributes Tier) 4)", f"{SILVER}, which is not in the collection metals", ""),
        (
            "(containsOneOf (. Profile Attributes Tags) (list c d))",
            f"{TAGS}, which has none of c, d",
            "add c to Profile.Attributes.Tags",
        ),
        (
            "(containsNoneOf (. Profile Attributes Tags) (list a d))",
            f"{TAGS}, which has one of a, d",
            "take a out of Profile.Attributes.Tags",
        ),
        (
            "(containsAllOf (. Profile Attributes Tags) (list a d))",
            f"{TAGS}, which does not have all of a, d",
            "add d to Profile.Attributes.Tags",
        ),
        (
            "(containsAtLeast (. Profile Attributes Tags) (list a d) 2)",
            f"{TAGS}, which does not have enough of a, d (at least 2)",
            "",
        ),
        (
            "(containsExactly (. Profile Attributes Tags) (list a b) 1)",
            f"{TAGS}, which does not have just enough of a, b (exactly 1)",
            "",
        ),
        (
            "(containsOneOf (. Session CouponCodes) (list X))",
            "the codes of the session are nothing, which has none of X",
            "enter the code X",
        ),
        (
            "(. Profile Attributes News)",
            "Profile.Attributes.News is false, and must be true",
            "set Profile.Attributes.News to true",
        ),
        (
            "(not (catch false (do (. Profile Attributes Tier) ((x) true))))",
            f"{SILVER}, and must not be set",
            "",
        ),
    ],
)
def test_texts_and_lists(condition: str, text: str, fix: str) -> None:
    found = reason(condition)
    assert (found.text, found.fix.text if found.fix else "") == (text, fix)


@pytest.mark.parametrize(
    ("condition", "text", "fix"),
    [
        (
            "(between (. Profile Attributes Age) 18 99)",
            "Profile.Attributes.Age is 17; between 18 and 99 (both excluded) is wanted",
            "over 1 more of Profile.Attributes.Age",
        ),
        (
            "(not (>= (. Profile Attributes Age) 10))",
            "Profile.Attributes.Age is 17; less than 10 is wanted",
            "over 7 less of Profile.Attributes.Age",
        ),
        (
            "(not (between (. Profile Attributes Age) 0 18))",
            "Profile.Attributes.Age is 17, which lies between 0 and 18 (both excluded), and must not",
            "",
        ),
        (
            "(within (. Now) 2026-04-01T00:00:00Z 2026-05-01T00:00:00Z)",
            "the present moment is 2026-03-01T12:00:00Z; between 2026-04-01T00:00:00Z and 2026-05-01T00:00:00Z is",
            "in 30 days",
        ),
        (
            "(not (within (. Now) 2026-02-01T00:00:00Z 2026-03-03T12:00:00Z true true false))",
            "which lies between 2026-02-01T00:00:00Z and 2026-03-03T12:00:00Z, and must not",
            "in 2 days",
        ),
        (
            "(betweenTimes (. Now) 2026-02-01T00:00:00Z 2026-02-02T00:00:00Z)",
            "(both excluded) is wanted",
            "",
        ),
        (
            "(isAnniversary (. Profile Attributes Since))",
            "today is not an anniversary of Profile.Attributes.Since (2026-02-20)",
            "in 356 days",
        ),
        (
            "(isAnniversary (parseTime 1990-03-10) 3 0)",
            "today is not near an anniversary of 1990-03-10",
            "in six days",
        ),
        ("(not (isAnniversary (parseTime 1990-03-01)))", "today is an anniversary of 1990-03-01, and must not be", ""),
        (
            "(withinDistance (. Profile Attributes Home) (kv (lat 48.1) (lon 11.5)) 50)",
            "Profile.Attributes.Home is 507.481 km from 48.1, 11.5; 50 km at most are wanted",
            "",
        ),
        (
            "(not (withinDistance (. Profile Attributes Home) (list 52.5 13.4) 50))",
            "Profile.Attributes.Home is 0 km from 52.5, 13.4; more than 50 km are wanted",
            "",
        ),
    ],
)
def test_spans(condition: str, text: str, fix: str) -> None:
    found = reason(condition)
    assert text in found.text
    assert (found.fix.text if found.fix else "") == fix


@pytest.mark.parametrize(
    ("condition", "session", "text", "fix"),
    [
        ("(referralValid)", {}, "no referral code is in the session", "enter a referral code of the campaign spring"),
        (
            "(referralValidNoRedeem)",
            {"referralCode": "SOON"},
            "the referral code SOON cannot be used: it is not valid yet: valid in 2 days",
            "valid in 2 days",
        ),
        (
            "(referralValid)",
            {"referralCode": "LATE"},
            "the referral code LATE cannot be used: it expired 2 days ago",
            "remove referral code LATE",
        ),
        (
            "(referralValid)",
            {"referralCode": "OWN"},
            "the referral code OWN cannot be used: it is the customer's own",
            "remove referral code OWN",
        ),
        (
            "(referralValid)",
            {"referralCode": "NOPE"},
            "the referral code NOPE cannot be used: there is no such referral code",
            "remove referral code NOPE",
        ),
        (
            "(referralValid)",
            {"referralCode": "OTHER"},
            "the referral code OTHER is not one of the campaign spring",
            "enter a referral code of the campaign spring",
        ),
        (
            "(not (referralValidNoRedeem))",
            {"referralCode": "GOOD"},
            "the referral code GOOD is good, and must not be",
            "remove referral code GOOD",
        ),
        ("(= (. Referral Code) X)", {}, "Referral is not known", "enter a referral code of this campaign"),
        ("(= (. Store IntegrationId) rome)", {}, "Store is not known", "say which store it is (storeIntegrationId)"),
        (
            "(= (. Store IntegrationId) oslo)",
            {"storeIntegrationId": "rome"},
            "the store is rome, not oslo",
            "the store oslo",
        ),
        ("(eventIs sessionClosed)", {}, "the event is talon_session_created, not sessionClosed", ""),
        ("(not (eventIs sessionCreated))", {}, "the event is talon_session_created, and must not be", ""),
        (
            "(budgetAvailable addFreeItemEffect)",
            {},
            "the budget of the campaign spring for addFreeItemEffect is used up",
            "",
        ),
        (
            "(budgetEnoughFor setDiscount 9)",
            {},
            "5 is left of the budget of the campaign spring for setDiscount; 9 is wanted",
            "",
        ),
        (
            "(budgetAvailable redeemReferral)",
            {"profileId": ""},
            "the budget for redeemReferral is per customer, and who that is is not known",
            "say who the customer is (profileId)",
        ),
        (
            "(>= (subledgerBalance 5 '' current) 10)",
            {},
            "the current balance of Points is 0; at least 10 is wanted",
            "10 more of the current balance of Points",
        ),
        ("(= (subledgerBalance 5 '' current) 5)", {}, "the current balance of Points is 0, not 5", ""),
        (
            "(loyaltyTierIs 5 '' Gold)",
            {},
            "the customer is not on the tier Gold of Points, but on none",
            "100 more points in Points",
        ),
        (
            "(loyaltyTierIs 5 '' Gold)",
            {"profileId": ""},
            "the customer is not on the tier Gold of Points",
            "say who the customer is (profileId)",
        ),
        (
            "(checkAchievement 1 completed)",
            {},
            "the achievement Runs is not completed: 0 of 3",
            "3 more for the achievement Runs",
        ),
        ("(checkAchievement 1 started)", {}, "the achievement Runs has not been started", ""),
        (
            '(not (checkAchievement 1 "not(started)"))',
            {},
            "the achievement Runs has not been started, and must not be so",
            "",
        ),
        (
            "(not (or (couponValid) (> (. Session Total) 5)))",
            {},
            "the session total is 90; at most 5 is wanted",
            "85.00 less in the cart",
        ),
    ],
)
def test_codes_budgets_and_standing(condition: str, session: Plain, text: str, fix: str) -> None:
    found = reason(condition, **session)
    assert (found.text, found.fix.text if found.fix else "") == (text, fix)


def test_referral_codes_are_told_like_coupons() -> None:
    assert next(lines(told("(referralValid)", referralCode="GOOD"))) == "GOOD: accepted"
    rejected = told("(referralValid)", referralCode="LATE").codes
    assert [(code.code, code.accepted, code.reason, code.text) for code in rejected] == [
        ("LATE", False, "ReferralExpired", "it expired 2 days ago")
    ]


def test_equality_of_what_reads_nothing_is_told() -> None:
    for condition in ("(= 5 (subledgerBalance 5 '' current))", "(= (weekday (. Now)) (toString 3))"):
        assert reason(condition).text
