"""What is given and called when rules run: only what is whole, and only when the session is closed."""

from typing import Any

from tests.support.memory_shop import MemoryShop

STRING = {"type": "string", "title": "Text", "ui": {}}
WEBHOOK = {"title": "Tell", "verb": "POST", "url": "a.example/${$text}", "params": [STRING]}
CUSTOM = {"name": "greet", "title": "Greet", "payload": '{"a": "${$text}"}', "params": [STRING]}


def shop(*effects: Any, **settings: Any) -> MemoryShop:
    rule = {"title": "r", "condition": ["and"], "effects": list(effects)}
    campaign = {"ruleset": {"rules": [rule], "bindings": []}} | settings
    return MemoryShop({"campaigns": [campaign], "webhooks": [WEBHOOK], "customEffects": [CUSTOM]})


def call(text: Any) -> Any:
    return ["callApi", 1, ["kv", ["text", text]]]


def told(shop: MemoryShop, state: str = "open") -> list[str]:
    outcome = shop.update("s", {"state": state, "cartItems": []})
    assert not isinstance(outcome, list)
    return [record.effect_type for record in outcome.effects]  # type: ignore[union-attr]  # not refused


def test_a_webhook_is_called_once_the_session_is_closed() -> None:
    kept = shop(call("x"), call("y"))
    assert told(kept) == ["triggerWebhook"] * 2
    assert kept.calls == []
    assert told(kept, "closed") == ["triggerWebhook"] * 2
    assert [each.url for each in kept.calls] == ["https://a.example/x", "https://a.example/y"]
    assert len({each.message_id for each in kept.calls}) == 2


def test_a_rule_that_fails_calls_nothing() -> None:
    kept = shop(call("x"), call("y"), limits=[{"action": "callApi", "limit": 1, "entities": []}])
    assert told(kept, "closed") == []
    assert kept.calls == []


def test_what_cannot_be_filled_in_is_an_error_of_its_effect() -> None:
    missing = [".", "Profile", "IntegrationId"]
    kept = shop(call(["identity", 5]), ["customEffect", 1, "x", ["kv", ["text", ["identity", 5]]]], call("z"))
    assert told(kept, "closed") == ["error", "error", "triggerWebhook"]
    assert [each.url for each in kept.calls] == ["https://a.example/z"]
    silent = shop(["catch", ["noop"], call(missing)])
    assert (told(silent, "closed"), silent.calls) == ([], [])


def test_a_webhook_is_not_called_again_when_items_are_returned() -> None:
    kept = shop(call("x"), reevaluateOnReturn=True)
    kept.update("s", {"state": "closed", "cartItems": [{"sku": "a", "price": 5, "quantity": 2}]})
    kept.return_items("s", [{"sku": "a", "quantity": 1}], again=True)
    assert len(kept.calls) == 1


def test_the_name_is_the_one_of_the_definition() -> None:
    kept = shop(["customEffect", 1, "an earlier name", ["kv", ["text", "x"]]])
    outcome = kept.update("s", {"cartItems": []})
    assert [record.props.name for record in outcome.effects] == ["greet"]  # type: ignore[union-attr]  # not refused
