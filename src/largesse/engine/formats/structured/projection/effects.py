"""Effects as blocks."""

from collections.abc import Mapping
from typing import get_args

from msgspec import UNSET, UnsetType, structs

from largesse.engine.attributes import JSON, Entity
from largesse.engine.definitions import Definitions
from largesse.engine.formats.structured.blocks import (
    AwardDiscountBlock,
    AwardGiveawayBlock,
    AwardItemBlock,
    EffectBlock,
    Handled,
    PromotionBlock,
    ShowNotificationBlock,
    TriggerCustomEffectBlock,
    Triggered,
    TriggerWebhookBlock,
    UpdateAchievementProgressBlock,
    UpdateAttributeValueBlock,
    UpdateAudienceMembershipBlock,
    Who,
)
from largesse.engine.formats.structured.conditions import REPORTS_ERRORS
from largesse.engine.formats.structured.effects import effect_node
from largesse.engine.formats.structured.notes import Notes
from largesse.engine.formats.structured.projection.bundles import bundle_target
from largesse.engine.formats.structured.projection.conditions import passthrough_block
from largesse.engine.formats.structured.projection.creations import creation_block
from largesse.engine.formats.structured.projection.values import (
    NoBlockError,
    achievement_reference,
    audience_reference,
    is_true,
    number_json,
    string_of,
    text_json,
    value_json,
    whole_of,
)
from largesse.engine.formats.structured.references import (
    AttributeReference,
    CustomEffectReference,
    NamedReference,
    TitledReference,
    TriggerTarget,
    UpdateTarget,
)
from largesse.engine.formats.structured.targets import (
    AdditionalCostReference,
    AwardDiscountAdditionalCostTarget,
    AwardDiscountAllItemsTarget,
    AwardDiscountCartTarget,
    AwardDiscountGlobalFilterTarget,
    AwardDiscountSelectorTarget,
    AwardDiscountTarget,
    ItemsTarget,
)
from largesse.language import Call, Group, Literal, Node

_TARGETS: Mapping[str, tuple[str, Entity]] = {
    "Session": ("session", "CustomerSession"),
    "Profile": ("profile", "CustomerProfile"),
    "AdvocateProfile": ("advocateProfile", "CustomerProfile"),
    "Coupon": ("coupon", "Coupon"),
    "Referral": ("referral", "Referral"),
}


def effect_block(node: Node, name: str, definitions: Definitions) -> PromotionBlock:
    """An effect; `name` is the id the block gets."""
    match node:
        case Call("catch", (Call("noop", ()), inner)):
            tags: tuple[str, ...] | UnsetType = UNSET
        case _:
            inner, tags = node, (REPORTS_ERRORS,)
    try:
        block = structs.replace(_handled(inner, name, definitions), tags=tags)
    except NoBlockError:
        return passthrough_block(node, name)
    notes = Notes()
    is_same = effect_node(block, notes, "") == node and not notes.found
    return block if is_same else passthrough_block(node, name)


def _handled(node: Node, name: str, definitions: Definitions) -> EffectBlock:
    match node:
        case Call("onError", (Literal(None), inner, error, *instead)):
            block = _handled(inner, name, definitions)
            if not isinstance(block, Handled | Triggered):
                raise NoBlockError
            at = f"{name}/onError/{string_of(error)}"
            handlers = tuple(effect_block(each, f"{at}/{index}", definitions) for index, each in enumerate(instead))
            earlier = {} if isinstance(block.on_error, UnsetType) else block.on_error
            return structs.replace(block, on_error={**earlier, string_of(error): handlers})
        case Call("addFreeItem", (sku, title, quantity, *partial)):
            return AwardItemBlock(
                id=name,
                sku=text_json(sku),
                name=text_json(title),
                quantity=str(number_json(quantity)),
                partial=is_true(tuple(partial)) or UNSET,
            )
        case Call("showNotification", (kind, title, *body)) if len(body) < 2:
            text = text_json(body[0]) if body else UNSET
            return ShowNotificationBlock(id=name, notification_type=string_of(kind), title=text_json(title), body=text)
        case Call("updateAttribute" | "updateItemAttribute"):
            return _updated(node, name, definitions)
        case Call("createCoupon" | "createReferral" | "reserveCoupon"):
            return creation_block(node, name)
        case Call("customEffect" | "customEffectPerItem" | "customEffectPerBundleItem" | "callApi"):
            return _triggered(node, name, definitions)
        case Call("addToAudience" | "removeFromAudience", (who, audience)):
            return UpdateAudienceMembershipBlock(
                id=name,
                operator="add" if node.name == "addToAudience" else "remove",
                profile=string_of(who),  # type: ignore[arg-type]  # one of its words, or found by compiling
                audience=audience_reference(whole_of(audience), definitions),
            )
        case Call("increaseAchievementProgress" | "awardGiveaway", (what, argument)):
            return _reward(node.name, what, argument, name, definitions)
        case _:
            return _discount(node, name, definitions)


def _triggered(node: Node, name: str, definitions: Definitions) -> TriggerCustomEffectBlock | TriggerWebhookBlock:
    match node:
        case Call("callApi", (webhook, *payload)) if len(payload) < 2:
            return _webhook(webhook, tuple(payload), name, definitions)
        case Call("customEffect", (effect, title, payload)):
            target = TriggerTarget(type="cart")
        case Call("customEffectPerBundleItem", (bundles, effect, title, each)):
            target, payload = _bundle_trigger(bundles), _per_item(each)
        case Call("customEffectPerItem", (items, effect, title, each)):
            target, payload = _trigger_target(items, definitions), _per_item(each)
        case _:
            raise NoBlockError
    return _custom_effect(effect, title, payload, target, name, definitions)


def _reward(
    call: str, what: Node, argument: Node, name: str, definitions: Definitions
) -> AwardGiveawayBlock | UpdateAchievementProgressBlock:
    """A giveaway for somebody, or progress by an amount."""
    if call == "awardGiveaway":
        return AwardGiveawayBlock(id=name, giveaway_pool=_pool(whole_of(what), definitions), profile=_who(argument))
    achievement, value = achievement_reference(whole_of(what), definitions), str(number_json(argument))
    return UpdateAchievementProgressBlock(id=name, operator="increaseBy", value=value, achievement=achievement)


def _discount(node: Node, name: str, definitions: Definitions) -> AwardDiscountBlock:
    target: AwardDiscountTarget
    match node:
        case Call("setDiscount", (title, value, *options)):
            target = AwardDiscountCartTarget()
        case Call("setDiscountPerItemProRata", (items, title, value, *options)):
            target = _items_target(items, definitions, prorated=True)
        case Call("setDiscountPerItem", (items, title, amount, *options)):
            target, value = _items_target(items, definitions), _per_item(amount)
            options = _without_scope(options)
        case Call("setDiscountPerBundleItem", (bundles, title, amount, *options)):
            target, value = bundle_target(bundles), _per_item(amount)
            options = _without_scope(options)
        case Call("setDiscountPerBundleProRata", (bundles, title, amount, *options)):
            target = bundle_target(bundles, prorated=True)
            value = _per_item(amount, "Bundle" if target.item is UNSET else "Item")
        case Call("setDiscountPerAdditionalCost", (cost, title, value, *options)):
            reference = _cost(string_of(cost), definitions)
            target = AwardDiscountAdditionalCostTarget(additional_cost=reference, target=AwardDiscountCartTarget())
        case Call("setDiscountPerAdditionalCostPerItem", (items, cost, title, amount, *options)):
            reference, value = _cost(string_of(cost), definitions), _per_item(amount)
            target = AwardDiscountAdditionalCostTarget(
                additional_cost=reference, target=_items_target(items, definitions)
            )
        case _:
            raise NoBlockError
    return AwardDiscountBlock(
        id=name, name=text_json(title), value=number_json(value), partial=is_true(tuple(options)), target=target
    )


def _without_scope(options: list[Node]) -> list[Node]:
    """The options after the scope, which must be the usual one."""
    if options and options[0] != Literal(""):
        raise NoBlockError
    return options[1:]


def _items_target(items: Node, definitions: Definitions, prorated: bool | UnsetType = UNSET) -> ItemsTarget:
    match _names(items), definitions:
        case ("Session", "CartItems"), _:
            return AwardDiscountAllItemsTarget(prorated=prorated)
        case (name,), Definitions(cart_item_filters=filters) if any(each.name == name for each in filters):
            return AwardDiscountGlobalFilterTarget(name=name, prorated=prorated)
        case (name,), _:
            return AwardDiscountSelectorTarget(name=name, prorated=prorated)
        case _:
            raise NoBlockError


def _trigger_target(items: Node, definitions: Definitions) -> TriggerTarget:
    match _items_target(items, definitions):
        case AwardDiscountAllItemsTarget():
            return TriggerTarget(type="allItems")
        case AwardDiscountGlobalFilterTarget(name=name):
            return TriggerTarget(type="globalFilter", name=name)
        case AwardDiscountSelectorTarget(name=name):
            return TriggerTarget(type="selector", name=name)


def _bundle_trigger(bundles: Node) -> TriggerTarget:
    target = bundle_target(bundles)
    if target.item is not UNSET:
        raise NoBlockError
    return TriggerTarget(type="bundle", name=target.name)


def _names(node: Node) -> tuple[str, ...]:
    """The names of a path."""
    if isinstance(node, Call) and node.name == ".":
        return tuple(map(string_of, node.arguments))
    raise NoBlockError


def _per_item(node: Node, parameter: str = "Item") -> Node:
    """What stands in the block of an item, or the value that is the same for all."""
    match node:
        case Group((Call(name, ()), body)) if name == parameter:
            return body
        case Literal():
            return node
        case _:
            raise NoBlockError


def _cost(name: str, definitions: Definitions) -> AdditionalCostReference:
    definition = definitions.additional_costs.get(name)
    return AdditionalCostReference(id=0 if definition is None else definition.id, name=name)


def _pool(pool_id: int, definitions: Definitions) -> NamedReference:
    pool = definitions.giveaway_pools.get(pool_id)
    return NamedReference(id=pool_id, name="" if pool is None else pool.name)


def _who(profile: Node) -> Who:
    for known in get_args(Who):
        if profile == Literal(known):
            who: Who = known
            return who
    raise NoBlockError


def _updated(node: Call, name: str, definitions: Definitions) -> UpdateAttributeValueBlock:
    match node:
        case Call("updateAttribute", (path, *change)):
            return _update(string_of(path), tuple(change), name, definitions)
        case Call("updateItemAttribute", (items, attribute, operator, value)):
            return _update_items(items, string_of(attribute), (operator, _per_item(value)), name, definitions)
        case _:
            raise NoBlockError


def _update(path: str, change: tuple[Node, ...], name: str, definitions: Definitions) -> UpdateAttributeValueBlock:
    root, _, attribute = path.partition(".Attributes.")
    if root not in _TARGETS:
        raise NoBlockError
    target, entity = _TARGETS[root]
    return _update_block(attribute, entity, UpdateTarget(type=target), change, name, definitions)  # type: ignore[arg-type]  # one of its words


def _update_items(
    items: Node, attribute: str, change: tuple[Node, Node], name: str, definitions: Definitions
) -> UpdateAttributeValueBlock:
    listed = _items_target(items, definitions)
    named = UNSET if isinstance(listed, AwardDiscountAllItemsTarget) else listed.name
    target = UpdateTarget(type=listed.__struct_config__.tag, name=named)  # type: ignore[arg-type]  # one of its words
    toggles = change[0] == Literal("setTo") and isinstance(change[1], Call) and change[1].name == "not"
    return _update_block(attribute, "CartItem", target, change[1:] if toggles else change, name, definitions)


def _update_block(
    attribute: str, entity: Entity, target: UpdateTarget, change: tuple[Node, ...], name: str, definitions: Definitions
) -> UpdateAttributeValueBlock:
    definition = definitions.attributes.of(entity).get(attribute)
    reference = AttributeReference(
        id=0 if definition is None else definition.id,
        entity=entity if definition else "",
        name=attribute,
        title=attribute,
        type=definition.type if definition else "",
    )
    fields: dict[str, JSON] = {"id": name, "attribute": reference, "target": target}
    match change:
        case (Call("not", _),):
            return UpdateAttributeValueBlock(operator="toggle", **fields)
        case (operator, value):
            return UpdateAttributeValueBlock(operator=string_of(operator), value=value_json(value), **fields)  # type: ignore[arg-type]  # found by compiling
        case _:
            raise NoBlockError


def _custom_effect(
    effect: Node, title: Node, payload: Node, target: TriggerTarget, name: str, definitions: Definitions
) -> TriggerCustomEffectBlock:
    number, called = whole_of(effect), string_of(title)
    defined = definitions.custom_effects.get(number)
    reference = CustomEffectReference(
        id=number, name=called, title=called if defined is None else defined.definition.title
    )
    return TriggerCustomEffectBlock(id=name, custom_effect=reference, target=target, params=_parameters(payload))


def _webhook(webhook: Node, payload: tuple[Node, ...], name: str, definitions: Definitions) -> TriggerWebhookBlock:
    number = whole_of(webhook)
    defined = definitions.webhooks.get(number)
    reference = TitledReference(id=number, title="" if defined is None else defined.definition.title)
    params = _parameters(payload[0]) if payload else UNSET
    return TriggerWebhookBlock(id=name, webhook=reference, params=params)


def _parameters(payload: Node) -> dict[str, JSON]:
    if not (isinstance(payload, Call) and payload.name == "kv"):
        raise NoBlockError
    params: dict[str, JSON] = {}
    for entry in payload.arguments:
        match entry:
            case Call(key, (value,)):
                params[key] = value_json(value)
            case _:
                raise NoBlockError
    return params
