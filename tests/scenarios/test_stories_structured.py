"""Every story with its rules read as blocks and written back: it goes as it went before."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from largesse.engine.formats.plain_definitions import plain_definitions
from largesse.engine.formats.structured.compile import compile_structured
from largesse.engine.formats.structured.projection.rulesets import project
from tests.support.stories import Story, read_stories

STORIES = read_stories(Path(__file__).parent)
ENCODER = msgspec.json.Encoder(decimal_format="number")


def as_blocks(shop: dict[str, Any], ruleset: dict[str, Any]) -> dict[str, Any]:
    """The structured form of a ruleset, as a caller reads it."""
    read = project(ruleset["rules"], [], ruleset["bindings"], plain_definitions(shop, 1))
    rules = [
        rule | {"blocks": plain(blocks)} for rule, blocks in zip(ruleset["rules"], read.promotion_rules, strict=True)
    ]
    bound = read.bindings
    bindings = {
        "selectors": plain(bound.selectors),
        "bundles": plain(bound.bundles),
        "parameters": plain(bound.parameters),
    }
    return {"promotionRules": rules} | bindings


def plain(value: object) -> Any:
    """A shape as plain JSON."""
    return json.loads(ENCODER.encode(value), parse_float=Decimal)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_blocks_say_what_expressions_say(story: Story) -> None:
    for campaign in story.shop["campaigns"]:
        ruleset = campaign["ruleset"]
        compiled = compile_structured(as_blocks(story.shop, ruleset))
        assert not compiled.found
        assert [(rule["condition"], rule["effects"]) for rule in compiled.rules] == [
            (rule["condition"], rule["effects"]) for rule in ruleset["rules"]
        ]
        assert [(each["name"], each["expression"]) for each in compiled.bindings] == [
            (each["name"], each["expression"]) for each in ruleset["bindings"]
        ]


def test_most_of_what_stories_say_has_blocks() -> None:
    texts = [
        ENCODER.encode(as_blocks(story.shop, campaign["ruleset"])).decode()
        for story in STORIES
        for campaign in story.shop["campaigns"]
    ]
    typed = [text for text in texts if '"passthrough"' not in text]
    assert len(typed) > len(texts) // 2
