"""Custom effects and webhooks of a shop given as plain data, defined over HTTP, and rules that name them."""

import json
from typing import Any

from tests.support.api import Shop

Plain = dict[str, Any]

_WEBHOOK = {"draft": False, "enabled": True, "verb": "POST", "headers": [], "params": []}


def define_in_story(shop: Plain, word: str, text: str) -> None:
    """A line `custom: {...}` or `webhook: {...}` of a story: JSON as requests define it, numbered from 1."""
    if word == "custom":
        shop.setdefault("customEffects", []).append({"enabled": True} | json.loads(text))
    else:
        shop.setdefault("webhooks", []).append(_WEBHOOK | json.loads(text))


def json_in_story(text: str) -> Any:
    """What an effect in a story is said to carry."""
    return json.loads(text)


async def define_outgoing(shop: Shop, plan: Plain) -> dict[tuple[str, int], int]:
    """The custom effects and webhooks of the plan; their ids by the function that names them and their number there."""
    ids: dict[tuple[str, int], int] = {}
    for number, custom in enumerate(plan.get("customEffects", ()), 1):
        created = await shop.create("/v1/custom_effects", custom | {"applicationIds": [shop.application_id]})
        ids["customEffect", number] = created["id"]
        ids["customEffectPerItem", number] = ids["customEffectPerBundleItem", number] = created["id"]
    for number, webhook in enumerate(plan.get("webhooks", ()), 1):
        ids["callApi", number] = (await shop.create("/v1/webhooks", webhook | {"applicationIds": []}))["id"]
    return ids


def naming_outgoing(json: Any, ids: dict[tuple[str, int], int]) -> Any:
    """Expressions with the ids that definitions have got."""
    if isinstance(json, dict):
        return {key: naming_outgoing(value, ids) for key, value in json.items()}
    if not isinstance(json, list):
        return json
    done = [naming_outgoing(each, ids) for each in json]
    at = 2 if done and str(done[0]).startswith("customEffectPer") else 1
    if len(done) > at and isinstance(done[0], str) and isinstance(done[at], int):
        done[at] = ids.get((done[0], done[at]), done[at])
    return done
