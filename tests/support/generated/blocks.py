"""Generated blocks: every type, operator and target there is, with values that are easily mistaken for something
else."""

from typing import TypeAlias, get_args, get_type_hints

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from largesse.engine.formats.structured.blocks import (
    CheckAchievementBlock,
    CheckAttributeBlock,
    CheckAudienceBlock,
    CheckBudgetBlock,
    CheckLoyaltyBalanceBlock,
    UpdateAttributeValueBlock,
    UpdateAudienceMembershipBlock,
)
from largesse.engine.formats.structured.references import TriggerTarget, UpdateTarget
from tests.support.blocks import Plain

Fields: TypeAlias = dict[str, SearchStrategy[object]]

TEXTS = st.sampled_from(
    [
        *("Gold", "", " ", "10%", "1", "1.50", "true", "null", "$", "$x", "[", "]", "{{", "}}", '"', "'", "\\", "\n"),
        *("a {{$Session.Total}} b", "[Session.Total]", "$Session.Total", '{{"a"}}', "é€😀", "[x] y"),
    ]
)
NUMBERS = st.sampled_from([0, 1, -3, 10, "{{$Session.Total / 2}}", "{{ $Session.Total * 10% }}"])
TIMES = st.sampled_from(["2026-03-01T10:00:00Z", "2026-03-01T10:00:00+02:00", "$Session.Created"])
ATTRIBUTES = st.sampled_from(
    ["$Session.Total", "$Session.Attributes.tier", "$Profile.Attributes.Name", "{{$Session.Total + 1}}"]
)
ITEM_TARGETS = ({"type": "allItems"}, {"type": "selector", "name": "List"}, {"type": "globalFilter", "name": "Hats"})
UNARY = ("empty", "not(empty)", "exists", "not(exists)", "isTrue", "isFalse")
WINDOWS, OF_LISTS, OF_COLLECTIONS = (
    ("within", "not(within)"),
    ("oneOf", "not(oneOf)"),
    ("inCollection", "not(inCollection)"),
)
SEVERAL = ("containsOneOf", "containsNoneOf", "containsAllOf")
COUNTED = ("containsAtLeast", "containsExactly")
OTHERS = {*UNARY, *WINDOWS, *OF_LISTS, *OF_COLLECTIONS, *SEVERAL, *COUNTED, "between"}
AIM: Plain = {"id": 9, "name": "ten", "title": "", "target": 0}
PROGRAM: Plain = {"id": 5, "name": "", "title": ""}


def _all(block: type, field: str = "operator") -> SearchStrategy[str]:
    """Whatever a field of a block may be, read from the shapes so that nothing is forgotten."""
    return st.sampled_from(get_args(get_type_hints(block)[field]))


def _made(
    type_: str, optional: dict[str, SearchStrategy[object]] | None = None, **fields: object
) -> SearchStrategy[Plain]:
    strategies = {name: each if isinstance(each, SearchStrategy) else st.just(each) for name, each in fields.items()}
    return st.fixed_dictionaries({"type": st.just(type_), **strategies}, optional=optional or {})


def _one_of(*values: object) -> SearchStrategy[object]:
    return st.sampled_from(values)


def comparisons() -> SearchStrategy[Plain]:
    """Checks of attributes with every operator."""
    values = st.one_of(TEXTS, NUMBERS, ATTRIBUTES, st.booleans())
    lists = st.lists(st.one_of(TEXTS, st.integers(-3, 3)), max_size=3)
    window: Fields = {name: st.booleans() for name in ("startInclusive", "endInclusive", "timezoneInsensitive")}
    check = "checkAttribute"
    plainly = _all(CheckAttributeBlock).filter(lambda each: each not in OTHERS)
    return st.one_of(
        _made(
            check,
            attribute=ATTRIBUTES,
            operator=plainly,
            value=values,
        ),
        _made(check, attribute=ATTRIBUTES, operator=_one_of(*OF_LISTS), value=lists),
        _made(check, attribute=ATTRIBUTES, operator=_one_of(*OF_COLLECTIONS), value=_one_of("m", 4)),
        _made(check, attribute=ATTRIBUTES, operator="between", min=NUMBERS, max=NUMBERS),
        _made(check, window, attribute=ATTRIBUTES, operator=_one_of(*WINDOWS), start=TIMES, end=TIMES),
        _made(check, attribute=ATTRIBUTES, operator=_one_of(*SEVERAL), values=lists),
        _made(check, attribute=ATTRIBUTES, operator=_one_of(*COUNTED), values=lists, count=st.integers(0, 3)),
        _made(check, attribute=ATTRIBUTES, operator=_one_of(*UNARY)),
    )


def conditions() -> dict[str, SearchStrategy[Plain]]:
    """Conditions of every type but groups, by type."""
    matched = st.lists(comparisons(), min_size=1, max_size=2)
    made = {
        "checkAttribute": comparisons(),
        "checkAudience": _made(
            "checkAudience",
            operator=_all(CheckAudienceBlock),
            profile=_all(CheckAudienceBlock, "profile"),
            audience=st.just({"id": 7, "name": ""}),
        ),
        "checkLoyaltyBalance": _made(
            "checkLoyaltyBalance",
            operator=_all(CheckLoyaltyBalanceBlock),
            program=PROGRAM,
            subledger=TEXTS,
            balance=_all(CheckLoyaltyBalanceBlock, "balance"),
            value=st.integers(-3, 100),
        ),
        "checkCoupon": _made("checkCoupon", redeem=st.booleans()),
        "checkReferral": _made("checkReferral", redeem=st.booleans()),
        "checkEvent": _made("checkEvent", {"matchers": matched}, eventType=TEXTS),
        "checkAchievement": _made("checkAchievement", operator=_all(CheckAchievementBlock), achievement=AIM),
        "checkBudget": st.one_of(
            _made("checkBudget", operator="available", action=_all(CheckBudgetBlock, "action")),
            _made("checkBudget", operator="enoughFor", action="setDiscount", value=st.integers(0, 9)),
        ),
    }
    return made | {"passthrough": _made("passthrough", expression=st.just(["couponValid"]))}


def discounts() -> SearchStrategy[Plain]:
    """Discounts on every target."""
    items = st.sampled_from([each | more for each in ITEM_TARGETS for more in ({}, {"prorated": True})])
    chosen = st.one_of(
        st.fixed_dictionaries({"type": st.just("byIndex"), "value": st.integers(0, 2)}),
        st.fixed_dictionaries(
            {
                "type": st.just("byAttribute"),
                "attribute": st.just("{{$Item.Price}}"),
                "direction": _one_of("highest", "lowest"),
            }
        ),
    )
    bundles = st.one_of(
        st.just({"type": "bundle", "name": "Pairs"}),
        st.just({"type": "bundle", "name": "Pairs", "prorated": True}),
        chosen.map(lambda item: {"type": "bundle", "name": "Pairs", "item": item}),
    )
    costs = st.sampled_from([{"type": "cart"}, *ITEM_TARGETS]).map(
        lambda target: {"type": "additionalCost", "additionalCost": {"id": 0, "name": "shipping"}, "target": target}
    )
    targets = st.one_of(st.just({"type": "cart"}), items, bundles, costs)
    return _made("awardDiscount", name=TEXTS, value=NUMBERS, partial=st.booleans(), target=targets)


def effects() -> dict[str, SearchStrategy[Plain]]:
    """Effects of every type, by type."""
    tier: Plain = {"id": 0, "entity": "", "name": "tier", "title": "tier", "type": ""}
    engrave: Plain = {"id": 7, "name": "engrave", "title": ""}
    audience: Plain = {"id": 7, "name": ""}
    params = st.dictionaries(st.sampled_from(["size", "order_id"]), st.one_of(TEXTS, NUMBERS), max_size=2)
    flags = st.booleans()
    places, who = _all(UpdateTarget, "type").map(_placed), _all(UpdateAudienceMembershipBlock, "profile")
    operators = _all(UpdateAttributeValueBlock).filter(lambda each: each != "toggle")
    update = "updateAttributeValue"
    made = {
        "awardDiscount": discounts(),
        "awardItem": _made(
            "awardItem", {"partial": flags}, sku=TEXTS, name=TEXTS, quantity=_one_of("1", "3", "{{1 + 1}}")
        ),
        "awardGiveaway": _made("awardGiveaway", giveawayPool=st.just({"id": 8, "name": ""}), profile=who),
        "showNotification": _made("showNotification", {"body": TEXTS}, notificationType=_one_of("Info"), title=TEXTS),
        "createCoupon": _made(
            "createCoupon", campaignId=_one_of(4, "{{$Campaign.Id}}"), recipientId=TEXTS, storeInSession=flags
        ),
        "createReferral": _made("createReferral", campaignId=4, friendId=TEXTS, storeInSession=flags),
        "reserveCoupon": _made("reserveCoupon"),
        "updateAudienceMembership": _made(
            "updateAudienceMembership", operator=_all(UpdateAudienceMembershipBlock), profile=who, audience=audience
        ),
        "updateAchievementProgress": _made(
            "updateAchievementProgress", operator="increaseBy", value=_one_of("1", "{{1 + 1}}"), achievement=AIM
        ),
        update: st.one_of(
            _made(update, operator=operators, attribute=tier, value=st.one_of(TEXTS, NUMBERS), target=places),
            _made(update, operator="toggle", attribute=tier, target=places),
        ),
        "triggerWebhook": _made("triggerWebhook", {"params": params}, webhook=st.just({"id": 3, "title": ""})),
        "triggerCustomEffect": _made(
            "triggerCustomEffect",
            {"params": params},
            customEffect=engrave,
            target=_all(TriggerTarget, "type").map(_placed),
        ),
    }
    return made | {"passthrough": _made("passthrough", expression=st.just(["setDiscount", "x", 1]))}


def any_of(blocks: dict[str, SearchStrategy[Plain]]) -> SearchStrategy[Plain]:
    """A block of one of the types."""
    return st.one_of(*blocks.values())


def _placed(type_: str) -> Plain:
    """A target of a type."""
    names = {"selector": "List", "globalFilter": "Hats", "bundle": "Pairs"}
    return {"type": type_} | ({"name": names[type_]} if type_ in names else {})
