"""Codes that rules make or put aside, as blocks."""

from msgspec import UNSET

from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.blocks import CreateCouponBlock, CreateReferralBlock, ReserveCouponBlock
from largesse.engine.formats.structured.projection.values import (
    NoBlockError,
    attribute_or_braces,
    number_json,
    string_of,
    text_json,
    value_json,
)
from largesse.language import Call, Literal, Node

_FIELDS = {
    "usageLimit": "usage_limit",
    "discountLimit": "discount_limit",
    "startDate": "start_date",
    "expiryDate": "expiry_date",
    "attributes": "attributes",
    "validCharacters": "valid_characters",
    "pattern": "pattern",
    "storeInSession": "store_in_session",
}


def creation_block(node: Call, name: str) -> CreateCouponBlock | CreateReferralBlock | ReserveCouponBlock:
    """A new code, or a reservation; `name` is the id the block gets."""
    match node:
        case Call("createCoupon", (campaign, recipient, *options)):
            return _coupon_block(campaign, recipient, tuple(options), name)
        case Call("createReferral", (campaign, friend, *options)):
            return _referral_block(campaign, friend, tuple(options), name)
        case Call("reserveCoupon", ()):
            return ReserveCouponBlock(id=name)
        case _:
            raise NoBlockError


def _coupon_block(campaign: Node, recipient: Node, options: tuple[Node, ...], name: str) -> CreateCouponBlock:
    said = {"store_in_session": False, **_said(options)}
    return CreateCouponBlock(id=name, campaign_id=number_json(campaign), recipient_id=text_json(recipient), **said)


def _referral_block(campaign: Node, friend: Node, options: tuple[Node, ...], name: str) -> CreateReferralBlock:
    said = {"store_in_session": False, **_said(options)}
    if said.pop("discount_limit", UNSET) is not UNSET:
        raise NoBlockError
    return CreateReferralBlock(id=name, campaign_id=number_json(campaign), friend_id=text_json(friend), **said)


def _said(options: tuple[Node, ...]) -> dict[str, JSON]:
    """The fields that the options are written in."""
    match options:
        case ():
            return {}
        case (Call("kv", entries),):
            return {_FIELDS[name]: _json(name, value) for name, value in map(_entry, entries)}
        case _:
            raise NoBlockError


def _entry(node: Node) -> tuple[str, Node]:
    match node:
        case Call(name, (value,)) if name in _FIELDS:
            return name, value
        case _:
            raise NoBlockError


def _json(name: str, value: Node) -> JSON:
    match name:
        case "usageLimit" | "discountLimit":
            return number_json(value)
        case "startDate" | "expiryDate":
            return value_json(value)
        case "attributes":
            return _attributes(value)
        case "validCharacters" | "pattern":
            return string_of(value)
        case _:
            if value != Literal(True):
                raise NoBlockError
            return True


def _attributes(node: Node) -> JSON:
    if not (isinstance(node, Call) and node.name == "kv"):
        return attribute_or_braces(node)
    attributes: dict[str, JSON] = {}
    for entry in node.arguments:
        match entry:
            case Call(name, (value,)) if name not in attributes:
                attributes[name] = value_json(value)
            case _:
                raise NoBlockError
    return attributes
