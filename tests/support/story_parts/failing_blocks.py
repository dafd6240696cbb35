"""Blocks that hold, fail or cannot be computed, what handles that, and what comes of it by the rules of the language:
one table for the engine alone and for HTTP."""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

Plain = dict[str, Any]

BUDGET, MISSING, MISMATCH, DEFAULT = "budgetExceeded", "missingAttribute", "typeMismatch", "default"


def shown(title: str, **more: Any) -> Plain:
    """A message."""
    return {"type": "showNotification", "notificationType": "Info", "title": title, **more}


def check(value: str, attribute: str = "$Session.Attributes.tier") -> Plain:
    """Whether the customer's tier is this one, which it is not."""
    return {"type": "checkAttribute", "operator": "equals", "attribute": attribute, "value": value}


GOLD, WRONG, LOST = check("gold"), check("silver"), check("x", "$Session.Attributes.never")
BY_ZERO: Plain = {"type": "checkAttribute", "operator": "lessThan", "attribute": "{{1 / 0}}", "value": 1}


def group(operator: str, *blocks: Plain, **more: Any) -> Plain:
    """A group."""
    return {"type": "group", "operator": operator, "blocks": list(blocks), **more}


VIP, OTHER = {"id": 1, "name": "vip"}, {"id": 2, "name": "other"}
AUDIENCE: Plain = {"type": "checkAudience", "operator": "member", "profile": "Current"}
BALANCE: Plain = {"type": "checkLoyaltyBalance", "subledger": "", "balance": "current", "value": 10}
STARS = {"id": 1, "name": "stars", "title": "Stars"}
AIM: Plain = {"type": "checkAchievement", "achievement": {"id": 1, "name": "stamps", "title": "stamps", "target": 3}}
SPENT: Plain = {"type": "checkBudget", "operator": "enoughFor", "action": "setDiscount"}
EVENT: Plain = {"type": "checkEvent", "eventType": "sessionCreated"}


class Condition(NamedTuple):
    """A type of condition: one that holds, one that fails, and one that cannot be computed, where there is such."""

    holds: Plain
    fails: Plain
    errs: Plain | None = None


CONDITIONS = {
    "all": Condition(group("all", GOLD, GOLD), group("all", GOLD, WRONG), group("all", GOLD, LOST)),
    "atLeastOne": Condition(group("atLeastOne", LOST, GOLD), group("atLeastOne", LOST, WRONG)),
    "atLeastOne, errors told": Condition(
        group("atLeastOne", GOLD, LOST, tags=["reportsErrors"]),
        group("atLeastOne", WRONG, tags=["reportsErrors"]),
        group("atLeastOne", LOST, GOLD, tags=["reportsErrors"]),
    ),
    "none": Condition(group("none", LOST, WRONG), group("none", LOST, GOLD)),
    "none, errors told": Condition(
        group("none", WRONG, tags=["reportsErrors"]),
        group("none", GOLD, LOST, tags=["reportsErrors"]),
        group("none", LOST, tags=["reportsErrors"]),
    ),
    "checkAttribute": Condition(GOLD, WRONG, LOST),
    "checkAttribute, by zero": Condition(GOLD, WRONG, BY_ZERO),
    "checkAudience": Condition(AUDIENCE | {"audience": VIP, "operator": "not(member)"}, AUDIENCE | {"audience": OTHER}),
    "checkLoyaltyBalance": Condition(
        BALANCE | {"program": STARS, "operator": "lessThan"}, BALANCE | {"program": STARS, "operator": "greaterThan"}
    ),
    # The one that fails is asked without a code.
    "checkCoupon": Condition({"type": "checkCoupon", "redeem": True}, {"type": "checkCoupon", "redeem": False}),
    "checkReferral": Condition(
        group("none", {"type": "checkReferral", "redeem": True}), {"type": "checkReferral", "redeem": True}
    ),
    "checkEvent": Condition(
        EVENT | {"matchers": [GOLD]}, EVENT | {"eventType": "sessionClosed"}, EVENT | {"matchers": [LOST]}
    ),
    "checkEvent, its matchers": Condition(EVENT, EVENT | {"matchers": [WRONG]}),
    "checkAchievement": Condition(AIM | {"operator": "not(started)"}, AIM | {"operator": "completed"}),
    "checkBudget": Condition(SPENT | {"value": 5}, SPENT | {"value": 6}),
}

NEVER = "{{$Session.Attributes.never}}"
ZERO = "{{1 / 0}}"
ITEM: Plain = {"type": "awardItem", "sku": "S", "name": "Socks", "quantity": "1"}
GIVEAWAY: Plain = {"type": "awardGiveaway", "profile": "Current"}
WEBHOOK: Plain = {"type": "triggerWebhook", "webhook": {"id": 1, "title": "told"}}
CUSTOM: Plain = {
    "type": "triggerCustomEffect",
    "customEffect": {"id": 7, "name": "wrap", "title": "wrap"},
    "target": {"type": "cart"},
}

# Type of block: how it is when all is well and what it gives, and how it is for each kind of failure.
EFFECTS: dict[str, tuple[Plain, str, dict[str, Plain]]] = {
    "awardItem": (
        ITEM,
        "addFreeItem",
        {BUDGET: ITEM | {"quantity": "9"}, MISSING: ITEM | {"sku": NEVER}, MISMATCH: ITEM | {"quantity": ZERO}},
    ),
    "awardGiveaway": (
        GIVEAWAY | {"giveawayPool": {"id": 1, "name": "full"}},
        "willAwardGiveaway",
        {BUDGET: GIVEAWAY | {"giveawayPool": {"id": 2, "name": "empty"}}},
    ),
    "showNotification": (
        shown("well"),
        "showNotification",
        {MISSING: shown(NEVER), MISMATCH: shown(f"Half of {ZERO}")},
    ),
    "triggerWebhook": (
        WEBHOOK,
        "triggerWebhook",
        {MISSING: WEBHOOK | {"params": {"order": NEVER}}, MISMATCH: WEBHOOK | {"params": {"order": ZERO}}},
    ),
    "triggerCustomEffect": (
        CUSTOM,
        "customEffect",
        {MISSING: CUSTOM | {"params": {"order": NEVER}}, MISMATCH: CUSTOM | {"params": {"order": ZERO}}},
    ),
}

# What handles failures: names of errors with a handler, whether there is an `onFailure`, whether errors are told.
HANDLED: tuple[tuple[tuple[str, ...], bool, bool], ...] = (
    ((), False, False),
    ((), False, True),
    ((), True, False),
    ((BUDGET,), False, False),
    ((MISSING,), False, False),
    ((MISMATCH,), False, False),
    ((DEFAULT,), False, False),
    ((DEFAULT, MISSING), False, False),
    ((BUDGET, MISSING, MISMATCH), False, True),
    ((MISSING,), True, False),
    ((BUDGET, DEFAULT), True, False),
)


class Case(NamedTuple):
    """A rule, and the titles of messages and types of other effects that it gives; `place` is that of the condition in
    place of which they are given, -1 where they stand for none."""

    title: str
    blocks: list[Plain]
    gets: list[str]
    place: int = -1


def condition_cases() -> Iterator[Case]:
    """Each condition, second in its rule: what it gives in its own place, or lets the rule give."""
    for name, each in CONDITIONS.items():
        instead = {"onFailure": [shown("instead"), CUSTOM]}
        yield Case(f"{name} holds", [GOLD, each.holds | instead, shown("done")], ["done"])
        yield Case(f"{name} fails", [GOLD, each.fails | instead, shown("done")], ["instead", "customEffect"], 1)
        yield Case(f"{name} fails, unhandled", [GOLD, each.fails, shown("done")], [])
        yield Case(f"{name} in a group", [group("all", each.fails | instead)], ["instead", "customEffect"], 0)
        if each.errs is not None:
            yield Case(f"{name} errs", [GOLD, each.errs | instead, shown("done")], ["instead", "customEffect"], 1)
            yield Case(f"{name} errs, unhandled", [GOLD, each.errs, shown("done")], [])


def group_cases() -> Iterator[Case]:
    """Handlers of errors in groups, alone and with what is given for any failure, and failures inside failures."""
    handler, failure = {"onError": {MISSING: [shown("missing")]}}, {"onFailure": [shown("instead")]}
    for operator in ("all", "atLeastOne", "none"):
        erring = group(operator, LOST, **handler)
        yield Case(f"{operator}: handled", [erring, shown("done")], ["missing"], 0)
        yield Case(f"{operator}: handled and failed", [erring | failure], ["missing", "instead"], 0)
        yield Case(f"{operator}: another error", [group(operator, BY_ZERO, **handler), shown("done")], [])
        yield Case(
            f"{operator}: another error, failed", [group(operator, BY_ZERO, **handler) | failure], ["instead"], 0
        )
        both = {"onError": {DEFAULT: [shown("any")], MISSING: [shown("missing")]}}
        yield Case(f"{operator}: the named handler first", [group(operator, LOST, **both)], ["missing"], 0)
        yield Case(f"{operator}: the other handler", [group(operator, BY_ZERO, **both)], ["any"], 0)
        holding = WRONG if operator == "none" else GOLD
        yield Case(
            f"{operator}: nothing to handle", [group(operator, holding, **handler) | failure, shown("done")], ["done"]
        )
    inner = WRONG | {"onFailure": [shown("inner")]}
    yield Case("inner before outer", [group("all", inner) | failure], ["inner", "instead"], 0)
    ways = group("atLeastOne", inner, GOLD) | failure
    yield Case("a way that fails tells it", [ways, shown("done")], ["inner", "done"], 0)
    yield Case("what is not reached tells nothing", [WRONG, inner, shown("done")], [])
    broken = WRONG | {"onFailure": [shown(NEVER), shown("still")]}
    yield Case("a handler that fails stops nobody", [broken, shown("done")], ["still"], 0)
    nested = WRONG | {"onFailure": [shown(NEVER, onError={MISSING: [shown("nested")]})]}
    yield Case("a handler has its own", [nested], ["nested"], 0)


def effect_cases() -> Iterator[Case]:
    """Each effect that can be handled, for each kind of failure and each way to handle it: the named handler, else the
    one for errors that are not of budgets, else what is given for any failure; else an error is left out or told, and a
    budget fails the rule."""
    for (name, (well, kind, failing)), (handlers, on_failure, told) in product(EFFECTS.items(), HANDLED):
        more: Plain = {"onError": {each: [shown(each)] for each in handlers}} if handlers else {}
        if on_failure and name in ("awardItem", "awardGiveaway", "showNotification"):
            more["onFailure"] = [shown("onFailure")]
        if told:
            more["tags"] = ["reportsErrors"]
        how = f"{name} {','.join(handlers)}{' onFailure' if on_failure else ''}{' told' if told else ''}"
        first, last = shown("first"), shown("last")
        yield Case(
            f"{how}: well", [first, well | more, last], ["first", "well" if name == first["type"] else kind, "last"]
        )
        for error, block in failing.items():
            yield Case(f"{how}: {error}", [first, block | more, last], _gets(error, handlers, more))


def _gets(error: str, handlers: tuple[str, ...], more: Plain) -> list[str]:
    if error in handlers:
        return ["first", error, "last"]
    if DEFAULT in handlers and error != BUDGET:
        return ["first", DEFAULT, "last"]
    if "onFailure" in more:
        return ["first", "onFailure", "last"]
    if error == BUDGET:
        return []
    return ["first", "error", "last"] if "tags" in more else ["first", "last"]


ATTRIBUTES = [
    {"entity": "CustomerSession", "name": name, "title": name, "type": "string"} for name in ("tier", "never")
]
SHOP: Plain = {
    "application": {},
    "attributes": ATTRIBUTES,
    "additionalCosts": [],
    "audiences": [{"id": 1, "name": "vip"}, {"id": 2, "name": "other"}],
    "loyaltyPrograms": [
        {
            "id": 1,
            "name": "stars",
            "title": "Stars",
            "timezone": "UTC",
            "cardBased": False,
            "sandbox": False,
            "allowSubledger": True,
            "defaultValidity": "unlimited",
            "defaultPending": "immediate",
            "tiers": [],
        }
    ],
    "giveawaysPools": [
        {"id": 1, "name": "full", "giveaways": [{"code": f"G-{number}"} for number in range(100)]},
        {"id": 2, "name": "empty", "giveaways": []},
    ],
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
CAMPAIGN: Plain = {
    "name": "failing",
    "limits": [
        {"action": "setDiscount", "limit": 5, "entities": []},
        {"action": "addFreeItemEffect", "limit": 8, "entities": []},
    ],
    "coupons": [{"value": "TENOFF", "usageLimit": 0}],
    "achievements": [{"id": 1, "name": "stamps", "title": "stamps", "description": "", "target": 3}],
}


def session_of(case: Case) -> Plain:
    """The session in which a case is tried."""
    return SESSION | ({} if "checkCoupon" not in case.title or "holds" in case.title else {"couponCodes": []})


SESSION: Plain = {"profileId": "ann", "couponCodes": ["TENOFF"], "attributes": {"tier": "gold"}}
