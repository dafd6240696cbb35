"""What callers send as a structured ruleset, and how a stored ruleset is shown as one.

What was written in the structured form is kept as it was written, beside the expressions it came to. What was written
as expressions is read back as blocks when it is asked for.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, get_args
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct

from largesse.api.models.ruleset import Binding, Rule
from largesse.api.models.structured_ruleset import (
    PromotionRuleV2,
    RulesetContent,
    RulesetV2,
    StrikethroughRuleV2,
)
from largesse.api.rulesets.wire import plain_json, read_bindings, read_rules
from largesse.engine.attributes import JSON
from largesse.engine.definitions import Definitions
from largesse.engine.formats.structured.blocks import PromotionBlock, StrikethroughBlock
from largesse.engine.formats.structured.compile import Compiled
from largesse.engine.formats.structured.projection.rulesets import project
from largesse.engine.formats.structured.steps import Selector
from largesse.plumbing.http.codec import Omittable, encode, given
from largesse.plumbing.http.schemas import one_of
from largesse.storage.rulesets import RulesetSettings, StoredRuleset

_CONTENT = msgspec.json.Decoder(RulesetContent, float_hook=Decimal)


class NewRule(Struct, frozen=True, kw_only=True, rename="camel"):
    """A rule as it is sent. Its blocks are read one by one, so that all mistakes in them are told."""

    id: Omittable[str] = UNSET
    parent_id: Omittable[str] = UNSET
    title: str
    description: Omittable[str] = UNSET
    bindings: Omittable[list[Binding]] = UNSET


class NewPromotionRule(NewRule, frozen=True, kw_only=True, rename="camel"):
    """A promotion rule as it is sent."""

    blocks: list[Annotated[object, one_of(get_args(PromotionBlock))]]


class NewStrikethroughRule(NewRule, frozen=True, kw_only=True, rename="camel"):
    """A strikethrough rule as it is sent."""

    blocks: list[Annotated[object, one_of(get_args(StrikethroughBlock))]]


class NewRulesetV2(Struct, frozen=True, kw_only=True, rename="camel"):
    """The rules of a campaign as blocks, and whether they come into force at once."""

    promotion_rules: list[NewPromotionRule]
    strikethrough_rules: Omittable[list[NewStrikethroughRule]] = UNSET
    selectors: Omittable[list[Annotated[object, one_of((Selector,))]]] = UNSET
    bundles: Omittable[list[dict[str, JSON]]] = UNSET
    parameters: Omittable[list[dict[str, JSON]]] = UNSET
    activate: Omittable[bool] = UNSET


def plain_ruleset(sent: NewRulesetV2) -> dict[str, JSON]:
    """What was sent as plain JSON, without properties that say nothing."""
    plain: dict[str, JSON] = _said(msgspec.to_builtins(sent, builtin_types=(Decimal,)))
    plain.pop("activate", None)
    return plain


def accept_structured(plain: Mapping[str, JSON], compiled: Compiled) -> RulesetSettings:
    """What was sent and what it came to, as it is stored."""
    return RulesetSettings(
        rules=encode(list(map(_with_usual_ids, compiled.rules))),
        bindings=encode(compiled.bindings),
        strikethrough_rules=encode(list(map(_with_usual_ids, compiled.strikethrough_rules))),
        structured=encode(plain),
    )


def show_structured(ruleset: StoredRuleset, definitions: Definitions) -> RulesetV2:
    """A stored ruleset in the structured form."""
    written = ruleset.settings.structured
    content = _projected(ruleset.settings, definitions) if written is None else _CONTENT.decode(written)
    return RulesetV2(
        id=ruleset.id,
        created=ruleset.created,
        user_id=ruleset.user_id,
        campaign_id=ruleset.campaign_id,
        activated_at=UNSET if ruleset.activated_at is None else ruleset.activated_at,
        promotion_rules=content.promotion_rules,
        strikethrough_rules=content.strikethrough_rules,
        selectors=content.selectors,
        bundles=content.bundles,
        parameters=content.parameters,
    )


def _projected(settings: RulesetSettings, definitions: Definitions) -> RulesetContent:
    rules, strikethrough = read_rules(settings.rules), read_rules(settings.strikethrough_rules or b"[]")
    bindings = plain_json(read_bindings(settings.bindings))
    projected = project(plain_json(rules), plain_json(strikethrough), bindings, definitions)
    return RulesetContent(
        promotion_rules=[
            PromotionRuleV2(**_rule_fields(rule), blocks=blocks)
            for rule, blocks in zip(rules, projected.promotion_rules, strict=True)
        ],
        strikethrough_rules=[
            StrikethroughRuleV2(**_rule_fields(rule), blocks=blocks)
            for rule, blocks in zip(strikethrough, projected.strikethrough_rules, strict=True)
        ],
        selectors=list(projected.bindings.selectors),
        bundles=[msgspec.to_builtins(each, builtin_types=(Decimal,)) for each in projected.bindings.bundles],
        parameters=[dict(each) for each in projected.bindings.parameters],
    )


def _rule_fields(rule: Rule) -> dict[str, Any]:
    """What a rule has besides its blocks."""
    ids = {"id": rule.id, "parent_id": rule.parent_id}
    return {name: UNSET if given(value) is None else str(value) for name, value in ids.items()} | {
        "title": rule.title,
        "description": UNSET if given(rule.description) is None else rule.description,
        "bindings": UNSET if given(rule.bindings) is None else rule.bindings,
    }


def _with_usual_ids(rule: Mapping[str, JSON]) -> dict[str, JSON]:
    """A rule as expressions, whose ids are UUIDs: any other id is only kept in the structured form."""
    return {name: value for name, value in rule.items() if name not in ("id", "parentId") or _is_uuid(value)}


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _said(json: JSON) -> JSON:
    """JSON without properties whose null says nothing. Nulls in arrays are values."""
    match json:
        case dict():
            return {name: _said(value) for name, value in json.items() if value is not None}
        case list():
            return [_said(each) for each in json]
        case _:
            return json
