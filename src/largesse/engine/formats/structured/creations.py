"""createCoupon, createReferral, reserveCoupon: codes that rules make or put aside, as expressions.

[MA CreateCouponBlock, CreateReferralBlock]
"""

from collections.abc import Iterable, Mapping

from msgspec import UNSET

from largesse.engine.attributes import escape
from largesse.engine.formats.structured.blocks import CodeTerms, CreateCouponBlock, CreateReferralBlock
from largesse.engine.formats.structured.notes import Notes, call, literal
from largesse.engine.formats.structured.values import formula_node, number_node, text_node, value_node
from largesse.language import Call, Node, Place


def coupon_node(block: CreateCouponBlock, notes: Notes, pointer: str) -> Node:
    """A new coupon as a call."""
    recipient = text_node(block.recipient_id, notes, f"{pointer}/recipientId")
    return _created("createCoupon", block, recipient, notes, pointer)


def referral_node(block: CreateReferralBlock, notes: Notes, pointer: str) -> Node:
    """A new referral as a call."""
    friend = text_node(block.friend_id, notes, f"{pointer}/friendId")
    return _created("createReferral", block, friend, notes, pointer)


def _created(function: str, block: CodeTerms, whose: Node, notes: Notes, pointer: str) -> Node:
    campaign = number_node(block.campaign_id, notes, f"{pointer}/campaignId")
    options = tuple(_options(block, notes, pointer))
    given = [Call("kv", options, Place(pointer))] if options else []
    return call(function, campaign, whose, *given, at=pointer)


def _options(block: CodeTerms, notes: Notes, pointer: str) -> Iterable[Call]:
    """What the block says beside campaign and recipient, always in the same order."""
    said = {
        "usageLimit": block.usage_limit,
        "discountLimit": block.discount_limit if isinstance(block, CreateCouponBlock) else UNSET,
    }
    for name, number in said.items():
        if number is not UNSET:
            yield _entry(name, number_node(number, notes, f"{pointer}/{name}"), pointer)
    for name, time in (("startDate", block.start_date), ("expiryDate", block.expiry_date)):
        if time is not UNSET:
            yield _entry(name, value_node(time, notes, f"{pointer}/{name}"), pointer)
    if block.attributes is not UNSET:
        yield _entry("attributes", _attributes(block.attributes, notes, f"{pointer}/attributes"), pointer)
    for name, text in (("validCharacters", block.valid_characters), ("pattern", block.pattern)):
        if text is not UNSET:
            yield _entry(name, literal(text, f"{pointer}/{name}"), pointer)
    if block.store_in_session:
        yield _entry("storeInSession", literal(True, f"{pointer}/storeInSession"), pointer)


def _attributes(json: object, notes: Notes, pointer: str) -> Node:
    """Attributes by name, or a formula that gives them."""
    if not isinstance(json, Mapping):
        return formula_node(json if isinstance(json, str) else "", notes, pointer)
    entries = (
        Call(name, (value_node(value, notes, f"{pointer}/{escape(name)}"),), Place(pointer))
        for name, value in json.items()
    )
    return Call("kv", tuple(entries), Place(pointer))


def _entry(name: str, value: Node, pointer: str) -> Call:
    return Call(name, (value,), Place(f"{pointer}/{name}"))
