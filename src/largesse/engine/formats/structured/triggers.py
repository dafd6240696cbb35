"""triggerCustomEffect and triggerWebhook: what is defined elsewhere, with parameters. [MA TriggerCustomEffectBlock]"""

from typing import assert_never

from msgspec import UNSET

from largesse.engine.attributes import escape
from largesse.engine.formats.structured.blocks import TriggerCustomEffectBlock, TriggerWebhookBlock
from largesse.engine.formats.structured.discounts import list_called, per_item
from largesse.engine.formats.structured.notes import Notes, call, literal
from largesse.engine.formats.structured.values import number_node, value_node
from largesse.language import Call, Node, Place


def custom_effect_node(block: TriggerCustomEffectBlock, notes: Notes, pointer: str) -> Node:
    """A custom effect for the cart, or for each of some items."""
    effect = block.custom_effect
    named = (number_node(effect.id, notes, f"{pointer}/customEffect/id"), literal(effect.name))
    payload = _parameters(block, notes, pointer)
    match block.target.type:
        case "cart":
            return call("customEffect", *named, payload, at=pointer)
        case "allItems" | "selector" | "globalFilter":
            items = list_called(block.target.type, block.target.name, notes, f"{pointer}/target")
            return call("customEffectPerItem", items, *named, per_item(payload), at=pointer)
        case "bundle":
            bundles = list_called("bundle", block.target.name, notes, f"{pointer}/target")
            return call("customEffectPerBundleItem", bundles, *named, per_item(payload), at=pointer)
        case _:
            assert_never(block.target.type)


def webhook_node(block: TriggerWebhookBlock, notes: Notes, pointer: str) -> Node:
    """The call of a webhook."""
    number = number_node(block.webhook.id, notes, f"{pointer}/webhook/id")
    parameters = () if block.params is UNSET else (_parameters(block, notes, pointer),)
    return call("callApi", number, *parameters, at=pointer)


def _parameters(block: TriggerCustomEffectBlock | TriggerWebhookBlock, notes: Notes, pointer: str) -> Node:
    params = {} if block.params is UNSET else block.params
    entries = (
        Call(name, (value_node(value, notes, f"{pointer}/params/{escape(name)}"),), Place(f"{pointer}/params"))
        for name, value in params.items()
    )
    return call("kv", *entries, at=f"{pointer}/params")
