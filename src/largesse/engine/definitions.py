"""What an account has defined beside its campaigns: what sessions may carry and rules may name.

Rules are checked and compiled against them, requests are accepted by them. Storage reads all of them at once, with the
Application's revision; whoever defines, changes or deletes one raises the revision of every Application it is
for.
"""

from collections.abc import Mapping

from msgspec import Struct

from largesse.engine.applications import Account
from largesse.engine.attributes import AttributeDefinitions
from largesse.engine.codes.creations import CodeSources
from largesse.engine.customers.audiences import Audience
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.outgoing.custom_effects import CustomEffects
from largesse.engine.outgoing.webhooks import Webhooks
from largesse.engine.rewards.achievements import Achievement
from largesse.engine.rewards.giveaways import GiveawayPool
from largesse.engine.shopping.additional_costs import AdditionalCostDefinition
from largesse.engine.shopping.cart_item_filters import CartItemFilter
from largesse.engine.shopping.collections import CollectionDefinition
from largesse.engine.shopping.set_contents import NO_CONTENTS, SetContents

NO_ATTRIBUTES = AttributeDefinitions((), 0)


class Definitions(Struct, frozen=True):
    """Everything one Application may use, by the name (audiences, pools and achievements: the id) that requests and
    rules know it by; nothing unless it is given.

    Value maps are known by the id of their campaign; `contents` are what is in collections and value maps where all of
    it is kept in memory.
    """

    attributes: AttributeDefinitions = NO_ATTRIBUTES
    additional_costs: Mapping[str, AdditionalCostDefinition] = {}
    cart_item_filters: tuple[CartItemFilter, ...] = ()
    collections: Mapping[int, CollectionDefinition] = {}
    value_maps: Mapping[int, int] = {}
    contents: SetContents = NO_CONTENTS
    audiences: Mapping[int, Audience] = {}
    loyalty_programs: Mapping[str, LoyaltyProgram] = {}
    codes: CodeSources = CodeSources()
    giveaway_pools: Mapping[int, GiveawayPool] = {}
    catalog_id: int | None = None
    event_types: frozenset[str] = frozenset()
    custom_effects: CustomEffects = {}
    webhooks: Webhooks = {}
    hides_code_reasons: bool = False
    achievements: Mapping[int, Achievement] = {}
    account: Account = Account()
