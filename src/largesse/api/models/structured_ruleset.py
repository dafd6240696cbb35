"""Rulesets as callers see them in the structured form: blocks in place of expressions. The blocks are the engine's."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Struct, UnsetType

from largesse.api.models.ruleset import Binding
from largesse.engine.attributes import JSON
from largesse.engine.formats.structured.blocks import PromotionBlock, StrikethroughBlock
from largesse.engine.formats.structured.steps import Selector
from largesse.plumbing.http.codec import EXTENSION


class PromotionRuleV2(Struct, frozen=True, kw_only=True, rename="camel"):
    """A rule: its conditions, then its effects. Names of its own are an extension; the form has no place for them
    [MA PromotionRuleV2]."""

    id: str | UnsetType = UNSET
    parent_id: str | UnsetType = UNSET
    title: str
    description: str | UnsetType = UNSET
    bindings: Annotated[list[Binding] | UnsetType, EXTENSION] = UNSET
    blocks: tuple[PromotionBlock, ...]


class StrikethroughRuleV2(Struct, frozen=True, kw_only=True, rename="camel"):
    """A rule for prices outside of sessions [MA StrikethroughRuleV2]."""

    id: str | UnsetType = UNSET
    parent_id: str | UnsetType = UNSET
    title: str
    description: str | UnsetType = UNSET
    bindings: Annotated[list[Binding] | UnsetType, EXTENSION] = UNSET
    blocks: tuple[StrikethroughBlock, ...]


class RulesetContent(Struct, frozen=True, kw_only=True, rename="camel"):
    """What a structured ruleset says, without what the server knows of it."""

    promotion_rules: list[PromotionRuleV2]
    strikethrough_rules: list[StrikethroughRuleV2] = []
    selectors: list[Selector] = []
    bundles: list[dict[str, JSON]] = []
    parameters: list[dict[str, JSON]] = []


class RulesetV2(Struct, frozen=True, kw_only=True, rename="camel"):
    """One version of a campaign's rules in the structured form [MA RulesetV2]."""

    id: int
    created: datetime
    user_id: int
    campaign_id: int | UnsetType = UNSET
    template_id: int | UnsetType = UNSET
    activated_at: datetime | UnsetType = UNSET
    promotion_rules: list[PromotionRuleV2]
    strikethrough_rules: list[StrikethroughRuleV2]
    selectors: list[Selector] | UnsetType = UNSET
    bundles: list[dict[str, JSON]] | UnsetType = UNSET
    parameters: list[dict[str, JSON]] | UnsetType = UNSET
