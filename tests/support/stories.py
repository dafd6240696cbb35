"""Stories: business scenarios written once, as text, and run at several levels.

A story file says what the shop is, then what happens, each step with everything the shopper gets:

    story: a coupon for one
    application: caseSensitivity=insensitive-uppercase
    cost: shipping session
    store: mitte city=Berlin
    pool: cards
      giveaway: CARD-1 startDate=-1d endDate=+1d
    filter: Shoes (filter (. Session CartItems) ((Item) (= (. Item Category) shoes)))
    collection: vips ann bob
    attribute: CustomerSession tier string
    audience: vip
    event: pageViewed
    program: stars returnPolicy=unlimited tiers=Bronze:0,Gold:100
    program: cards cardBased=true
      card: HERS-1 profiles=ann,bob
    group: base highestDiscount
    group: shoes in base listOrder cartItem
    catalog: boot 100 product=Boots color=red
    price: boot member 90
    campaign: welcome group=shoes stores=mitte
      value map: shoe=10 hat=2.5
      coupon: TEN usageLimit=1
      referral: REF-1 advocate=ann friend=bob usageLimit=1
      achievement: stamps target=10 period=30D
      budget: setDiscount 100 daily per Profile
      store budget: mitte setDiscount 50 daily
      rule: ten off
        when (couponValid)
        then (setDiscount "ten off" 10)
    steps:
      s1 open profile=ann cart=shoe:100x2 codes=TEN
        gets acceptCoupon value=TEN
        gets setDiscount name="ten off" value=10
      s2 closed codes=NOPE
        gets rejectCoupon value=NOPE rejectionReason=CouponNotFound
      s1 cancelled
        refused /customerSession/state

After a session was closed, `s1 returns shoe*2,#1` returns two units with the SKU shoe and all that is left at
position 1; with `again` at the end, campaigns that want it are evaluated once more. `s1 reopens` opens it again, and
`s1 holds` says (with `gets`) which effects still hold.

`ann told attributes=tier=gold joins=vip leaves=other` updates a profile and lets rules run on it; `ann sends pageViewed
page=home` sends an event of a customer, with its attributes. `ann joins vip` and `ann leaves vip` change who is in an
audience, and no rules run. Rules name audiences by their numbers, in the order of the story, and
loyalty programs likewise.

Groups and campaigns stand in the evaluation tree as they stand in the story; the group called base is always there.
A step without `gets` gets nothing. A cart is `sku[:price][xquantity][+cost:price][@category]`, comma separated. Times
are relative to the start of the run: `startDate=+1d`. Expressions are in the rule language's text form.
"""

import shlex
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from tests.support.outgoing.plans import define_in_story
from tests.support.story_parts.sets import SETS, read_set
from tests.support.story_parts.words import SESSION_KEYS, binding, card, expression_of, limit, pairs, referral, returned

Plain = dict[str, Any]

Verb = Literal["updates", "returns", "reopens", "holds", "joins", "leaves", "told", "sends"]

_SETTINGS = frozenset(
    {"application", "attribute", "cost", "audience", "event", "group", "store", "pool", "giveaway", "catalog", "filter"}
    | {"program", "price", "card"}
)


@dataclass(frozen=True)
class Step:
    """What is done with one session, and what it must give: effects (type and props), or the pointers of its refusals.

    `sent` is the session of an update, the items of a return (`again`: and evaluate once more), the number of an
    audience, the update of a profile or the event of one (`session` is then the profile), and empty otherwise.
    """

    session: str
    verb: Verb
    sent: Any
    line: int
    gets: tuple[tuple[str, Plain], ...] = ()
    refused: tuple[str, ...] = ()
    again: bool = False


@dataclass
class Story:
    """A parsed story; `shop` is plain data as `largesse.load` takes them. Pools and achievements have the ids
    1, 2, ..."""

    title: str
    shop: Plain = field(
        default_factory=lambda: {
            "application": {},
            "attributes": [],
            "additionalCosts": [],
            "stores": [],
            "audiences": [],
            "eventTypes": [],
            "giveawaysPools": [],
            "catalog": [],
            "cartItemFilters": [],
            "loyaltyPrograms": [],
            "evaluationGroups": [],
            "campaigns": [],
        }
    )
    steps: list[Step] = field(default_factory=list)


def read_stories(folder: Path) -> list[Story]:
    """All stories of a folder, several to a file."""
    return [story for path in sorted(folder.glob("*.story")) for story in parse_stories(path.read_text())]


def parse_stories(text: str) -> list[Story]:
    """The stories of one text, each with its steps in order."""
    stories: list[Story] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("story:"):
            stories.append(Story(line.removeprefix("story:").strip()))
        elif line.startswith(("custom:", "webhook:")):
            define_in_story(stories[-1].shop, *line.split(":", 1))
        elif line.partition(":")[0] in SETS:
            read_set(stories[-1].shop, *line.split(": ", 1))
        else:
            _read_line(stories[-1], line, number)
    return stories


def _read_line(story: Story, line: str, number: int) -> None:
    word, _, rest = line.partition(" ")
    campaigns = story.shop["campaigns"]
    match word.rstrip(":"):
        case setting if setting in _SETTINGS:
            if rest.startswith("budget:"):
                campaigns[-1]["storeBudgets"].append(_store_budget(rest.split()[1:], story.shop))
                return
            _read_setting(story.shop, setting, rest)
        case "campaign":
            name, *settings = shlex.split(rest)
            campaigns.append(_campaign(name, pairs(settings), story.shop))
        case "coupon" | "referral" | "achievement":
            _read_part(campaigns, word.rstrip(":"), *shlex.split(rest))
        case "budget":
            campaigns[-1]["limits"].append(limit(rest.split()))
        case "binding":
            name, _, expression = rest.partition(" ")
            campaigns[-1]["ruleset"]["bindings"].append(binding(name, expression_of(expression)))
        case "rule":
            campaigns[-1]["ruleset"]["rules"].append({"title": rest, "condition": ["and"], "effects": []})
        case "when":
            campaigns[-1]["ruleset"]["rules"][-1]["condition"].append(expression_of(rest))
        case "then":
            campaigns[-1]["ruleset"]["rules"][-1]["effects"].append(expression_of(rest))
        case "steps":
            pass
        case _:
            _read_step(story, word, rest, number)


def _read_part(campaigns: list[Plain], word: str, name: str, *settings: str) -> None:
    """Something of the last campaign."""
    match word:
        case "coupon":
            campaigns[-1]["coupons"].append({"value": name, "usageLimit": 1} | pairs(settings))
        case "referral":
            campaigns[-1]["referrals"].append({"code": name, "usageLimit": 1} | referral(settings))
        case _:
            number = sum(len(each["achievements"]) for each in campaigns) + 1
            given = {"id": number, "name": name, "title": name, "description": ""}
            campaigns[-1]["achievements"].append(given | pairs(settings))


def _read_setting(shop: Plain, word: str, rest: str) -> None:
    match word:
        case "application":
            shop["application"] |= pairs(shlex.split(rest))
        case "attribute":
            entity, name, kind = rest.split(" ", 2)
            shop["attributes"].append({"entity": entity, "name": name, "title": name, "type": kind})
        case "store":
            name, *attributes = shlex.split(rest)
            named = {"integrationId": name, "name": name, "description": "", "attributes": pairs(attributes)}
            shop["stores"].append(named | {"id": len(shop["stores"]) + 1})
        case "price":
            sku, kind, price = rest.split()
            item = next(each for each in shop["catalog"] if each["sku"] == sku)
            item.setdefault("prices", {})[kind] = {"price": Decimal(price)}
        case "catalog":
            shop["catalog"].append(_catalog_item(shlex.split(rest)))
        case "cost":
            name, kind = rest.split()
            shop["additionalCosts"].append({"name": name, "title": name, "description": "", "type": kind})
        case "event":
            shop["eventTypes"].append({"name": rest, "title": rest})
        case "audience":
            shop["audiences"].append({"id": len(shop["audiences"]) + 1, "name": rest})
        case "program" | "card":
            _read_program(shop["loyaltyPrograms"], word, *shlex.split(rest))
        case "pool":
            pools = shop["giveawaysPools"]
            pools.append({"id": len(pools) + 1, "name": rest, "giveaways": []})
        case "giveaway":
            code, *settings = shlex.split(rest)
            shop["giveawaysPools"][-1]["giveaways"].append({"code": code} | pairs(settings))
        case _:
            shop["evaluationGroups"].append(_group(rest.split(), shop))


def _read_program(programs: list[Plain], word: str, name: str, *settings: str) -> None:
    """A loyalty program, or a card of the last one."""
    if word == "card":
        programs[-1].setdefault("cards", []).append(card(name, pairs(settings)))
    else:
        programs.append({"id": len(programs) + 1, "name": name, "title": name} | _program(pairs(settings)))


def _program(settings: Plain) -> Plain:
    """Settings of a loyalty program, its tiers as `name:points`, comma separated."""
    tiers = (each.split(":") for each in filter(None, settings.pop("tiers", "").split(",")))
    given = {"timezone": "UTC", "cardBased": False, "sandbox": False, "allowSubledger": True}
    durations = {"defaultValidity": "unlimited", "defaultPending": "immediate"}
    return (
        given | durations | {"tiers": [{"name": name, "minPoints": int(points)} for name, points in tiers]} | settings
    )


def _campaign(name: str, settings: Plain, shop: Plain) -> Plain:
    group, stores = settings.pop("group", None), settings.pop("stores", "")
    campaign: Plain = {"name": name, "limits": [], "coupons": [], "referrals": [], "storeBudgets": []}
    campaign["achievements"] = []
    campaign["ruleset"] = {"rules": [], "bindings": []}
    campaign["linkedStoreIds"] = [_store_id(each, shop) for each in filter(None, stores.split(","))]
    return campaign | ({"evaluationGroupId": _group_id(group, shop)} if group else {}) | _place(shop) | settings


def _group(words: list[str], shop: Plain) -> Plain:
    """`name [in parent] mode [scope]`; ids are given in order, the base group's is 1."""
    name, *rest = words
    parent = rest[1] if rest[0] == "in" else None
    mode, scope = (*rest[2 if parent else 0 :], "session")[:2]
    settings = {"name": name, "evaluationMode": mode, "evaluationScope": scope} | _place(shop)
    if name == "base":
        return settings | {"id": 1}
    return settings | {"id": len(shop["evaluationGroups"]) + 2, "parentId": _group_id(parent or "base", shop)}


def _group_id(name: str, shop: Plain) -> int:
    return next((group["id"] for group in shop["evaluationGroups"] if group["name"] == name), 1)


def _store_id(name: str, shop: Plain) -> int:
    found: int = next(store["id"] for store in shop["stores"] if store["integrationId"] == name)
    return found


def _store_budget(words: list[str], shop: Plain) -> Plain:
    """`store action limit [period]`."""
    store, action, limit, *period = words
    limits = [{"storeId": _store_id(store, shop), "limit": Decimal(limit)}]
    return {"action": action, "storeLimits": limits} | ({"period": period[0]} if period else {})


def _catalog_item(words: list[str]) -> Plain:
    """`sku [price] [product=name] [attribute=value]`."""
    sku, *settings = words
    price = settings.pop(0) if settings and "=" not in settings[0] else None
    attributes = pairs(settings)
    product = attributes.pop("product", None)
    item = {"sku": sku, "attributes": attributes} | ({"product": {"name": product}} if product else {})
    return item | ({"price": Decimal(price)} if price else {})


def _place(shop: Plain) -> Plain:
    return {"position": len(shop["evaluationGroups"]) + len(shop["campaigns"])}


def _read_step(story: Story, word: str, rest: str, number: int) -> None:
    if word in ("gets", "refused"):
        last = story.steps[-1]
        if word == "gets":
            effect, *props = shlex.split(rest)
            story.steps[-1] = replace(last, gets=(*last.gets, (effect, pairs(props))))
        else:
            story.steps[-1] = replace(last, refused=(*last.refused, rest))
        return
    state, *settings = shlex.split(rest)
    if state == "returns":
        story.steps.append(Step(word, "returns", [returned(each) for each in settings[0].split(",")], number))
        story.steps[-1] = replace(story.steps[-1], again="again" in settings)
        return
    if state in ("joins", "leaves"):
        (audience,) = _audiences(settings[0], story)
        story.steps.append(Step(word, "joins" if state == "joins" else "leaves", audience, number))
        return
    if state == "told":
        story.steps.append(Step(word, "told", _told(settings, story), number))
        return
    if state == "sends":
        sent = {"profileId": word, "type": settings[0], "attributes": pairs(settings[1:])}
        story.steps.append(Step(word, "sends", sent, number))
        return
    if state in ("reopens", "holds"):
        story.steps.append(Step(word, "reopens" if state == "reopens" else "holds", {}, number))
        return
    update: Plain = {} if state == "same" else {"state": state}
    for setting in settings:
        key, _, value = setting.partition("=")
        update |= SESSION_KEYS[key](value)
    story.steps.append(Step(word, "updates", update, number))


def _told(settings: list[str], story: Story) -> Plain:
    """An update of a profile."""
    given = dict(setting.split("=", 1) for setting in settings)
    attributes = pairs(given["attributes"].split(",")) if "attributes" in given else {}
    moves = {"adds": _audiences(given.get("joins", ""), story), "deletes": _audiences(given.get("leaves", ""), story)}
    return {"attributes": attributes, "audiencesChanges": moves}


def _audiences(names: str, story: Story) -> list[int]:
    """The numbers of audiences, given by their names."""
    known = {each["name"]: each["id"] for each in story.shop["audiences"]}
    return [known[name] for name in names.split(",") if name]
