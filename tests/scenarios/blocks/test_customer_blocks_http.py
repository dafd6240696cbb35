"""Blocks about customers over HTTP: audiences, joined and left by updates of profiles, and events with matchers."""

import pytest

from largesse.plumbing.database import Database
from tests.support.api import Shop, open_door, open_shop
from tests.support.blocks import Plain, numbered

pytestmark = pytest.mark.anyio

ATTRIBUTE = {"entity": "Event", "eventType": "viewed", "name": "page", "title": "page", "type": "string"}


def shown(title: str) -> Plain:
    """A message."""
    return {"type": "showNotification", "notificationType": "Info", "title": title}


def titles(state: Plain) -> list[str]:
    """The titles of messages, and the types of all other effects."""
    return [effect["props"].get("title", effect["effectType"]) for effect in state["effects"]]


async def write(shop: Shop, rules: dict[str, list[Plain]]) -> None:
    """A campaign with rules given as blocks, by title."""
    campaign = await shop.campaign()
    path = f"{shop.path}/campaigns/{campaign['id']}/rulesets".replace("/v1/", "/v2/")
    written = [{"title": title, "blocks": numbered(blocks)} for title, blocks in rules.items()]
    await shop.create(path, {"promotionRules": written})


async def tell(shop: Shop, **changes: list[int]) -> list[str]:
    """What ann gets for joining and leaving audiences."""
    body: Plain = {"audiencesChanges": {"adds": [], "deletes": []} | changes}
    query = {"runRuleEngine": "true"}
    return titles((await shop.integrate("PUT", "/v2/customer_profiles/ann", body, query=query)).json())


async def test_every_check_of_an_audience_decides(database: Database, database_url: str) -> None:
    async with open_door(database_url) as client:
        shop = await open_shop(client, database)
        vip, other = [
            (await shop.integrate("POST", "/v2/audiences", {"name": name})).json()["id"] for name in ("VIP", "Other")
        ]
        of_vip = {"profile": "Current", "audience": {"id": vip, "name": "VIP"}}
        rules: dict[str, list[Plain]] = {
            operator: [{"type": "checkAudience", "operator": operator} | of_vip, shown(operator)]
            for operator in ("member", "not(member)", "justJoined", "justLeft")
        }
        to_other = of_vip | {"audience": {"id": other, "name": "Other"}, "type": "updateAudienceMembership"}
        rules["moves"] = [rules["justJoined"][0], to_other | {"operator": "add"}]
        await write(shop, rules)
        assert await tell(shop) == ["not(member)"]
        assert await tell(shop, adds=[vip]) == ["member", "justJoined", "addToAudience"]
        assert await tell(shop) == ["member"]
        assert await tell(shop, deletes=[vip, other]) == ["not(member)", "justLeft"]


async def test_expressions_are_read_as_blocks_with_the_names_of_audiences(
    database: Database, database_url: str
) -> None:
    async with open_door(database_url) as client:
        shop = await open_shop(client, database)
        vip = (await shop.integrate("POST", "/v2/audiences", {"name": "VIP", "integration": "braze"})).json()["id"]
        campaign = await shop.campaign()
        rule = {
            "title": "r",
            "condition": ["and", ["not", ["audienceMember", "Current", vip]]],
            "effects": [["addToAudience", "Current", vip]],
        }
        made = await shop.rules(campaign["id"], rule)
        path = f"{shop.path}/campaigns/{campaign['id']}/rulesets/{made['id']}".replace("/v1/", "/v2/")
        read = (await shop.manage("GET", path)).json()["promotionRules"][0]["blocks"]
        named = {"profile": "Current", "audience": {"id": vip, "name": "VIP", "integration": "braze"}}
        wanted = [
            (read[0]["blocks"][0], {"type": "checkAudience", "operator": "not(member)"} | named),
            (read[1], {"type": "updateAudienceMembership", "operator": "add"} | named),
        ]
        for block, expected in wanted:
            assert {name: block[name] for name in expected} == expected


async def test_matchers_look_at_the_attributes_of_an_event(database: Database, database_url: str) -> None:
    async with open_door(database_url) as client:
        shop = await open_shop(client, database)
        await shop.create("/v1/attributes", ATTRIBUTE | {"description": "", "suggestions": [], "editable": True})
        page_is = {"type": "checkAttribute", "operator": "equals", "attribute": "$Event.Attributes.page"}
        shoes = page_is | {"value": "shoes"}
        event = {"type": "checkEvent", "eventType": "viewed", "matchers": [shoes]}
        await write(shop, {"shoes": [event, shown("Shoes")], "any": [event | {"matchers": []}, shown("Any")]})
        for page, wanted in (("shoes", ["Shoes", "Any"]), ("hats", ["Any"])):
            sent = {"profileId": "ann", "type": "viewed", "attributes": {"page": page}}
            state = (await shop.integrate("POST", "/v2/events", sent, query={"silent": "no"})).json()
            assert titles(state) == wanted
