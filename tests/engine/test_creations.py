"""Codes that rules make: what they are like, when they are made, and what happens to them afterwards."""

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import largesse
from largesse.engine.applications import Application
from largesse.engine.dice import SEED_BYTES, Dice
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.programs import check_rules
from largesse.engine.formats.codes import CodePattern, code_from
from largesse.engine.formats.plain_definitions import plain_definitions
from tests.support.memory_shop import MemoryShop

NOW = datetime(2030, 1, 1, tzinfo=UTC)
CAMPAIGN = [".", "Campaign", "Id"]
ITEMS = [{"sku": "shoe", "price": 10, "quantity": 1}]


def rule(*effects: Any) -> dict[str, Any]:
    """A rule that always fires."""
    return {"title": "r", "condition": ["and"], "effects": list(effects)}


def shop(*effects: Any, application: Any = None, attributes: Any = (), **settings: Any) -> MemoryShop:
    """A shop of one campaign with one rule."""
    campaign = {"ruleset": {"rules": [rule(*effects)], "bindings": []}} | settings
    return MemoryShop(
        {
            "application": application or {},
            "attributes": list(attributes),
            "campaigns": [campaign, {"state": "archived"}],
        }
    )


def close(shop: MemoryShop, session_id: str = "s", **said: Any) -> Outcome:
    """The outcome of a session that is closed at once."""
    outcome = shop.update(session_id, {"state": "closed", "profileId": "ann", "cartItems": ITEMS} | said, NOW)
    assert isinstance(outcome, Outcome)
    return outcome


def told(outcome: Outcome) -> list[str]:
    """The types of the effects."""
    return [effect.effect_type for effect in outcome.effects]


def options(**said: Any) -> list[Any]:
    """Options as a map."""
    return ["kv", *([name, value] for name, value in said.items())]


def test_a_coupon_with_everything_that_can_be_said() -> None:
    kind = {"title": "tier", "type": "string", "entity": "Coupon"}
    made = shop(
        [
            "createCoupon",
            CAMPAIGN,
            [".", "Profile", "IntegrationId"],
            options(
                usageLimit=["/", 7, 2],
                discountLimit=Decimal("12.50"),
                startDate="2030-02-01T00:00:00Z",
                expiryDate=["addDuration", [".", "Now"], 40, "days"],
                attributes=["kv", ["tier", "gold"]],
                pattern="give-##-####",
                validCharacters="abcdefghijk",
            ),
        ],
        application={"caseSensitivity": "insensitive-uppercase"},
        attributes=[kind | {"name": "tier"}, kind | {"name": "kind"}],
        couponAttributes={"kind": "voucher", "tier": "none"},
    )
    assert told(close(made)) == ["couponCreated"]
    (coupon,) = made.coupons.values()
    assert coupon.value.startswith("GIVE-")
    assert set(coupon.value) <= set("GIVE-ABCDEFGHIJK")
    assert (coupon.usage_limit, coupon.discount_limit, coupon.recipient_integration_id) == (3, Decimal("12.50"), "ann")
    assert (coupon.start_date, coupon.expiry_date) == (datetime(2030, 2, 1, tzinfo=UTC), NOW + timedelta(40))
    assert coupon.attributes == {"kind": "voucher", "tier": "gold"}


def test_what_the_campaign_says_about_its_codes() -> None:
    settings = {"couponPattern": "HI-######", "validCharacters": list("0123456789")}
    made = shop(
        ["createCoupon", CAMPAIGN, ""],
        ["createReferral", CAMPAIGN, "bob"],
        ["createCoupon", CAMPAIGN, "", options(validCharacters="XYZABCDEFGH")],
        ["createCoupon", CAMPAIGN, "", options(pattern="#######")],
        couponSettings=settings,
        referralSettings=settings | {"couponPattern": "FRIEND-######"},
    )
    assert told(close(made)) == ["couponCreated", "referralCreated", "couponCreated", "couponCreated"]
    plain, other, own = made.coupons
    assert plain.startswith("HI-") and plain[3:].isdigit()
    assert other.startswith("HI-") and set(other[3:]) <= set("XYZABCDEFGH")
    assert len(own) == 7
    (referral,) = made.referrals.values()
    assert referral.code.startswith("FRIEND-") and referral.code[7:].isdigit()
    assert (referral.advocate_profile_integration_id, referral.friend_profile_integration_id) == ("ann", "bob")
    assert (referral.usage_limit, made.coupons[plain].usage_limit) == (1, 1)


def test_nothing_is_made_before_the_session_is_closed_or_by_a_dry_run() -> None:
    effects = (["createCoupon", CAMPAIGN, ""], ["createReferral", CAMPAIGN, ""])
    made = shop(*effects)
    opened = made.update("s", {"profileId": "ann"}, NOW)
    assert isinstance(opened, Outcome)
    assert (told(opened), made.coupons, made.referrals) == ([], {}, {})
    tried = largesse.load({"campaigns": [{"ruleset": {"rules": [rule(*effects)]}}]}).evaluate(
        {"profileId": "ann", "state": "closed"}, now=NOW
    )
    assert tried.effects == ()
    assert told(close(made)) == ["couponCreated", "referralCreated"]


def test_a_code_may_be_kept_in_the_session_that_made_it() -> None:
    kept = options(storeInSession=True)
    made = shop(
        ["createCoupon", CAMPAIGN, "", kept], ["createCoupon", CAMPAIGN, ""], ["createReferral", CAMPAIGN, "", kept]
    )
    first, second, third = close(made, couponCodes=["NOPE"]).effects[:3]
    assert (first.effect_type, second.effect_type, third.effect_type) == (
        "rejectCoupon",
        "couponCreated",
        "couponCreated",
    )
    code, _ = made.coupons
    (referral,) = made.referrals
    stored = made.sessions["s"].session
    assert (stored.coupon_codes, stored.referral_code) == (("NOPE", code), referral)


def test_a_session_keeps_the_referral_it_came_with() -> None:
    made = shop(["createReferral", CAMPAIGN, "", options(storeInSession=True)])
    close(made, referralCode="FRIENDS")
    assert made.sessions["s"].session.referral_code == "FRIENDS"


def test_every_session_gets_another_code() -> None:
    made = shop(["createCoupon", CAMPAIGN, ""], ["createCoupon", CAMPAIGN, ""])
    for number in range(20):
        close(made, f"s{number}")
    assert len(made.coupons) == 40


def test_what_was_made_stays_made_and_its_budget_used() -> None:
    limits: list[dict[str, Any]] = [
        {"action": action, "limit": 9, "entities": []} for action in ("createCoupon", "createReferral", "setDiscount")
    ]
    made = shop(
        ["createCoupon", CAMPAIGN, ""],
        ["createReferral", CAMPAIGN, ""],
        ["setDiscount", "x", 1],
        limits=limits,
        reevaluateOnReturn=True,
    )

    def used() -> list[int]:
        return [int(made.used[1, f"{limit['action']}|overall"]) for limit in limits]

    close(made)
    assert used() == [1, 1, 1]
    made.return_items("s", [{"sku": "shoe"}], again=True)
    assert (used(), len(made.coupons), len(made.referrals)) == ([1, 1, 1], 1, 1)
    made.update("s", {"state": "cancelled"})
    assert (used(), len(made.coupons), len(made.referrals)) == ([1, 1, 0], 1, 1)
    close(made, "t")
    made.reopen("t")
    assert (used(), len(made.coupons), len(made.referrals)) == ([2, 2, 0], 2, 2)


def test_a_return_does_not_find_the_budget_used_by_its_own_session() -> None:
    limit = {"action": "createCoupon", "limit": 1, "entities": []}
    made = shop(["createCoupon", CAMPAIGN, ""], ["setDiscount", "x", 1], limits=[limit], reevaluateOnReturn=True)
    close(made, cartItems=[ITEMS[0] | {"quantity": 2}])
    returned = made.return_items("s", [{"sku": "shoe", "quantity": 1}], again=True)
    assert isinstance(returned, Outcome)
    assert told(returned) == []


WRONG: list[tuple[list[Any], str]] = [
    (["createCoupon", 9, ""], "has the id 9"),
    (["createCoupon", 2, ""], "or it is archived"),
    (["createCoupon", Decimal("0.5"), ""], "has the id 0.5"),
    (["createCoupon", 1, "", options(usageLimit="many")], "usageLimit must be a number"),
    (["createCoupon", 1, "", options(usageLimit=10**6)], "usageLimit must be a number from 0 to 999999"),
    (["createCoupon", 1, "", options(discountLimit=-1)], "discountLimit must be a number"),
    (["createCoupon", 1, "", options(startDate="soon")], "startDate must be a time"),
    (["createCoupon", 1, "", options(attributes="gold")], "attributes must be a map"),
    (["createCoupon", 1, "", options(storeInSession="yes")], "storeInSession must be true or false"),
    (["createCoupon", 1, "", options(pattern=7)], "pattern must be a text"),
    (["createCoupon", 1, "", options(pattern="a b")], "pattern may hold letters"),
    (["createCoupon", 1, "", options(pattern="SAVE-####", validCharacters="0123456789")], "makes 10,000 codes"),
    (["createCoupon", 1, "", options(pattern="SAVE10")], "makes 1 codes"),
]
MISNAMED: list[tuple[list[Any], str]] = [
    (["createCoupon", 1, "", options(attributes=["kv", ["tier", 1]])], '"tier" is not defined on Coupon'),
    (["createReferral", 1, "", options(attributes=["kv", ["tier", 1]])], '"tier" is not defined on Referral'),
    (["createCoupon", 1, "", options(usage=1)], '"usage" is not an option'),
    (["createReferral", 1, "", options(discountLimit=1)], '"discountLimit" is not an option'),
]


@pytest.mark.parametrize(("effect", "message"), [*WRONG, *MISNAMED])
def test_what_no_code_can_have_is_refused_where_it_is_written_out(effect: list[Any], message: str) -> None:
    definitions = plain_definitions({"campaigns": [{}, {"state": "archived"}]}, 1)
    found = check_rules([rule(effect)], [], definitions, Application(1, 1, "shop"))
    assert found is not None
    assert [(each.pointer, message in each.message) for each in found] == [("/rules/0/effects/0", True)]


@pytest.mark.parametrize(("effect", "message"), WRONG)
def test_what_no_code_can_have_is_an_error_where_it_is_known_late(effect: list[Any], message: str) -> None:
    name, campaign_id, *others = effect
    late = ["-", ["+", [".", "Session", "UpdateCount"], campaign_id], 1]
    made = shop([name, late, *map(hidden, others)])
    (error,) = close(made).effects
    assert (error.effect_type, message in str(error.props)) == ("error", True)
    assert made.coupons == {}


def hidden(value: Any) -> Any:
    """The same value where the checker does not see it."""
    if isinstance(value, list):
        return [value[0], *([name, hidden(each)] for name, each in value[1:])]
    return ["item", ["list", value, [".", "Session", "State"]], 0]


def test_mandatory_attributes_are_mandatory_for_rules_too() -> None:
    tier = {"name": "tier", "title": "tier", "type": "string", "entity": "Coupon"}
    mandatory = {"attributesSettings": {"mandatory": {"coupons": ["tier"]}}}
    without = shop(["createCoupon", CAMPAIGN, ""], application=mandatory, attributes=[tier])
    assert told(close(without)) == ["error"]
    given = options(attributes=["kv", ["tier", "gold"]])
    made = shop(["createCoupon", CAMPAIGN, "", given], application=mandatory, attributes=[tier])
    assert told(close(made)) == ["couponCreated"]


def test_a_pattern_is_filled_from_the_dice_alone() -> None:
    pattern = CodePattern("A#-##", "XYZ")
    seed = bytes(SEED_BYTES)
    assert code_from(pattern, Dice(seed)) == code_from(pattern, Dice(seed))
    codes = {code_from(pattern, Dice(bytes([number]) * SEED_BYTES)) for number in range(200)}
    assert codes == {f"A{a}-{b}{c}" for a, b, c in itertools.product("XYZ", repeat=3)}


def test_who_cannot_put_a_coupon_aside() -> None:
    coupons = [
        {"value": "ANNS", "recipientIntegrationId": "ann"},
        {"value": "LATE", "expiryDate": "2029-01-01T00:00:00Z"},
        {"value": "NONE", "reservationLimit": 0},
        {"value": "FREE"},
    ]
    made = shop(["reserveCoupon"], coupons=coupons)
    for code, who, wanted in (
        ("", "bob", ["error"]),
        ("ANNS", "bob", ["error", "rejectCoupon"]),
        ("ANNS", "ann", ["reserveCoupon", "rejectCoupon"]),
        ("LATE", "bob", ["error", "rejectCoupon"]),
        ("NONE", "bob", ["rejectCoupon"]),
        ("FREE", "", ["error", "rejectCoupon"]),
        ("FREE", "bob", ["reserveCoupon", "rejectCoupon"]),
    ):
        outcome = made.update(f"{code}-{who}", {"profileId": who, "couponCodes": [code]}, NOW)
        assert isinstance(outcome, Outcome)
        assert told(outcome) == wanted, (code, who)
    assert made.reservations == {(1, "ann"), (4, "bob")}


def test_a_reservation_uses_its_budget_once_and_for_good() -> None:
    limit = {"action": "reserveCoupon", "limit": 3, "entities": []}
    made = shop(["reserveCoupon"], ["reserveCoupon"], coupons=[{"value": "FREE", "usageLimit": 0}], limits=[limit])
    opened = made.update("s", {"profileId": "ann", "couponCodes": ["FREE"]}, NOW)
    assert isinstance(opened, Outcome)
    fresh = [getattr(effect.props, "is_new_reservation", None) for effect in opened.effects]
    assert fresh[:2] == [True, False]
    close(made)
    made.update("s", {"state": "cancelled"})
    assert made.used[1, "reserveCoupon|overall"] == 1
    assert made.coupons["FREE"].reservation_counter == 1
