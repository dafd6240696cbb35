"""What is given in place of blocks that fail: all of the table on the engine, and one of each sort over HTTP."""

from typing import Any, get_args

import msgspec
import pytest

from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.formats.documents import encode_effects
from largesse.engine.formats.structured.blocks import PromotionBlock
from largesse.plumbing.database import Database
from tests.support.api import open_door
from tests.support.blocks import Plain, numbered
from tests.support.effect_props import check_props
from tests.support.memory_shop import MemoryShop
from tests.support.shop_plans import build
from tests.support.story_parts.failing_blocks import (
    CAMPAIGN,
    CONDITIONS,
    EFFECTS,
    SESSION,
    SHOP,
    Case,
    condition_cases,
    effect_cases,
    group_cases,
    session_of,
    shown,
)

pytestmark = pytest.mark.anyio

CASES = [*condition_cases(), *group_cases(), *effect_cases()]


def written(cases: list[Case]) -> list[Plain]:
    """Rules as a caller writes them, each followed by one that fires whatever became of it."""
    return [
        {"title": title, "blocks": numbered(blocks)}
        for case in cases
        for title, blocks in ((case.title, case.blocks), ("next", [shown(f"after {case.title}")]))
    ]


def check_given(effects: list[Any], cases: list[Case]) -> None:
    """Every rule has given what its case says, in the place that it says, and the next one has fired."""
    given: dict[str, list[Any]] = {}
    for effect in effects:
        if effect["effectType"] not in ("acceptCoupon", "rejectCoupon"):
            given.setdefault(effect["ruleName"], []).append(effect)
    for case in cases:
        mine = given.get(case.title, [])
        assert [each["props"].get("title", each["effectType"]) for each in mine] == case.gets, case.title
        wanted = {case.place} if case.place >= 0 and mine else set()
        assert {each["conditionIndex"] for each in mine if "conditionIndex" in each} == wanted, case.title
    after = [each["props"]["title"] for each in given["next"]]
    assert after == [f"after {case.title}" for case in cases]


def plan(cases: list[Case]) -> Plain:
    """The shop with one campaign of these rules."""
    return SHOP | {"campaigns": [CAMPAIGN | {"ruleset": {"promotionRules": written(cases)}}]}


def test_everything_that_can_be_handled_is_in_the_table() -> None:
    shapes = {each.__struct_config__.tag: msgspec.structs.fields(each) for each in get_args(PromotionBlock)}
    conditions = {block["type"] for case in CONDITIONS.values() for block in case if block}
    handled = {
        tag for tag, fields in shapes.items() if {"onFailure", "onError"} & {field.encode_name for field in fields}
    }
    assert handled == conditions | EFFECTS.keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_what_is_given_on_the_engine(case: Case) -> None:
    outcome = MemoryShop(plan([case])).update("one", session_of(case))
    assert isinstance(outcome, Outcome)
    effects = msgspec.json.decode(encode_effects(outcome.effects))
    check_given(effects, [case])
    if "error" not in case.gets and not any(title in case.gets for title in ("done", "first")):
        (failure,) = [each for each in outcome.failures if each.rule_name == case.title]
        assert (failure.condition_index, failure.effect_index) != (msgspec.UNSET, msgspec.UNSET)


def is_at_home(case: Case) -> bool:
    """Whether nothing in a case has an id, which would be another one over HTTP."""
    text = str(case.blocks)
    named = ("'audience'", "'program'", "'achievement'", "'giveawayPool'", "'webhook'")
    return session_of(case) == SESSION and not any(name in text for name in named)


HTTP = [case for case in CASES if is_at_home(case)][::4]


async def test_what_is_given_over_http(database: Database, database_url: str) -> None:
    async with open_door(database_url) as client:
        campaign = CAMPAIGN | {"ruleset": {"rules": [], "bindings": []}}
        shop = await build(client, database, SHOP | {"campaigns": [campaign]})
        (made,) = (await shop.manage("GET", f"{shop.path}/campaigns")).json()["data"]
        rules = written(HTTP)
        path = f"{shop.path}/campaigns/{made['id']}/rulesets".replace("/v1/", "/v2/")
        await shop.create(path, {"promotionRules": rules, "activate": True})
        answer = await shop.integrate("PUT", "/v2/customer_sessions/one", {"customerSession": SESSION})
        assert answer.status_code == 200, answer.text
    effects = answer.json()["effects"]
    for effect in effects:
        check_props(effect)
    check_given(effects, HTTP)
