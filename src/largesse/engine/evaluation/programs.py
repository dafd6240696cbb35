"""Programs: an Application's campaigns with their rules compiled, ready to evaluate any number of sessions.

Compiled once per revision of the Application and shared by all its requests; nothing in them changes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct, structs

from largesse.engine.additional_costs import AdditionalCostDefinition, usable_in
from largesse.engine.applications import Application
from largesse.engine.attributes import JSON, AttributeDefinition, AttributeDefinitions
from largesse.engine.campaigns import Campaign
from largesse.engine.evaluation.environment import rule_environment
from largesse.engine.session_updates import Definitions
from largesse.engine.views import rule_values
from largesse.language import (
    BindingSource,
    Diagnostics,
    Environment,
    Ruleset,
    RulesetSource,
    RuleSource,
    compile_ruleset,
)


class CampaignSource(Struct, frozen=True):
    """A campaign and its active ruleset as stored (`rules` and `bindings` as in the published Ruleset); no ruleset, no
    id."""

    campaign: Campaign
    ruleset_id: int = 0
    rules: list[JSON] = []
    bindings: list[JSON] = []


class CampaignProgram(Struct, frozen=True):
    """A campaign ready to run.

    `coupon_rules` are the indexes of the rules that ask for a valid coupon. A ruleset that no longer compiles (an
    attribute it reads was deleted) has no rules to run and says why in `broken`.
    """

    campaign: Campaign
    ruleset_id: int
    ruleset: Ruleset
    rule_names: tuple[str, ...]
    coupon_rules: tuple[int, ...]
    broken: str = ""


class Programs(Struct, frozen=True):
    """All campaigns of one Application at one revision, in the order of the evaluation tree."""

    application: Application
    definitions: Definitions
    campaigns: tuple[CampaignProgram, ...]
    by_id: Mapping[int, CampaignProgram]

    def local(self, now: datetime) -> datetime:
        """A moment in the Application's time zone."""
        return now.astimezone(self.application.zone)


def compile_programs(
    application: Application,
    attributes: Iterable[AttributeDefinition],
    costs: Iterable[AdditionalCostDefinition],
    campaigns: Iterable[CampaignSource],
) -> Programs:
    """Compile everything an Application evaluates."""
    known = AttributeDefinitions(attributes, application.id)
    environment = rule_environment(known, application.enable_cascading_discounts)
    programs = tuple(
        _program(source, known, environment)
        for source in sorted(campaigns, key=lambda source: (source.campaign.position, source.campaign.id))
    )
    return Programs(
        structs.replace(application, attributes=rule_values("Application", application.attributes, known)),
        Definitions(known, usable_in(application.id, costs)),
        programs,
        {program.campaign.id: program for program in programs},
    )


def check_rules(
    rules: list[JSON],
    bindings: list[JSON],
    attributes: Iterable[AttributeDefinition],
    application: Application,
) -> Diagnostics | None:
    """Everything that is wrong with a ruleset, with JSON pointers from the ruleset's root; None when it may be
    saved."""
    environment = rule_environment(
        AttributeDefinitions(attributes, application.id), application.enable_cascading_discounts
    )
    compiled = compile_ruleset(ruleset_source(rules, bindings), environment)
    return compiled if isinstance(compiled, Diagnostics) else None


def ruleset_source(rules: list[JSON], bindings: list[JSON]) -> RulesetSource:
    """A stored ruleset in the shape the language compiles."""
    return RulesetSource(
        rules=tuple(
            RuleSource(rule["title"], rule["condition"], rule["effects"], _bindings(rule.get("bindings") or []))
            for rule in rules
        ),
        bindings=_bindings(bindings),
    )


def _bindings(bindings: list[JSON]) -> tuple[BindingSource, ...]:
    return tuple(BindingSource(each["name"], each["expression"], each.get("type")) for each in bindings)


def _program(source: CampaignSource, known: AttributeDefinitions, environment: Environment) -> CampaignProgram:
    compiled = compile_ruleset(ruleset_source(source.rules, source.bindings), environment)
    campaign = structs.replace(source.campaign, attributes=rule_values("Campaign", source.campaign.attributes, known))
    if isinstance(compiled, Diagnostics):
        names = tuple(str(rule["title"]) for rule in source.rules)
        return CampaignProgram(campaign, source.ruleset_id, Ruleset((), (), 0), names, (), str(compiled))
    asking = tuple(index for index, rule in enumerate(compiled.rules) if "couponvalid" in rule.functions)
    return CampaignProgram(campaign, source.ruleset_id, compiled, tuple(rule.title for rule in compiled.rules), asking)
