"""All that an account has defined and one Application may use, read together: what rules are checked against."""

from largesse.engine.applications import Account
from largesse.engine.attributes import AttributeDefinitions
from largesse.engine.definitions import Definitions
from largesse.engine.loyalty import programs
from largesse.engine.outgoing import custom_effects, webhooks
from largesse.engine.shopping.additional_costs import usable_in
from largesse.plumbing.database import Transaction
from largesse.storage.access.accounts import account_attributes, hides_code_reasons
from largesse.storage.attributes import attribute_definitions
from largesse.storage.codes.creations import code_sources
from largesse.storage.customers.audiences import audience_definitions
from largesse.storage.loyalty.programs import program_definitions
from largesse.storage.outgoing.custom_effects import custom_effect_definitions
from largesse.storage.outgoing.webhooks import webhook_definitions
from largesse.storage.rewards.achievements import achievement_definitions
from largesse.storage.rewards.giveaways import pool_definitions
from largesse.storage.shopping.additional_costs import additional_cost_definitions
from largesse.storage.shopping.cart_item_filters import cart_item_filter_definitions
from largesse.storage.shopping.catalogs import find_catalog_of
from largesse.storage.shopping.collections import collection_definitions
from largesse.storage.shopping.event_types import event_type_names
from largesse.storage.shopping.value_maps import value_map_definitions


async def read_definitions(db: Transaction, account_id: int, application_id: int) -> Definitions:
    """Everything the Application's requests and rules may name."""
    attributes = await attribute_definitions(db, account_id)
    costs = await additional_cost_definitions(db, account_id)
    audiences = await audience_definitions(db, account_id, application_id)
    loyalty = await program_definitions(db, account_id, application_id)
    catalog_id = await find_catalog_of(db, account_id, application_id)
    event_types = await event_type_names(db, account_id)
    return Definitions(
        attributes=AttributeDefinitions(attributes, application_id),
        codes=await code_sources(db, account_id, application_id),
        additional_costs=usable_in(application_id, costs),
        catalog_id=catalog_id,
        cart_item_filters=await cart_item_filter_definitions(db, account_id, application_id),
        collections=await collection_definitions(db, account_id, application_id),
        value_maps=await value_map_definitions(db, account_id, application_id),
        audiences={audience.id: audience for audience in audiences},
        loyalty_programs=programs.usable_in(application_id, loyalty),
        giveaway_pools=await pool_definitions(db, account_id, application_id),
        event_types=event_types,
        custom_effects=custom_effects.usable_in(application_id, await custom_effect_definitions(db, account_id)),
        webhooks=webhooks.usable_in(application_id, await webhook_definitions(db, account_id)),
        hides_code_reasons=await hides_code_reasons(db, account_id),
        achievements=await achievement_definitions(db, account_id, application_id),
        account=Account(await account_attributes(db, account_id)),
    )
