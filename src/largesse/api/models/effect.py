"""Effects on the wire: the engine's records under the published envelope."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from largesse.api.models.cart import show_reference
from largesse.api.models.effect_props.published import PUBLISHED_PROPS
from largesse.engine.effects.record import EffectRecord
from largesse.plumbing.http.schemas import Schema, SchemaBook


def one_of(structs: Iterable[type[Struct]]) -> Schema:
    """The schema of a value that is one of several structs told apart by a name outside of it."""
    book = SchemaBook()
    references = [book.schema_of(struct) for struct in structs]

    def spelled_out(schema: object) -> object:
        match schema:
            case {"$ref": str(reference)}:
                name = reference.rpartition("/")[2]
                return {"title": name, **{key: spelled_out(part) for key, part in book.components[name].items()}}
            case dict():
                return {key: spelled_out(part) for key, part in schema.items()}
            case list():
                return [spelled_out(part) for part in schema]
            case _:
                return schema

    return {"oneOf": [spelled_out(reference) for reference in references]}


EffectProps = Annotated[object, Meta(extra_json_schema=one_of(PUBLISHED_PROPS))]


class Effect(Struct, frozen=True, kw_only=True, rename="camel"):
    """What the shop is to do, and the rule that wants it; `effect_type` tells which props these are [IA Effect]."""

    experiment_id: int | UnsetType = UNSET
    campaign_id: int
    ruleset_id: int
    rule_index: int
    rule_name: str
    effect_type: str
    triggered_by_coupon: int | UnsetType = UNSET
    triggered_for_catalog_item: int | UnsetType = UNSET
    condition_index: int | UnsetType = UNSET
    evaluation_group_id: int | UnsetType = field(default=UNSET, name="evaluationGroupID")
    evaluation_group_mode: str | UnsetType = UNSET
    campaign_revision_id: int | UnsetType = UNSET
    campaign_revision_version_id: int | UnsetType = UNSET
    selected_price_type: str | UnsetType = UNSET
    selected_price: Decimal | UnsetType = UNSET
    adjustment_reference_id: UUID | UnsetType = UNSET
    props: EffectProps


def show_effects(records: Iterable[EffectRecord]) -> list[Effect]:
    """Effects as callers see them."""
    return [
        Effect(
            campaign_id=record.campaign_id,
            ruleset_id=record.ruleset_id,
            rule_index=record.rule_index,
            rule_name=record.rule_name,
            effect_type=record.effect_type,
            triggered_by_coupon=record.triggered_by_coupon,
            condition_index=record.condition_index,
            evaluation_group_id=record.evaluation_group_id,
            evaluation_group_mode=record.evaluation_group_mode,
            selected_price_type=record.selected_price_type,
            selected_price=record.selected_price,
            adjustment_reference_id=show_reference(record.adjustment_reference_id or ""),
            props=record.props,
        )
        for record in records
    ]
