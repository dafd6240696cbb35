"""Every story over HTTP: the shop is set up by its staff, the steps are what the shop sends, all on a real database."""

import json
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from largesse.plumbing.database import Database
from tests.support.api import Shop, open_door, pointers
from tests.support.effect_props import check_props
from tests.support.shop_plans import build, send
from tests.support.stories import Step, Story, read_stories

pytestmark = pytest.mark.anyio

STORIES = read_stories(Path(__file__).parent)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
async def test_story(story: Story, database: Database, database_url: str) -> None:
    async with open_door(database_url) as client:
        shop = await build(client, database, story.shop)
        for step in story.steps:
            await _check(shop, step)


async def _do(shop: Shop, step: Step) -> httpx.Response:
    path = f"/v2/customer_sessions/{step.session}"
    key = f"ApiKey-v1 {shop.key}"
    match step.verb:
        case "updates":
            return await send(shop, "PUT", path, {"customerSession": step.sent}, authorization=key)
        case "returns":
            body = {"return": {"returnedCartItems": step.sent}}
            return await send(
                shop, "POST", f"{path}/returns{'?runRuleEngine=true' if step.again else ''}", body, authorization=key
            )
        case "reopens":
            return await shop.integrate("PUT", f"{path}/reopen")
        case "holds":
            return await shop.integrate("GET", path)
        case "told":
            moves = {
                name: [shop.audiences[each] for each in ids] for name, ids in step.sent["audiencesChanges"].items()
            }
            body = step.sent | {"audiencesChanges": moves}
            path = f"/v2/customer_profiles/{step.session}?runRuleEngine=true"
            return await send(shop, "PUT", path, body, authorization=key)
        case "sends":
            return await send(shop, "POST", "/v2/events?silent=no", step.sent, authorization=key)
        case "joins" | "leaves":
            action = {"action": "add" if step.verb == "joins" else "delete", "profileIntegrationId": step.session}
            actions = {"data": [action | {"audienceId": shop.audiences[step.sent]}]}
            return await shop.integrate("POST", "/v2/customer_audiences", actions)


async def _check(shop: Shop, step: Step) -> None:
    where = f"line {step.line}"
    answer = await _do(shop, step)
    if answer.status_code == 400:
        assert tuple(pointers(answer)) == step.refused, f"{where}: {answer.text}"
        return
    assert answer.status_code in (200, 204), f"{where}: {answer.text}"
    assert not step.refused, f"{where}: not refused"
    effects = json.loads(answer.text, parse_float=Decimal)["effects"] if answer.content else []
    assert [effect["effectType"] for effect in effects] == [kind for kind, _ in step.gets], f"{where}: {effects}"
    for effect, (_, wanted) in zip(effects, step.gets, strict=True):
        check_props(effect)
        assert {key: effect["props"].get(key) for key in wanted} == wanted, f"{where}: {effect}"
