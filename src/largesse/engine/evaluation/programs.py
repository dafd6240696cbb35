"""Programs: an Application's campaigns with their rules compiled, ready to evaluate any number of sessions.

Compiled once per revision of the Application and shared by all its requests; nothing in them changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from msgspec import Struct, structs

from largesse.engine.applications import Application
from largesse.engine.attributes import JSON
from largesse.engine.campaigns import Campaign
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.environment import rule_environment
from largesse.engine.evaluation.gates import STORE, Gate, audiences_joined_by, gates_of
from largesse.engine.evaluation.groups import BASE, EvaluationGroup
from largesse.engine.evaluation.index import GroupIndex, group_index
from largesse.engine.formats.rulesets import FILTER, provided, ruleset_source
from largesse.engine.functions.loyalty import POINTS_FUNCTIONS
from largesse.engine.outgoing.completion import complete
from largesse.engine.rewards.giveaways import awards_of
from largesse.engine.shopping.cart_item_filters import CartItemFilter, times_and_places
from largesse.engine.shopping.collections import collections_in
from largesse.engine.shopping.value_maps import maps_values
from largesse.engine.views.profile import AUDIENCE_MEMBERSHIPS
from largesse.engine.views.values import rule_values
from largesse.language import (
    BindingSource,
    Diagnostic,
    Diagnostics,
    Environment,
    Mistake,
    Rule,
    Ruleset,
    RulesetSource,
    compile_ruleset,
)

# Functions that must know how far a customer has come, lower-cased.
ACHIEVEMENT_NAMES = frozenset({"increaseachievementprogress", "startachievementprogress", "checkachievement"})

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


class CampaignSource(Struct, frozen=True):
    """A campaign and its active ruleset as stored (`rules` and `bindings` as in the published Ruleset); no ruleset, no
    id."""

    campaign: Campaign
    ruleset_id: int = 0
    rules: list[JSON] = []
    bindings: list[JSON] = []


class CampaignProgram(Struct, frozen=True):
    """A campaign ready to run.

    `coupon_rules` are the indexes of the rules that ask for a valid coupon, `settling` those of rules whose effects may
    change what cart item filters read, so that all filters are computed before. A ruleset that no longer compiles (an
    attribute it reads was deleted) has no rules to run and says why in `broken`. Unless one of its `gates`
    is open, no rule can fire; None means that nothing is known.
    """

    campaign: Campaign
    group: EvaluationGroup
    ruleset_id: int
    ruleset: Ruleset
    rule_names: tuple[str, ...]
    coupon_rules: tuple[int, ...]
    broken: str = ""
    gates: frozenset[Gate] | None = None
    referral_rules: tuple[int, ...] = ()
    collection_ids: frozenset[int] = frozenset()
    maps_values: bool = False
    settling: frozenset[int] = frozenset()


class GroupProgram(Struct, frozen=True):
    """A group ready to be evaluated, with its members in order.

    What lies in a stackable group of a stackable group stands in the outer one directly: it contributes just the same.
    """

    group: EvaluationGroup
    members: "tuple[CampaignProgram | GroupProgram, ...]"
    index: GroupIndex


class Programs(Struct, frozen=True):
    """All campaigns of one Application at one revision, hanging in the evaluation tree, and in its order. `limited` are
    those with budgets, `functions` the lower-cased names of all that any rule calls, `joinable` the
    audiences that rules may bring the customer into, `giving` the campaigns that may award giveaways, with how many of
    which pool, `looking_up` those that compare with collections or read value maps, `achieving` those that ask how far
    the customer has come with achievements. `uses_points`: there are rules that look at points or change them,
    `uses_audiences`: that ask who is in which audience."""

    application: Application
    definitions: Definitions
    tree: GroupProgram
    campaigns: tuple[CampaignProgram, ...]
    by_id: Mapping[int, CampaignProgram]
    limited: tuple[CampaignProgram, ...]
    functions: frozenset[str]
    joinable: frozenset[int]
    giving: tuple[tuple[CampaignProgram, Mapping[int, int]], ...] = ()
    uses_points: bool = False
    uses_audiences: bool = False
    looking_up: tuple[CampaignProgram, ...] = ()
    achieving: tuple[CampaignProgram, ...] = ()

    def local(self, now: datetime) -> datetime:
        """A moment in the Application's time zone."""
        return now.astimezone(self.application.zone)


def compile_programs(
    application: Application,
    definitions: Definitions,
    campaigns: Iterable[CampaignSource],
    groups: Iterable[EvaluationGroup] = (),
) -> Programs:
    """Compile everything an Application evaluates. Without groups, everything hangs on a stackable base group."""
    campaigns = [*campaigns]
    updating = any(_names(source.rules, "updateitemattribute") for source in campaigns)
    environment = rule_environment(definitions, application.enable_cascading_discounts, updating=updating)
    changing = UPDATES | DISCOUNTS if application.enable_cascading_discounts else UPDATES
    by_group = {group.id: group for group in groups} or {BASE.id: BASE}
    base = next(group for group in by_group.values() if group.parent_id is None)
    compiled = [_program(source, by_group, base, definitions, environment, changing) for source in campaigns]
    tree = _tree(base, by_group.values(), compiled)
    programs = tuple(_campaigns(tree))
    values = rule_values("Application", application.attributes, definitions.attributes)
    return Programs(
        structs.replace(application, attributes=values),
        definitions,
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


def check_rules(
    rules: list[JSON],
    bindings: list[JSON],
    definitions: Definitions,
    application: Application,
    campaign_id: int = 0,
) -> Diagnostics | None:
    """Everything that is wrong with a ruleset of a campaign, with JSON pointers from the ruleset's root; None when it
    may be saved."""
    environment = rule_environment(definitions, application.enable_cascading_discounts, saving=True)
    completed = complete(rules, definitions)
    source = ruleset_source(completed.rules, bindings, definitions, campaign_id)
    compiled = compile_ruleset(source, environment)
    return completed.at_calls(_told(compiled, source) if isinstance(compiled, Diagnostics) else None)


def check_filter(
    name: str, expression: JSON, earlier: Sequence[CartItemFilter], definitions: Definitions, application: Application
) -> Diagnostics | None:
    """Everything that is wrong with a cart item filter of the Application, with JSON pointers into its expression; it
    may read the filters defined before it."""
    environment = rule_environment(definitions, application.enable_cascading_discounts, saving=True)
    binding = BindingSource(name, expression, FILTER)
    source = RulesetSource((), (binding,), provided(expression, earlier))
    compiled = compile_ruleset(source, environment)
    if isinstance(compiled, Diagnostics):
        told = _told(compiled, source)
        inside = "/bindings/0/expression"
        return Diagnostics(tuple(replace(each, pointer=each.pointer.removeprefix(inside)) for each in told))
    reads = compiled.bindings[-1].reads
    unfit = sorted(times_and_places(environment) & (reads.fields | reads.roots))
    found = (Diagnostic(Mistake.WRONG_KIND, f"a filter of the Application cannot read {each}", "") for each in unfit)
    return Diagnostics(tuple(found)) if unfit else None


def _told(diagnostics: Diagnostics, source: RulesetSource) -> Diagnostics:
    """The diagnostics, those in what was provided without a place: it is not written in the ruleset."""
    return Diagnostics(tuple(_elsewhere(each, source) for each in diagnostics))


def _elsewhere(diagnostic: Diagnostic, source: RulesetSource) -> Diagnostic:
    match diagnostic.pointer.split("/"):
        case ["", "provided", index, *_]:
            message = f'the filter "{source.provided[int(index)].name}" of the Application: {diagnostic.message}'
            return replace(diagnostic, message=message, pointer="", span=None)
        case _:
            return diagnostic


def _program(
    source: CampaignSource,
    groups: Mapping[int, EvaluationGroup],
    base: EvaluationGroup,
    definitions: Definitions,
    environment: Environment,
    changing: frozenset[str],
) -> CampaignProgram:
    rules = complete(source.rules, definitions).rules
    stored = ruleset_source(rules, source.bindings, definitions, source.campaign.id)
    compiled = compile_ruleset(stored, environment)
    values = rule_values("Campaign", source.campaign.attributes, definitions.attributes)
    campaign = structs.replace(source.campaign, attributes=values)
    group = groups.get(campaign.evaluation_group_id or 0, base)
    if isinstance(compiled, Diagnostics):
        names = tuple(str(rule["title"]) for rule in source.rules)
        return CampaignProgram(campaign, group, source.ruleset_id, Ruleset((), (), 0), names, (), str(compiled))
    asking = tuple(index for index, rule in enumerate(compiled.rules) if "couponvalid" in rule.functions)
    referring = tuple(index for index, rule in enumerate(compiled.rules) if "referralvalid" in rule.functions)
    names = tuple(rule.title for rule in compiled.rules)
    gates = frozenset({STORE}) if campaign.for_stores else gates_of(compiled)
    return CampaignProgram(
        campaign,
        group,
        source.ruleset_id,
        compiled,
        names,
        asking,
        gates=gates,
        referral_rules=referring,
        collection_ids=collections_in(compiled, definitions.collections, campaign.id),
        maps_values=maps_values(compiled.reads),
        settling=frozenset(index for index, rule in enumerate(compiled.rules) if rule.functions & changing),
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
