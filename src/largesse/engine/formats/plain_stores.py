"""The stores of a shop, read from plain data with the keys that requests use."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from largesse.engine.attributes import JSON
from largesse.engine.budgets import Limit
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.shopping.stores import Store


def plain_stores(
    stores: Sequence[Mapping[str, JSON]], campaigns: Iterable[tuple[int, Mapping[str, JSON]]]
) -> dict[str, Store]:
    """The stores by integration id, numbered where they have no id.

    `campaigns` are ids and plain campaigns: `linkedStoreIds` says for which stores each is, `storeBudgets` (as
    NewCampaignStoreBudget) what it may spend there.
    """
    linked: dict[int, set[int]] = {}
    budgets: dict[int, dict[int, list[Limit]]] = {}
    for campaign_id, campaign in campaigns:
        for store_id in campaign.get("linkedStoreIds") or ():
            linked.setdefault(store_id, set()).add(campaign_id)
        for budget in campaign.get("storeBudgets") or ():
            for each in budget["storeLimits"]:
                plain = {"action": budget["action"], "limit": each["limit"], "period": budget.get("period")}
                limit = from_plain({**plain, "entities": ("Store",)}, Limit)
                budgets.setdefault(each["storeId"], {}).setdefault(campaign_id, []).append(limit)
    found: dict[str, Store] = {}
    for number, each in enumerate(stores, 1):
        store_id = each.get("id", number)
        spent = {campaign_id: tuple(limits) for campaign_id, limits in budgets.get(store_id, {}).items()}
        store = from_plain({"id": store_id, **each}, Store)
        campaign_ids = frozenset(linked.get(store_id, ()))
        found[store.integration_id] = structs.replace(store, campaigns=campaign_ids, budgets=spent)
    return found
