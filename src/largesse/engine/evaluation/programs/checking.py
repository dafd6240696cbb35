"""What is wrong with rules and cart item filters before they are saved."""

from collections.abc import Sequence
from dataclasses import replace

from largesse.engine.applications import Application
from largesse.engine.attributes import JSON
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.environment import rule_environment
from largesse.engine.formats.failure_effects import misplaced
from largesse.engine.formats.rulesets import FILTER, provided, ruleset_source
from largesse.engine.outgoing.completion import complete
from largesse.engine.shopping.cart_item_filters import CartItemFilter, times_and_places
from largesse.language import BindingSource, Diagnostic, Diagnostics, Mistake, RulesetSource, compile_ruleset


def check_rules(
    rules: list[JSON],
    bindings: list[JSON],
    definitions: Definitions,
    application: Application,
    campaign_id: int = 0,
    *,
    strikethrough: bool = False,
) -> Diagnostics | None:
    """Everything that is wrong with a ruleset of a campaign, with JSON pointers from the ruleset's root; None when it
    may be saved. Rules that are `strikethrough` have other effects in place of failing conditions than promotion
    rules."""
    environment = rule_environment(definitions, application.enable_cascading_discounts, saving=True)
    completed = complete(rules, definitions)
    source = ruleset_source(completed.rules, bindings, definitions, campaign_id)
    compiled = compile_ruleset(source, environment)
    found = completed.at_calls(_told(compiled, source) if isinstance(compiled, Diagnostics) else None)
    amiss = () if strikethrough else tuple(misplaced(rules))
    return Diagnostics((*(found or ()), *amiss)) if amiss else found


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
