"""Whether rules may be saved: everything the rule language finds wrong with them, at its place in the body."""

from collections.abc import Mapping, Sequence

from largesse.api.models.ruleset import Binding, Rule
from largesse.api.refusals import refuse_if_any
from largesse.api.rulesets.wire import NewRuleset, plain_json
from largesse.engine.applications import Application
from largesse.engine.attributes import JSON
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.programs import check_rules
from largesse.engine.formats.structured.compile import Compiled, check_structured
from largesse.language import Diagnostic
from largesse.plumbing.http.codec import given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.applications import StoredApplication

RULES, STRIKETHROUGH_RULES = "/rules", "/strikethroughRules"


def check_ruleset(sent: NewRuleset, application: StoredApplication, definitions: Definitions) -> None:
    """Raises `Invalid` with every mistake in a ruleset that an Application is to store."""
    refuse_if_any(mistakes_in(sent, _shop_of(application), definitions))


def check_structured_ruleset(
    plain: Mapping[str, JSON], application: StoredApplication, definitions: Definitions
) -> Compiled:
    """What a structured ruleset comes to. Raises `Invalid` with every mistake in its blocks, selectors and
    parameters."""
    compiled, diagnostics = check_structured(plain, definitions, _shop_of(application))
    refuse_if_any([] if diagnostics is None else [_error(diagnostic) for diagnostic in diagnostics])
    return compiled


def _shop_of(application: StoredApplication) -> Application:
    """What rules may depend on of an Application."""
    return Application(
        id=application.id,
        account_id=application.account_id,
        name=application.settings.name,
        enable_cascading_discounts=application.settings.enable_cascading_discounts,
    )


def mistakes_in(sent: NewRuleset, shop: Application, definitions: Definitions) -> list[FieldError]:
    """Every mistake in the rules, the strikethrough rules and the bindings of both, with pointers into the ruleset."""
    errors = _errors(sent.rules, sent.bindings, definitions, shop)
    # The bindings are checked with the rules; here they are only there to be read, and their mistakes are known.
    strikethrough = _errors(given(sent.strikethrough_rules) or (), sent.bindings, definitions, shop)
    return errors + [
        FieldError(title=error.title, details=error.details, pointer=STRIKETHROUGH_RULES + pointer[len(RULES) :])
        for error in strikethrough
        if (pointer := error.pointer or "").startswith(RULES)
    ]


def _errors(
    rules: Sequence[Rule], bindings: Sequence[Binding], definitions: Definitions, shop: Application
) -> list[FieldError]:
    diagnostics = check_rules(plain_json(rules), plain_json(bindings), definitions, shop)
    return [] if diagnostics is None else [_error(diagnostic) for diagnostic in diagnostics]


def _error(diagnostic: Diagnostic) -> FieldError:
    suggestion = f" (did you mean `{diagnostic.did_you_mean}`?)" if diagnostic.did_you_mean else ""
    return at_pointer(str(diagnostic.code), diagnostic.message + suggestion, diagnostic.pointer)
