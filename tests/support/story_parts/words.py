"""Words of stories and what they mean in the shop's own JSON."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from largesse.language import to_json
from largesse.language.parse import parse
from tests.support.outgoing.plans import json_in_story

Plain = dict[str, Any]

_TIME = re.compile(r"^([+-]\d+)([dhm])$")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_TIMES = frozenset({"startDate", "endDate", "expiryDate", "fixedStartDate", "startTime", "endTime"})


def returned(text: str) -> Plain:
    """An item that comes back."""
    which, _, quantity = text.partition("*")
    item: Plain = {"position": int(which[1:])} if which.startswith("#") else {"sku": which}
    return item | ({"quantity": int(quantity)} if quantity else {})


def _cart(text: str) -> Plain:
    items: list[Plain] = []
    for each in filter(None, text.split(",")):
        rest, _, category = each.partition("@")
        rest, _, cost = rest.partition("+")
        sku, _, price = rest.partition(":")
        price, _, quantity = price.partition("x")
        item: Plain = {"sku": sku, "quantity": int(quantity or 1)} | ({"price": Decimal(price)} if price else {})
        items.append(item | ({"category": category} if category else {}) | (_costs(cost) if cost else {}))
    return {"cartItems": items}


def _costs(text: str) -> Plain:
    pairs = (each.split(":") for each in filter(None, text.split(",")))
    return {"additionalCosts": {name: {"price": Decimal(price)} for name, price in pairs}}


SESSION_KEYS: dict[str, Callable[[str], Plain]] = {
    "profile": lambda text: {"profileId": text},
    "cart": _cart,
    "codes": lambda text: {"couponCodes": [code for code in text.split(",") if code]},
    "referral": lambda text: {"referralCode": text},
    "costs": _costs,
    "store": lambda text: {"storeIntegrationId": text},
    "card": lambda text: {"loyaltyCards": [card for card in (text,) if card]},
    "identifiers": lambda text: {"identifiers": text.split(",")},
    "attributes": lambda text: {"attributes": pairs(text.split(","))},
}


def binding(name: str, expression: Any) -> Plain:
    """A binding; one of a bundle says so."""
    kind = {"type": "bundle"} if isinstance(expression, list) and expression[0] == "bundle" else {}
    return {"name": name, "expression": expression} | kind


def card(identifier: str, settings: Plain) -> Plain:
    """A loyalty card, by the words of stories."""
    linked = {"customerProfileIds": settings.pop("profiles").split(",")} if "profiles" in settings else {}
    return {"cardIdentifier": identifier} | linked | settings


def referral(settings: Iterable[str]) -> Plain:
    """A referral, by the words of stories."""
    spelled = {"advocate": "advocateProfileIntegrationId", "friend": "friendProfileIntegrationId"}
    return {spelled.get(key, key): value for key, value in pairs(settings).items()}


def limit(words: list[str]) -> Plain:
    """A budget: `action limit [period] [per entities]`."""
    action, limit, *rest = words
    entities: list[str] = []
    if "per" in rest:
        at = rest.index("per")
        entities = rest[at + 1].split(",")
        rest = rest[:at]
    return {"action": action, "limit": Decimal(limit), "entities": entities} | ({"period": rest[0]} if rest else {})


def pairs(settings: Iterable[str]) -> Plain:
    """Settings `key=value`, with what they look like."""
    return {key: _value(key, text) for key, _, text in (each.partition("=") for each in settings)}


def _value(key: str, text: str) -> Any:
    if key in _TIMES and (relative := _TIME.match(text)):
        amount, unit = relative.groups()
        return (datetime.now(UTC) + timedelta(**{_UNITS[unit]: int(amount)})).isoformat()
    if text in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[text]
    if text.startswith("{"):
        return json_in_story(text)
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return Decimal(text) if re.fullmatch(r"-?\d+\.\d+", text) else text


def expression_of(text: str) -> Any:
    """An expression as JSON, from its text."""
    node, mistakes = parse(text)
    assert not mistakes, f"{text}: {mistakes}"
    return to_json(node)
