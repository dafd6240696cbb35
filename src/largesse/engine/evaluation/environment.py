"""What rules may name: the language's own functions, what promotions add to them, and the roots of every path.

Made per Application, because its custom attributes decide which paths exist and of which type they are, and its
settings decide what may change while rules run. Source: rule language, section 5.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from largesse.engine.definitions import Definitions
from largesse.engine.effects.catalogue import CATALOGUE
from largesse.engine.functions import PROMOTION_FUNCTIONS
from largesse.engine.functions.audiences import NAMING_AUDIENCES, refuse_unknown_audience
from largesse.engine.functions.collections import refuse_unknown_collection
from largesse.engine.functions.loyalty import NAMING_PROGRAMS, refuse_unknown_program
from largesse.engine.functions.value_maps import refuse_unknown_map
from largesse.engine.shopping.collections import IN_COLLECTION
from largesse.engine.shopping.value_maps import VALUE_MAP_FILTER
from largesse.engine.views.account import account_root
from largesse.engine.views.achievements import achievements_root
from largesse.engine.views.application import application_root
from largesse.engine.views.campaign import campaign_root
from largesse.engine.views.coupon import coupon_root
from largesse.engine.views.event import advanced_event_root, event_root
from largesse.engine.views.giveaway import giveaway_root
from largesse.engine.views.loyalty import loyalty_root
from largesse.engine.views.loyalty_card import loyalty_card_root
from largesse.engine.views.profile import advocate_root, profile_root
from largesse.engine.views.referral import referral_root
from largesse.engine.views.session import connected_session_root, session_root
from largesse.engine.views.store import store_root
from largesse.language import CORE, TIME, Environment, Function, Known, Root, environment


def rule_environment(
    definitions: Definitions, cascading: bool, *, updating: bool = False, saving: bool = False
) -> Environment:
    """The environment of one Application's rules; with `cascading` discounts, prices and totals vary while rules
    run, with rules `updating` items, so do the items' attributes.

    Rules that are `saving` must name what exists. Those that are stored go on without it, and fail where they name it.
    """
    attributes = definitions.attributes
    roots = (
        session_root(attributes, cascading, updating),
        profile_root(attributes),
        coupon_root(attributes),
        referral_root(attributes),
        advocate_root(attributes),
        campaign_root(attributes),
        application_root(attributes),
        account_root(),
        store_root(attributes),
        loyalty_root(definitions),
        loyalty_card_root(attributes),
        giveaway_root(attributes),
        event_root(attributes),
        advanced_event_root(attributes),
        connected_session_root(attributes),
        achievements_root(definitions.achievements.values()),
        Root("Now", TIME, "now", constant=True, doc="Present moment in the Application's time zone"),
    )
    acting = (each for effect in CATALOGUE for each in effect.functions_for(definitions if saving else None))
    functions = (*PROMOTION_FUNCTIONS, *acting)
    known = (_strict(each, definitions) if saving else each for each in functions)
    return environment((*CORE, *known), roots, ALIASES)


ALIASES: Mapping[str, str] = {"CartItem": "Item", "Giveaway": "AwardedGiveaway"}
"""Other names of what rules read: an item in its blocks is called by the name of its entity, too."""


_Unknown: TypeAlias = Callable[[tuple[Known, ...], Definitions], str | None]

_UNKNOWN: Mapping[str, _Unknown] = {
    **dict.fromkeys(
        (name.lower() for name in NAMING_AUDIENCES),
        lambda arguments, known: refuse_unknown_audience(arguments, known.audiences),
    ),
    **dict.fromkeys(
        NAMING_PROGRAMS, lambda arguments, known: refuse_unknown_program(arguments, known.loyalty_programs)
    ),
    IN_COLLECTION.lower(): lambda arguments, known: refuse_unknown_collection(arguments, known.collections),
    VALUE_MAP_FILTER.lower(): lambda arguments, known: refuse_unknown_map(arguments, known.value_maps.values()),
}
"""Functions that name what an account has defined, by lower-cased name, and what refuses names that nothing has."""


def _strict(function: Function, definitions: Definitions) -> Function:
    """The same function, refusing also what does not exist."""
    unknown = _UNKNOWN.get(function.name.lower())
    if unknown is None:
        return function

    def refuse(arguments: tuple[Known, ...]) -> str | None:
        earlier = None if function.refuses is None else function.refuses(arguments)
        return earlier or unknown(arguments, definitions)

    return replace(function, refuses=refuse)
