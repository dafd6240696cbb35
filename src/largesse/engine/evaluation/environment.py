"""What rules may name: the language's own functions, what promotions add to them, and the roots of every path.

Made per Application, because its custom attributes decide which paths exist and of which type they are, and its
settings decide what may change while rules run. Source: rule language, section 5.
"""

from largesse.engine.definitions import Definitions
from largesse.engine.effects.catalogue import EFFECT_FUNCTIONS
from largesse.engine.functions import PROMOTION_FUNCTIONS
from largesse.engine.views.application import application_root
from largesse.engine.views.campaign import campaign_root
from largesse.engine.views.coupon import coupon_root
from largesse.engine.views.event import event_root
from largesse.engine.views.profile import advocate_root, profile_root
from largesse.engine.views.referral import referral_root
from largesse.engine.views.session import session_root
from largesse.engine.views.store import store_root
from largesse.language import CORE, TIME, Environment, Root, environment


def rule_environment(definitions: Definitions, cascading: bool) -> Environment:
    """The environment of one Application's rules; with `cascading` discounts, prices and totals vary while rules
    run."""
    attributes = definitions.attributes
    roots = (
        session_root(attributes, cascading),
        profile_root(attributes),
        coupon_root(attributes),
        referral_root(attributes),
        advocate_root(attributes),
        campaign_root(attributes),
        application_root(attributes),
        store_root(attributes),
        event_root(),
        Root("Now", TIME, "now", constant=True, doc="Present moment in the Application's time zone"),
    )
    return environment((*CORE, *PROMOTION_FUNCTIONS, *EFFECT_FUNCTIONS), roots)
