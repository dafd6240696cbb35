"""What callers send to create or change a ruleset, and how a stored one is shown.

Rules and bindings are stored as the JSON they are on the wire, so that a reader of the table sees what was sent.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

import msgspec
from msgspec import UNSET, Struct, structs

from largesse.api.models.ruleset import Binding, Rule, Ruleset
from largesse.engine.attributes import JSON
from largesse.plumbing.http.codec import Omittable, encode, given
from largesse.storage.rulesets import RulesetSettings, StoredRuleset

S = TypeVar("S", Rule, Binding)

_RULES = msgspec.json.Decoder(list[Rule], float_hook=Decimal)
_BINDINGS = msgspec.json.Decoder(list[Binding], float_hook=Decimal)


class NewRuleset(Struct, frozen=True, kw_only=True, rename="camel"):
    """The rules of a campaign, and whether they come into force at once [MA NewRuleset]."""

    rules: list[Rule]
    strikethrough_rules: Omittable[list[Rule]] = UNSET
    bindings: list[Binding]
    rb_version: Omittable[str] = UNSET
    activate: Omittable[bool] = UNSET


def accept_ruleset(sent: NewRuleset) -> RulesetSettings:
    """What was sent, as it is stored."""
    strikethrough = given(sent.strikethrough_rules)
    return RulesetSettings(
        rules=encode([_plain_rule(rule) for rule in sent.rules]),
        bindings=encode([_plain(binding) for binding in sent.bindings]),
        strikethrough_rules=None if strikethrough is None else encode([_plain_rule(rule) for rule in strikethrough]),
        rb_version=given(sent.rb_version),
    )


def show_ruleset(ruleset: StoredRuleset, active_ruleset_id: int | None) -> Ruleset:
    """A stored ruleset as callers see it, when another (or this) one is in force."""
    settings = ruleset.settings
    strikethrough = settings.strikethrough_rules
    return Ruleset(
        id=ruleset.id,
        created=ruleset.created,
        user_id=ruleset.user_id,
        rules=read_rules(settings.rules),
        strikethrough_rules=UNSET if strikethrough is None else read_rules(strikethrough),
        bindings=read_bindings(settings.bindings),
        rb_version=UNSET if settings.rb_version is None else settings.rb_version,
        activate=ruleset.id == active_ruleset_id,
        campaign_id=ruleset.campaign_id,
        activated_at=UNSET if ruleset.activated_at is None else ruleset.activated_at,
    )


def read_rules(stored: bytes) -> list[Rule]:
    """Stored rules."""
    return _RULES.decode(stored)


def read_bindings(stored: bytes) -> list[Binding]:
    """Stored bindings."""
    return _BINDINGS.decode(stored)


def plain_json(rules: Sequence[Rule | Binding]) -> list[JSON]:
    """Rules or bindings as plain JSON values, which is what the engine checks."""
    plain: list[JSON] = msgspec.to_builtins(rules, builtin_types=(Decimal,))
    return plain


def _plain_rule(rule: Rule) -> Rule:
    bindings = given(rule.bindings)
    plain = _plain(rule)
    return plain if bindings is None else structs.replace(plain, bindings=[_plain(binding) for binding in bindings])


def _plain(sent: S) -> S:
    """The same without properties whose null only meant that they were left out."""
    return structs.replace(sent, **{name: UNSET for name, value in structs.asdict(sent).items() if value is None})
