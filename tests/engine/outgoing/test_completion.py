"""What is wrong with the parameters that a rule gives is said when it is saved, at its place."""

from typing import Any

import pytest

from largesse.engine.applications import Application
from largesse.engine.evaluation.programs import check_rules
from largesse.engine.formats.plain_definitions import plain_definitions

STRING = {"type": "string", "title": "Text", "ui": {}}
SHOP: dict[str, Any] = {
    "attributes": [{"entity": "CustomerSession", "name": "channel", "title": "channel", "type": "string"}],
    "customEffects": [
        {"name": "greet", "title": "Greet", "payload": '{"a": "${$text} ${$Session.Total}"}', "params": [STRING]},
        {"name": "each", "title": "Each", "payload": '{"a": "${$Item.SKU}"}', "isPerItem": True},
        {"name": "off", "title": "Off", "payload": "{}", "enabled": False},
        {"name": "stale", "title": "Stale", "payload": '{"a": "${$Session.Attributes.gone}"}'},
        {"name": "elsewhere", "title": "Elsewhere", "payload": "{}", "applicationIds": [99], "params": [STRING]},
    ],
    "webhooks": [
        {"title": "Tell", "verb": "POST", "url": "a.example", "payload": "${$text}", "params": [STRING]},
        {"title": "Later", "verb": "POST", "url": "a.example", "draft": True},
    ],
}
ITEMS = [".", "Session", "CartItems"]
TEXT = ["kv", ["text", "hi"]]
AT = "/rules/0/effects/0"


def mistakes(effect: Any) -> list[tuple[str, str]]:
    found = check_rules(
        [{"title": "r", "condition": ["and"], "effects": [effect]}],
        [],
        plain_definitions(SHOP, 1),
        Application(1, 1, "shop"),
    )
    return [(diagnostic.pointer, str(diagnostic)) for diagnostic in found or ()]


@pytest.mark.parametrize(
    "effect",
    [
        ["customEffect", 1, "greet", TEXT],
        ["CUSTOMEFFECT", 1, "greet", ["kv", ["Text", [".", "Session", "Attributes", "channel"]]]],
        ["catch", ["noop"], ["customEffect", 1, "greet", TEXT]],
        ["customEffectPerItem", ITEMS, 1, "greet", [["Item"], TEXT]],
        ["customEffectPerItem", ITEMS, 2, "each", [["x"], ["kv"]]],
        ["customEffect", 5, "elsewhere", ["kv", ["whatever", 1]]],
        ["customEffect", 4711, "raw"],
        ["callApi", 1, TEXT],
    ],
)
def test_what_may_be_saved(effect: Any) -> None:
    assert mistakes(effect) == []


@pytest.mark.parametrize(
    ("effect", "pointer", "words"),
    [
        (["customEffect", 1, "greet"], AT, 'needs the parameter "text"'),
        (["customEffect", 1, "greet", ["kv", ["txt", "hi"]]], f"{AT}/3/1", 'no parameter "txt"'),
        (["customEffect", 1, "greet", ["kv", ["text", 5]]], f"{AT}/3/1/1", "must be a string"),
        (["customEffect", 1, "greet", ["identity", TEXT]], f"{AT}/3", "written out as a map"),
        (["customEffect", 2, "each"], AT, "is for items"),
        (["customEffect", 3, "off"], AT, "is not active"),
        (["customEffect", 4, "stale"], f"{AT}/3", "gone"),
        (["callApi", 1], AT, 'needs the parameter "text"'),
        (["callApi", 2], AT, "is a draft"),
        (["callApi", 3], AT, "there is no webhook 3"),
        (["callApi", True], AT, "there is no webhook"),
    ],
)
def test_what_may_not(effect: Any, pointer: str, words: str) -> None:
    told = [text for place, text in mistakes(effect) if place == pointer]
    assert any(words in text for text in told), mistakes(effect)
