"""NOUNS: every operation there is, noun by noun.

Adding an endpoint is a row in its noun's module; adding a noun is a line here.
"""

from largesse.api.access.accounts import management as accounts
from largesse.api.access.api_keys import management as api_keys
from largesse.api.access.logins import management as logins
from largesse.api.access.management_keys import management as management_keys
from largesse.api.applications import management as applications
from largesse.api.attributes import files as allowed_lists
from largesse.api.attributes import management as attributes
from largesse.api.campaigns import integration as running_campaigns
from largesse.api.campaigns import management as campaigns
from largesse.api.codes.coupons import bulk as coupons_in_bulk
from largesse.api.codes.coupons import files as coupon_files
from largesse.api.codes.coupons import integration as coupon_reservations
from largesse.api.codes.coupons import management as coupons
from largesse.api.codes.referrals import files as referral_files
from largesse.api.codes.referrals import integration as referrals_of_shops
from largesse.api.codes.referrals import management as referrals
from largesse.api.customers.audiences import files as audience_files
from largesse.api.customers.audiences import integration as audiences_of_shops
from largesse.api.customers.audiences import management as audiences
from largesse.api.customers.inventory import integration as inventories
from largesse.api.customers.profiles import integration as profiles
from largesse.api.customers.records import management as customers
from largesse.api.evaluation_groups import management as evaluation_groups
from largesse.api.loyalty.points import activation as activated_points
from largesse.api.loyalty.points import card_points, card_profiles, deletion
from largesse.api.loyalty.points import cards as loyalty_cards
from largesse.api.loyalty.points import integration as points_of_shops
from largesse.api.loyalty.points import management as points
from largesse.api.loyalty.programs import management as loyalty_programs
from largesse.api.outgoing.authentications import management as authentications
from largesse.api.outgoing.custom_effects import management as custom_effects
from largesse.api.outgoing.notifications import management as notifications
from largesse.api.outgoing.webhooks import management as webhooks
from largesse.api.rewards.achievements import integration as achievements_of_customers
from largesse.api.rewards.achievements import management as achievements
from largesse.api.rewards.achievements import progress as achievement_progress
from largesse.api.rewards.giveaways import files as giveaway_files
from largesse.api.rewards.giveaways import management as giveaways
from largesse.api.rulesets import management as rulesets
from largesse.api.rulesets import structured as structured_rulesets
from largesse.api.shopping.additional_costs import management as additional_costs
from largesse.api.shopping.cart_item_filters import management as cart_item_filters
from largesse.api.shopping.catalogs import integration as catalog_syncs
from largesse.api.shopping.catalogs import management as catalogs
from largesse.api.shopping.collections import campaigns as collections_of_campaigns
from largesse.api.shopping.collections import files as collection_files
from largesse.api.shopping.collections import management as collections
from largesse.api.shopping.event_types import management as event_types
from largesse.api.shopping.events import integration as events
from largesse.api.shopping.price_types import management as price_types
from largesse.api.shopping.sessions import integration as sessions
from largesse.api.shopping.sessions import listing as listed_sessions
from largesse.api.shopping.sessions import management as explained_sessions
from largesse.api.shopping.stores import budgets as store_budgets
from largesse.api.shopping.stores import files as store_files
from largesse.api.shopping.stores import management as stores
from largesse.api.shopping.value_maps import management as value_maps
from largesse.plumbing.http.operation import AnyOperation

NOUNS: tuple[tuple[AnyOperation, ...], ...] = (
    accounts.OPERATIONS,
    additional_costs.OPERATIONS,
    api_keys.OPERATIONS,
    applications.OPERATIONS,
    attributes.OPERATIONS,
    allowed_lists.OPERATIONS,
    audiences.OPERATIONS,
    audience_files.OPERATIONS,
    audiences_of_shops.OPERATIONS,
    campaigns.OPERATIONS,
    cart_item_filters.OPERATIONS,
    collections.OPERATIONS,
    collections_of_campaigns.OPERATIONS,
    collection_files.OPERATIONS,
    value_maps.OPERATIONS,
    running_campaigns.OPERATIONS,
    coupons.OPERATIONS,
    coupon_files.OPERATIONS,
    coupons_in_bulk.OPERATIONS,
    coupon_reservations.OPERATIONS,
    custom_effects.OPERATIONS,
    evaluation_groups.OPERATIONS,
    achievements.OPERATIONS,
    achievements_of_customers.OPERATIONS,
    achievement_progress.OPERATIONS,
    giveaways.OPERATIONS,
    giveaway_files.OPERATIONS,
    event_types.OPERATIONS,
    events.OPERATIONS,
    logins.OPERATIONS,
    management_keys.OPERATIONS,
    activated_points.OPERATIONS,
    card_points.OPERATIONS,
    card_profiles.OPERATIONS,
    deletion.OPERATIONS,
    loyalty_cards.OPERATIONS,
    loyalty_programs.OPERATIONS,
    points.OPERATIONS,
    points_of_shops.OPERATIONS,
    profiles.OPERATIONS,
    inventories.OPERATIONS,
    customers.OPERATIONS,
    referrals.OPERATIONS,
    referral_files.OPERATIONS,
    referrals_of_shops.OPERATIONS,
    rulesets.OPERATIONS,
    structured_rulesets.OPERATIONS,
    sessions.OPERATIONS,
    explained_sessions.OPERATIONS,
    listed_sessions.OPERATIONS,
    catalogs.OPERATIONS,
    catalog_syncs.OPERATIONS,
    price_types.OPERATIONS,
    stores.OPERATIONS,
    store_budgets.OPERATIONS,
    store_files.OPERATIONS,
    webhooks.OPERATIONS,
    authentications.OPERATIONS,
    notifications.OPERATIONS,
)

OPERATIONS: tuple[AnyOperation, ...] = tuple(operation for noun in NOUNS for operation in noun)
