"""What shops and staff call about catalogs of cart items."""

from talon_one import CatalogSyncRequest

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk


def sync_catalog(sdk: Sdk, shop: Furnished) -> None:
    """An item more."""
    payload = {"sku": "glove", "price": 9, "product": {"name": "Gloves"}, "replaceIfExists": True}
    sent = CatalogSyncRequest(actions=[{"type": "ADD", "payload": payload}])
    synced = sdk.integration.sync_catalog(shop.catalog_id, sent)
    assert (synced.id, synced.account_id) == (shop.catalog_id, shop.account_id)


def list_catalog_items(sdk: Sdk, shop: Furnished) -> None:
    """One item."""
    listed = sdk.management.list_catalog_items(shop.catalog_id, sku=["scarf"], with_total_result_size=True)
    assert ([(item.sku, item.price) for item in listed.data], listed.total_result_size) == ([("scarf", 12)], 1)


CALLS = {"syncCatalog": sync_catalog, "listCatalogItems": list_catalog_items}
