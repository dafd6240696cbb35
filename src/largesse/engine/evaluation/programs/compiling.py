"""Compiling an Application's campaigns, anew at each of its revisions.

What is compiled of a ruleset depends on how it is written and on what the account has defined. As long as neither
changes it is kept from one revision to the next: to change one campaign of a thousand costs one, not a thousand.
"""

from collections.abc import Iterable, Mapping
from functools import partial

from msgspec import structs

from largesse.engine.applications import Application
from largesse.engine.attributes import JSON
from largesse.engine.campaigns import Campaign
from largesse.engine.codes.creations import CodeSources
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.environment import rule_environment
from largesse.engine.evaluation.gates import STORE, audiences_joined_by, gates_of
from largesse.engine.evaluation.groups import BASE, EvaluationGroup
from largesse.engine.evaluation.index import group_index
from largesse.engine.evaluation.programs.program import CampaignProgram, CampaignSource, Ground, GroupProgram, Programs
from largesse.engine.formats.rulesets import ruleset_source
from largesse.engine.functions.loyalty import POINTS_FUNCTIONS
from largesse.engine.outgoing.completion import complete
from largesse.engine.rewards.giveaways import awards_of
from largesse.engine.shopping.collections import collections_in
from largesse.engine.shopping.value_maps import maps_values
from largesse.engine.views.profile import AUDIENCE_MEMBERSHIPS
from largesse.engine.views.values import rule_values
from largesse.language import (
    Diagnostics,
    Environment,
    Rule,
    Ruleset,
    compile_ruleset,
)

# Functions that must know how far a customer has come, lower-cased.
ACHIEVEMENT_NAMES = frozenset(
    {"increaseachievementprogress", "startachievementprogress", "checkachievement", "achievementstatus"}
)

# Functions after which what other rules read may be different; the second only with cascading discounts.
UPDATES = frozenset({"updateattribute", "updateitemattribute"})
DISCOUNTS = frozenset(
    {
        "setdiscount",
        "setdiscountperitem",
        "setdiscountperitemprorata",
        "setdiscountperbundleitem",
        "setdiscountperbundleprorata",
        "setdiscountperadditionalcost",
        "setdiscountperadditionalcostperitem",
    }
)


def compile_programs(
    application: Application,
    definitions: Definitions,
    campaigns: Iterable[CampaignSource],
    groups: Iterable[EvaluationGroup] = (),
    before: Programs | None = None,
) -> Programs:
    """Compile everything an Application evaluates. Without groups, everything hangs on a stackable base group.

    Of `before`, its programs at an earlier revision, whatever would come out the same is kept.
    """
    campaigns = [*campaigns]
    cascading = application.enable_cascading_discounts
    updating = any(_names(source.rules, "updateitemattribute") for source in campaigns)
    ground = Ground(_common(definitions), cascading, updating)
    kept = before.by_id if before is not None and before.ground == ground else {}
    environment = rule_environment(definitions, cascading, updating=updating)
    by_group = {group.id: group for group in groups} or {BASE.id: BASE}
    base = next(group for group in by_group.values() if group.parent_id is None)
    compiled: list[CampaignProgram] = []
    for source in campaigns:
        program = kept.get(source.campaign.id)
        if program is None or not _is_of(program, source, definitions):
            program = _program(source, definitions, environment, cascading)
        compiled.append(_placed(program, source.campaign, by_group, base, definitions))
    tree = _tree(base, by_group.values(), compiled)
    programs = tuple(_campaigns(tree))
    values = rule_values("Application", application.attributes, definitions.attributes)
    return Programs(
        structs.replace(application, attributes=values),
        definitions,
        ground,
        tree,
        programs,
        {program.campaign.id: program for program in programs},
        tuple(program for program in programs if program.campaign.limits),
        frozenset().union(*(rule.functions for program in programs for rule in program.ruleset.rules)),
        _joinable(programs, definitions),
        tuple((program, awards) for program in programs if (awards := awards_of(program.ruleset))),
        any(_uses_points(rule) for program in programs for rule in program.ruleset.rules),
        uses_audiences=any(_uses_audiences(rule) for program in programs for rule in program.ruleset.rules),
        looking_up=tuple(program for program in programs if program.collection_ids or program.maps_values),
        achieving=tuple(program for program in programs if any(map(_is_about_achievements, program.ruleset.rules))),
    )


def _uses_points(rule: Rule) -> bool:
    return bool(rule.functions & POINTS_FUNCTIONS) or "Loyalty" in rule.reads.roots


def _uses_audiences(rule: Rule) -> bool:
    return "audiencemember" in rule.functions or AUDIENCE_MEMBERSHIPS in rule.reads.fields


def _names(json: JSON, function: str) -> bool:
    """Whether a function is called somewhere in expressions."""
    match json:
        case str():
            return json.lower() == function
        case list():
            return any(_names(each, function) for each in json)
        case dict():
            return any(_names(each, function) for each in json.values())
        case _:
            return False


def _joinable(programs: Iterable[CampaignProgram], definitions: Definitions) -> frozenset[int]:
    found = {audience for program in programs for audience in audiences_joined_by(program.ruleset)}
    return frozenset(definitions.audiences) if None in found else frozenset(each for each in found if each is not None)


def _is_about_achievements(rule: Rule) -> bool:
    return bool(rule.functions & ACHIEVEMENT_NAMES) or "Achievements" in rule.reads.roots


def _common(definitions: Definitions) -> Definitions:
    """The definitions without those of single campaigns, which every new campaign would change."""
    return structs.replace(definitions, codes=CodeSources(), collections={}, value_maps={})


def _is_of(program: CampaignProgram, source: CampaignSource, definitions: Definitions) -> bool:
    """Whether a program is what a source would be compiled to, on the same ground."""
    campaign = source.campaign
    return (
        bool(source.fingerprint)
        and program.fingerprint == source.fingerprint
        and program.ruleset_id == source.ruleset_id
        and program.campaign.for_stores == campaign.for_stores
        and program.value_map_id == definitions.value_maps.get(campaign.id)
    )


def _program(
    source: CampaignSource, definitions: Definitions, environment: Environment, cascading: bool
) -> CampaignProgram:
    campaign = source.campaign
    rules = complete(source.rules, definitions).rules
    compiled = compile_ruleset(ruleset_source(rules, source.bindings, definitions, campaign.id), environment)
    program = partial(
        CampaignProgram,
        campaign,
        BASE,
        source.ruleset_id,
        value_map_id=definitions.value_maps.get(campaign.id),
        fingerprint=source.fingerprint,
    )
    if isinstance(compiled, Diagnostics):
        names = tuple(str(rule["title"]) for rule in source.rules)
        return program(Ruleset((), (), 0), names, (), str(compiled))
    changing = UPDATES | DISCOUNTS if cascading else UPDATES
    return program(
        compiled,
        tuple(rule.title for rule in compiled.rules),
        tuple(index for index, rule in enumerate(compiled.rules) if "couponvalid" in rule.functions),
        gates=frozenset({STORE}) if campaign.for_stores else gates_of(compiled),
        referral_rules=tuple(index for index, rule in enumerate(compiled.rules) if "referralvalid" in rule.functions),
        maps_values=maps_values(compiled.reads),
        settling=frozenset(index for index, rule in enumerate(compiled.rules) if rule.functions & changing),
    )


def _placed(
    program: CampaignProgram,
    campaign: Campaign,
    groups: Mapping[int, EvaluationGroup],
    base: EvaluationGroup,
    definitions: Definitions,
) -> CampaignProgram:
    """A program of the campaign as it is now, in the group that it hangs on."""
    values = rule_values("Campaign", campaign.attributes, definitions.attributes)
    return structs.replace(
        program,
        campaign=structs.replace(campaign, attributes=values),
        group=groups.get(campaign.evaluation_group_id or 0, base),
        collection_ids=collections_in(program.ruleset, definitions.collections, campaign.id),
    )


def _tree(
    base: EvaluationGroup, groups: Iterable[EvaluationGroup], programs: Iterable[CampaignProgram]
) -> GroupProgram:
    """The tree from its base on; in a group, a group comes before a campaign of the same position."""
    inside: dict[int | None, list[tuple[tuple[int, int, int], EvaluationGroup | CampaignProgram]]] = {}
    for group in groups:
        inside.setdefault(group.parent_id, []).append(((group.position, 0, group.id), group))
    for program in programs:
        place = (program.campaign.position, 1, program.campaign.id)
        inside.setdefault(program.group.id, []).append((place, program))

    def members(group: EvaluationGroup) -> Iterable[CampaignProgram | GroupProgram]:
        for _, member in sorted(inside.get(group.id, ()), key=lambda each: each[0]):
            if isinstance(member, CampaignProgram):
                yield member
            elif member.evaluation_mode == group.evaluation_mode == "stackable":
                yield from members(member)
            else:
                yield _group(member, tuple(members(member)))

    return _group(base, tuple(members(base)))


def _group(group: EvaluationGroup, members: tuple[CampaignProgram | GroupProgram, ...]) -> GroupProgram:
    campaigns = {
        position: (member.campaign.id, member.gates)
        for position, member in enumerate(members)
        if isinstance(member, CampaignProgram)
    }
    return GroupProgram(group, members, group_index(campaigns, len(members)))


def _campaigns(group: GroupProgram) -> Iterable[CampaignProgram]:
    for member in group.members:
        if isinstance(member, GroupProgram):
            yield from _campaigns(member)
        else:
            yield member
