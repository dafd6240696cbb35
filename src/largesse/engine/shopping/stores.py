"""Stores: where a session takes place, which campaigns are for it, and what these may spend there.

A campaign that is linked to stores takes part only where a session names one of them. Source: semantics, sections 9
and 14.
"""

from collections.abc import Mapping

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.budgets import Limit
from largesse.engine.campaigns import Campaign


class Store(Struct, frozen=True):
    """One store of an Application.

    `campaigns` are the ids of those linked to it. `budgets` are its store budgets by campaign id; a campaign without
    one may spend there what its own budgets allow.
    """

    id: int
    integration_id: str
    name: str = ""
    description: str = ""
    attributes: dict[str, JSON] = {}
    campaigns: frozenset[int] = frozenset()
    budgets: Mapping[int, tuple[Limit, ...]] = {}


def is_elsewhere(campaign: Campaign, store: Store | None) -> bool:
    """Whether a campaign is for stores, and this is none of them."""
    return campaign.for_stores and (store is None or campaign.id not in store.campaigns)


def store_budgets(campaign_id: int, store: Store | None) -> tuple[Limit, ...]:
    """What a campaign may spend in a store, beside its own budgets."""
    return () if store is None else store.budgets.get(campaign_id, ())
