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
from largesse.engine.item_campaigns import excesses
from largesse.engine.refusals import INVALID_VALUE
from largesse.language import Diagnostic, Place
from largesse.plumbing.http.codec import given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.applications import StoredApplication
from largesse.storage.campaigns import StoredCampaign

NOT_ABOUT_ITEMS = "is not about items of the cart, and a campaign of type cartItem gives no other effects"
RULES, STRIKETHROUGH_RULES = "/rules", "/strikethroughRules"


def check_ruleset(sent: NewRuleset, application: StoredApplication, definitions: Definitions, campaign_id: int) -> None:
    """Raises `Invalid` with every mistake in a ruleset that is to be stored for a campaign."""
    refuse_if_any(mistakes_in(sent, _shop_of(application), definitions, campaign_id))


def check_structured_ruleset(
    plain: Mapping[str, JSON], application: StoredApplication, definitions: Definitions, campaign_id: int
) -> Compiled:
    """What a structured ruleset comes to. Raises `Invalid` with every mistake in its blocks, selectors and
    parameters."""
    compiled, errors = mistakes_in_blocks(plain, _shop_of(application), definitions, campaign_id)
    refuse_if_any(errors)
    return compiled


def mistakes_in_blocks(
    plain: Mapping[str, JSON], shop: Application, definitions: Definitions, campaign_id: int = 0
) -> tuple[Compiled, list[FieldError]]:
    """What a structured ruleset comes to, and every mistake in it, with pointers to blocks and fields."""
    compiled, diagnostics = check_structured(plain, definitions, shop, campaign_id)
    return compiled, [] if diagnostics is None else [_error(diagnostic) for diagnostic in diagnostics]


def refuse_beyond_items(campaign: StoredCampaign, rules: Sequence[JSON], places: Mapping[str, Place]) -> None:
    """Raises `Invalid` where a campaign of type cartItem would give effects about the whole session.

    `rules` are plain JSON in the published V1 form; `places` lead from there to where something was written, if it was
    written elsewhere.
    """
    if campaign.settings.type != "cartItem":
        return
    here = [(f"{RULES}/{each.rule_index}/effects/{each.effect_index}", each.name) for each in excesses(rules)]
    refuse_if_any(
        [
            at_pointer(INVALID_VALUE, f"{name} {NOT_ABOUT_ITEMS}", places[at].pointer if at in places else at)
            for at, name in here
        ]
    )


def _shop_of(application: StoredApplication) -> Application:
    """What rules may depend on of an Application."""
    return Application(
        id=application.id,
        account_id=application.account_id,
        name=application.settings.name,
        enable_cascading_discounts=application.settings.enable_cascading_discounts,
    )


def mistakes_in(
    sent: NewRuleset, shop: Application, definitions: Definitions, campaign_id: int = 0
) -> list[FieldError]:
    """Every mistake in the rules, the strikethrough rules and the bindings of both, with pointers into the ruleset."""
    errors = _errors(sent.rules, sent.bindings, definitions, shop, campaign_id)
    # The bindings are checked with the rules; here they are only there to be read, and their mistakes are known.
    rules = given(sent.strikethrough_rules) or ()
    strikethrough = _errors(rules, sent.bindings, definitions, shop, campaign_id, strikethrough=True)
    return errors + [
        FieldError(title=error.title, details=error.details, pointer=STRIKETHROUGH_RULES + pointer[len(RULES) :])
        for error in strikethrough
        if (pointer := error.pointer or "").startswith(RULES)
    ]


def _errors(
    rules: Sequence[Rule],
    bindings: Sequence[Binding],
    definitions: Definitions,
    shop: Application,
    campaign_id: int,
    *,
    strikethrough: bool = False,
) -> list[FieldError]:
    plain = plain_json(rules), plain_json(bindings)
    diagnostics = check_rules(*plain, definitions, shop, campaign_id, strikethrough=strikethrough)
    return [] if diagnostics is None else [_error(diagnostic) for diagnostic in diagnostics]


def _error(diagnostic: Diagnostic) -> FieldError:
    suggestion = f" (did you mean `{diagnostic.did_you_mean}`?)" if diagnostic.did_you_mean else ""
    return at_pointer(str(diagnostic.code), diagnostic.message + suggestion, diagnostic.pointer)
