"""What rules can ask beyond the language's own functions: one file per family; `PROMOTION_FUNCTIONS` lists them."""

from largesse.engine.functions.achievements import ACHIEVEMENT_FUNCTIONS
from largesse.engine.functions.audiences import AUDIENCE_FUNCTIONS
from largesse.engine.functions.budgets import BUDGET_FUNCTIONS
from largesse.engine.functions.bundles import BUNDLE_FUNCTIONS
from largesse.engine.functions.collections import COLLECTION_FUNCTIONS
from largesse.engine.functions.coupons import COUPON_FUNCTIONS
from largesse.engine.functions.events import EVENT_FUNCTIONS
from largesse.engine.functions.failures import FAILURE_FUNCTIONS
from largesse.engine.functions.loyalty import LOYALTY_FUNCTIONS
from largesse.engine.functions.loyalty_cards import LOYALTY_CARD_FUNCTIONS
from largesse.engine.functions.referrals import REFERRAL_FUNCTIONS
from largesse.engine.functions.value_maps import VALUE_MAP_FUNCTIONS

PROMOTION_FUNCTIONS = (
    *COUPON_FUNCTIONS,
    *REFERRAL_FUNCTIONS,
    *LOYALTY_FUNCTIONS,
    *LOYALTY_CARD_FUNCTIONS,
    *BUDGET_FUNCTIONS,
    *ACHIEVEMENT_FUNCTIONS,
    *EVENT_FUNCTIONS,
    *AUDIENCE_FUNCTIONS,
    *FAILURE_FUNCTIONS,
    *BUNDLE_FUNCTIONS,
    *COLLECTION_FUNCTIONS,
    *VALUE_MAP_FUNCTIONS,
)
