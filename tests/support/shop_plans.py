"""A shop given as plain data, as `largesse.load` takes it, built through the management operations instead."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
import msgspec

from largesse.engine.functions.audiences import NAMING_AUDIENCES
from largesse.engine.functions.loyalty import NAMING_PROGRAMS
from largesse.plumbing.database import Database
from tests.support.api import Shop, open_shop
from tests.support.files import lines, upload
from tests.support.outgoing.plans import define_outgoing, naming_outgoing

Plain = dict[str, Any]

_ATTRIBUTE = {"description": "", "suggestions": [], "editable": True}
_CAMPAIGN = {"state": "enabled", "tags": [], "features": []}
# What a campaign of a plan has that is made after it.
_BESIDE = ("coupons", "referrals", "achievements", "ruleset", "position", "storeBudgets", "collections", "valueMap")
# Functions whose first argument is the id of an achievement.
NAMING_ACHIEVEMENTS = frozenset(
    {"increaseAchievementProgress", "startAchievementProgress", "checkAchievement", "achievementStatus"}
)
_encode = msgspec.json.Encoder(decimal_format="number").encode


async def send(shop: Shop, method: str, path: str, body: Plain, *, authorization: str) -> httpx.Response:
    """A request whose decimals arrive as they are."""
    headers = {"Authorization": authorization, "Content-Type": "application/json"}
    return await shop.client.request(method, path, content=_encode(body), headers=headers)


async def build(client: httpx.AsyncClient, database: Database, plan: Plain) -> Shop:
    """A new account with the shop of the plan, groups and campaigns in the order of their positions."""
    settings = {name: value for name, value in plan["application"].items() if name != "attributes"}
    shop = await open_shop(client, database, **settings)
    for attribute in plan["attributes"]:
        await _create(shop, "/v1/attributes", _ATTRIBUTE | attribute)
    if "attributes" in plan["application"]:
        await _change(shop, shop.path, (await shop.manage("GET", shop.path)).json() | plan["application"])
    if "account" in plan:
        await _change(shop, f"/v1/accounts/{shop.staff.account_id}", plan["account"])
    for cost in plan["additionalCosts"]:
        await _create(shop, "/v1/additional_costs", cost)
    store_ids = {}
    for store in plan.get("stores", ()):
        store_ids[store["id"]] = (await _create(shop, f"{shop.path}/stores", _without_id(store)))["id"]
    for event_type in plan.get("eventTypes", ()):
        await _create(shop, "/v1/event_types", event_type)
    audiences: dict[int, int] = {}
    for audience in plan.get("audiences", ()):
        made = await shop.integrate("POST", "/v2/audiences", {"name": audience["name"]})
        assert made.status_code == 201, made.text
        audiences[audience["id"]] = made.json()["id"]
    shop = replace(shop, audiences=audiences)
    program_ids = {program["id"]: await _build_program(shop, program) for program in plan.get("loyaltyPrograms", ())}
    pools = {pool["id"]: await _build_pool(shop, pool) for pool in plan.get("giveawaysPools", ())}
    shop = replace(shop, pools=pools)
    if plan.get("catalog"):
        await _fill_catalog(shop, plan["catalog"])
    usable = {"subscribedApplicationsIds": [shop.application_id]}
    await fill_collections(shop, "/v1/collections", [each | usable for each in plan.get("collections", ())])
    for cart_item_filter in plan.get("cartItemFilters", ()):
        await make_filter(shop, cart_item_filter["name"], cart_item_filter["expression"])
    outgoing_ids = await define_outgoing(shop, plan)
    base = (await shop.manage("GET", shop.path)).json()["defaultEvaluationGroupId"]
    group_ids = {1: base}
    members = [*plan.get("evaluationGroups", ()), *plan["campaigns"]]
    for member in sorted(members, key=lambda each: each.get("position", 0)):
        if "ruleset" in member:
            renumbered = naming_outgoing(_with_programs(member, program_ids), outgoing_ids)
            await _build_campaign(shop, renumbered, group_ids[member.get("evaluationGroupId", 1)], store_ids)
        else:
            await _build_group(shop, member, group_ids)
    return shop


async def make_filter(shop: Shop, name: str, expression: Any) -> Any:
    """A cart item filter of the Application with its expression; gives the filter."""
    place = f"{shop.path}/cart_item_filters"
    made = await _create(shop, place, {"name": name})
    await _create(shop, f"{place}/{made['id']}/expressions", {"expression": expression})
    return made


async def fill_collections(shop: Shop, path: str, collections: Iterable[Plain]) -> list[int]:
    """Collections with their items; gives their ids."""
    ids: list[int] = []
    for each in collections:
        made = await _create(shop, path, {name: each[name] for name in each if name != "items"})
        content = lines("item", [[item] for item in each["items"]])
        assert (await upload(shop, f"{path}/{made['id']}/import", content)).is_success
        ids.append(made["id"])
    return ids


async def make_value_map(shop: Shop, campaign: str, values: Plain) -> int:
    """The value map of the campaign with this path; gives its id."""
    made: Plain = await _create(shop, f"{campaign}/value_maps", {})
    content = lines("identifier,value", values.items())
    assert (await upload(shop, f"{campaign}/value_maps/{made['id']}/import", content)).is_success
    return int(made["id"])


async def _build_group(shop: Shop, group: Plain, group_ids: dict[int, int]) -> None:
    """A group of the plan, or other settings for the base group; notes the id it gets."""
    parent_id = group_ids[group.get("parentId", 1)]
    body = {"locked": False} | group | {"parentId": parent_id}
    if group["id"] in group_ids:
        await _change(shop, f"{shop.path}/evaluation_groups/{parent_id}", body)
    else:
        group_ids[group["id"]] = (await _create(shop, f"{shop.path}/evaluation_groups", body))["id"]


async def _build_campaign(shop: Shop, campaign: Plain, group_id: int, store_ids: dict[int, int]) -> None:
    settings = {name: value for name, value in campaign.items() if name not in _BESIDE}
    settings["evaluationGroupId"] = group_id
    settings["linkedStoreIds"] = [store_ids[each] for each in campaign.get("linkedStoreIds", ())]
    created = await _create(shop, f"{shop.path}/campaigns", _CAMPAIGN | settings)
    place = f"{shop.path}/campaigns/{created['id']}"
    await fill_collections(shop, f"{place}/collections", campaign.get("collections", ()))
    if "valueMap" in campaign:
        await make_value_map(shop, place, campaign["valueMap"])
    for achievement in campaign.get("achievements", ()):
        made = await _create(shop, f"{place}/achievements", _without_id(achievement))
        shop.achievements[achievement["id"]] = made["id"]
    await _create(shop, f"{place}/rulesets", _numbered(campaign["ruleset"], shop) | {"activate": True})
    for budget in campaign.get("storeBudgets", ()):
        limits = [each | {"storeId": store_ids[each["storeId"]]} for each in budget["storeLimits"]]
        await _create(shop, f"{place}/stores/budgets", budget | {"storeLimits": limits})
    for coupon in campaign["coupons"]:
        terms = {name: value for name, value in coupon.items() if name != "value"}
        await _create(shop, f"{place}/coupons", terms | {"couponPattern": coupon["value"], "numberOfCoupons": 1})
    for referral in campaign.get("referrals", ()):
        await _refer(shop, created["id"], referral)


def _numbered(json: Any, shop: Shop) -> Any:
    """A ruleset that names audiences, pools and achievements by the ids they have got."""
    match json:
        case [str() as name, who, int() | Decimal() as number] if name in NAMING_AUDIENCES:
            return [name, who, shop.audiences[int(number)]]
        case ["awardGiveaway", int() as number, *rest]:
            return ["awardGiveaway", shop.pools.get(number, number), *rest]
        case [str() as name, int() as number, *rest] if name in NAMING_ACHIEVEMENTS:
            return [name, shop.achievements[number], *(_numbered(each, shop) for each in rest)]
        case list():
            return [_numbered(each, shop) for each in json]
        case dict():
            return {key: _numbered(value, shop) for key, value in json.items()}
        case _:
            return json


async def _build_pool(shop: Shop, pool: Plain) -> int:
    """A pool of the plan with its giveaways; its id."""
    made: Plain = await _create(shop, "/v1/giveaways/pools", {"name": pool["name"], "sandbox": False})
    if pool["giveaways"]:
        await _create(shop, f"/v1/giveaways/pools/{made['id']}/giveaways", {"giveaways": pool["giveaways"]})
    pool_id: int = made["id"]
    return pool_id


async def _build_program(shop: Shop, program: Plain) -> int:
    """A loyalty program of the plan; its id."""
    settings = {name: value for name, value in program.items() if name not in ("id", "cards")}
    body = {"subscribedApplications": [shop.application_id]} | settings
    program_id: int = (await _create(shop, "/v1/loyalty_programs", body))["id"]
    cards = f"/v1/loyalty_programs/{program_id}/cards"
    for card in program.get("cards", ()):
        made = await shop.integrate("POST", cards, {name: card[name] for name in card if name != "attributes"})
        assert made.status_code == 200, made.text
        if "attributes" in card:
            one = f"{cards}/{card['cardIdentifier']}/attributes"
            await _change(shop, one, {"attributes": card["attributes"]})
    return program_id


def _with_programs(json: Any, program_ids: dict[int, int]) -> Any:
    """A plan with the ids that its loyalty programs have got."""
    match json:
        case [str() as name, *arguments] if name.lower() in NAMING_PROGRAMS and arguments:
            place = 1 if name.endswith("PerItem") else 0
            program_id = program_ids.get(int(arguments[place]), arguments[place])
            rest = _with_programs(arguments[place + 1 :], program_ids)
            return [name, *arguments[:place], program_id, *rest]
        case list():
            return [_with_programs(each, program_ids) for each in json]
        case dict():
            return {key: _with_programs(value, program_ids) for key, value in json.items()}
        case _:
            return json


async def _refer(shop: Shop, campaign_id: int, referral: Plain) -> None:
    """A referral with a code of the plan's choosing, which only the operation for many takes; it takes no friend."""
    terms = {name: referral[name] for name in referral if name.endswith(("Limit", "Date", "attributes"))}
    body = {
        "campaignId": campaign_id,
        "advocateProfileIntegrationIds": [referral["advocateProfileIntegrationId"]],
        "referralPattern": referral["code"],
    }
    path, key = "/v1/referrals_for_multiple_advocates?silent=no", f"ApiKey-v1 {shop.key}"
    answer = await send(shop, "POST", path, body | terms, authorization=key)
    assert answer.status_code == 201, answer.text
    if friend := referral.get("friendProfileIntegrationId"):
        place = f"{shop.path}/campaigns/{campaign_id}/referrals/{answer.json()['data'][0]['id']}"
        changed = await shop.manage("PUT", place, terms | {"friendProfileIntegrationId": friend})
        assert changed.status_code == 200, changed.text


async def _fill_catalog(shop: Shop, items: list[Plain]) -> None:
    """A catalog for the shop, with these items."""
    body = {"name": "Catalog", "description": "", "subscribedApplicationsIds": [shop.application_id]}
    catalog = await _create(shop, "/v1/catalogs", body)
    path = f"/v1/catalogs/{catalog['id']}/sync"
    await _sync(shop, path, "ADD", [{name: item[name] for name in item if name != "prices"} for item in items])
    for kind in sorted({kind for item in items for kind in item.get("prices", ())}):
        await _create(shop, "/v1/price_types", {"name": kind, "title": kind})
    adjustments = [
        {
            "sku": item["sku"],
            "adjustments": [{"priceType": kind, "referenceId": kind} | price for kind, price in item["prices"].items()],
        }
        for item in items
        if "prices" in item
    ]
    if adjustments:
        await _sync(shop, path, "ADD_PRICE_ADJUSTMENT", adjustments)


async def _sync(shop: Shop, path: str, kind: str, payloads: list[Plain]) -> None:
    actions = {"actions": [{"type": kind, "payload": payload} for payload in payloads]}
    answer = await send(shop, "PUT", path, actions, authorization=f"ApiKey-v1 {shop.key}")
    assert answer.status_code == 200, answer.text


def _without_id(plan: Plain) -> Plain:
    return {name: value for name, value in plan.items() if name != "id"}


async def _change(shop: Shop, path: str, body: Plain) -> None:
    answer = await send(shop, "PUT", path, body, authorization=f"Bearer {shop.staff.token}")
    assert answer.status_code == 200, f"{path}: {answer.text}"


async def _create(shop: Shop, path: str, body: Plain) -> Any:
    answer = await send(shop, "POST", path, body, authorization=f"Bearer {shop.staff.token}")
    assert answer.status_code in (200, 201, 204), f"{path}: {answer.text}"
    return answer.json() if answer.content else None
