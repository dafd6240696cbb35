"""What staff call about stores, the campaigns linked to them, and what these may spend there."""

from talon_one import NewCampaignStoreBudget, NewCampaignStoreBudgetStoreLimit, NewStore

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk, exported


def create_store(sdk: Sdk, shop: Furnished) -> None:
    """A store."""
    store = sdk.management.create_store(
        shop.application_id, NewStore(name="North", description="By the sea", integrationId="north")
    )
    assert (store.application_id, store.integration_id, store.name) == (shop.application_id, "north", "North")


def list_stores(sdk: Sdk, shop: Furnished) -> None:
    """All stores, counted."""
    listed = sdk.management.list_stores(shop.application_id, integration_id="mitte", with_total_result_size=True)
    assert ([store.id for store in listed.data], listed.total_result_size) == ([shop.store_id], 1)


def get_store(sdk: Sdk, shop: Furnished) -> None:
    """One store, with the campaigns linked to it."""
    store = sdk.management.get_store(shop.application_id, str(shop.store_id))
    assert (store.integration_id, store.linked_campaign_ids) == ("mitte", [shop.store_campaign_id])


def update_store(sdk: Sdk, shop: Furnished) -> None:
    """Another name."""
    sent = NewStore(name="Centre", description="", integrationId="mitte")
    assert sdk.management.update_store(shop.application_id, str(shop.store_id), sent).name == "Centre"


def delete_store(sdk: Sdk, shop: Furnished) -> None:
    """A store that closes down."""
    assert sdk.management.delete_store(shop.application_id, str(shop.doomed_store_id)) is None


def disconnect_campaign_stores(sdk: Sdk, shop: Furnished) -> None:
    """A campaign is for all sessions again."""
    assert sdk.management.disconnect_campaign_stores(shop.application_id, shop.plain_campaign_id) is None


def create_campaign_store_budget(sdk: Sdk, shop: Furnished) -> None:
    """Ten a month in one store."""
    limits = [NewCampaignStoreBudgetStoreLimit(storeId=shop.store_id, limit=10)]
    sent = NewCampaignStoreBudget(action="setDiscount", storeLimits=limits, period="monthly")
    assert sdk.management.create_campaign_store_budget(shop.application_id, shop.store_campaign_id, sent) is None


def list_campaign_store_budget_limits(sdk: Sdk, shop: Furnished) -> None:
    """What may be spent in each store, of which this release of the SDK can read an empty list only: it names a model
    that it does not import. `tests/api` reads the others."""
    listed = sdk.management.list_campaign_store_budget_limits(
        shop.application_id, shop.store_campaign_id, period="yearly"
    )
    assert listed.data == []


def summarize_campaign_store_budget(sdk: Sdk, shop: Furnished) -> None:
    """For how many stores."""
    listed = sdk.management.summarize_campaign_store_budget(shop.application_id, shop.store_campaign_id)
    overall = next(budget for budget in listed.data if budget.period == "overall")
    assert (overall.action, overall.store_count, overall.imported) == ("setDiscount", 1, False)


def delete_campaign_store_budgets(sdk: Sdk, shop: Furnished) -> None:
    """Those of one period."""
    place = (shop.application_id, shop.store_campaign_id)
    assert sdk.management.delete_campaign_store_budgets(*place, action="setDiscount", period="yearly") is None


def import_campaign_stores(sdk: Sdk, shop: Furnished) -> None:
    """The stores of a file."""
    place = (shop.application_id, shop.filed_campaign_id)
    made = sdk.management.import_campaign_stores(*place, up_file="store_integration_id\nmitte\n")
    assert (made.amount, made.account_id) == (1, shop.account_id)


def export_campaign_stores(sdk: Sdk, shop: Furnished) -> None:
    """The stores of a campaign, as a text."""
    place = (shop.application_id, shop.store_campaign_id)
    assert exported(sdk.management, "export_campaign_stores", *place) == "store_integration_id\nmitte\n"


def import_campaign_store_budget(sdk: Sdk, shop: Furnished) -> None:
    """The store budgets of a file."""
    place = (shop.application_id, shop.store_campaign_id)
    content = "store_integration_id,limit\nmitte,5\n"
    made = sdk.management.import_campaign_store_budget(*place, period="daily", up_file=content)
    assert (made.amount, made.account_id) == (1, shop.account_id)


def export_campaign_store_budgets(sdk: Sdk, shop: Furnished) -> None:
    """The store budgets of a campaign, as a text."""
    place = (shop.application_id, shop.store_campaign_id)
    text = exported(sdk.management, "export_campaign_store_budgets", *place, period="overall")
    assert text == "store_integration_id,limit\nmitte,50\n"


CALLS = {
    "importCampaignStores": import_campaign_stores,
    "exportCampaignStores": export_campaign_stores,
    "importCampaignStoreBudget": import_campaign_store_budget,
    "exportCampaignStoreBudgets": export_campaign_store_budgets,
    "createStore": create_store,
    "listStores": list_stores,
    "getStore": get_store,
    "updateStore": update_store,
    "deleteStore": delete_store,
    "disconnectCampaignStores": disconnect_campaign_stores,
    "createCampaignStoreBudget": create_campaign_store_budget,
    "listCampaignStoreBudgetLimits": list_campaign_store_budget_limits,
    "summarizeCampaignStoreBudget": summarize_campaign_store_budget,
    "deleteCampaignStoreBudgets": delete_campaign_store_budgets,
}
