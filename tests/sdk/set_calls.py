"""What staff call about collections."""

from collections.abc import Callable

from talon_one import NewCampaignCollection, NewCollection, UpdateCampaignCollection, UpdateCollection

from tests.sdk.furnished import Furnished
from tests.sdk.furnished_sets import HATS
from tests.support.sdk import Sdk, exported

BOOTS = "B ]s"
FILE = "item\nhat\n"


def create_account_collection(sdk: Sdk, shop: Furnished) -> None:
    """A collection of the account."""
    sent = NewCollection(name=BOOTS, description="", subscribedApplicationsIds=[shop.application_id])
    made = sdk.management.create_account_collection(sent)
    assert (made.account_id, made.subscribed_applications_ids, made.payload) == (
        shop.account_id,
        [shop.application_id],
        [],
    )


def list_account_collections(sdk: Sdk, shop: Furnished) -> None:
    """The account's own, by name."""
    listed = sdk.management.list_account_collections(name=HATS, with_total_result_size=True)
    assert ([each.id for each in listed.data], listed.total_result_size) == ([shop.sets.collection_id], 1)


def get_account_collection(sdk: Sdk, shop: Furnished) -> None:
    """One of them, with what is in it."""
    found = sdk.management.get_account_collection(shop.sets.collection_id)
    assert (found.name, found.payload) == (HATS, ["hat"])


def update_account_collection(sdk: Sdk, shop: Furnished) -> None:
    """Its description."""
    sent = UpdateCollection(description="For heads", subscribedApplicationsIds=[shop.application_id])
    assert sdk.management.update_account_collection(shop.sets.collection_id, sent).description == "For heads"


def delete_account_collection(sdk: Sdk, shop: Furnished) -> None:
    """Another one goes."""
    sdk.management.delete_account_collection(shop.sets.doomed_collection_id)


def get_collection_items(sdk: Sdk, shop: Furnished) -> None:
    """What is in a collection of a campaign."""
    page = sdk.management.get_collection_items(shop.sets.own_collection_id)
    assert ([each.item for each in page.data], page.has_more) == (["hat"], False)


def import_account_collection(sdk: Sdk, shop: Furnished) -> None:
    """The same hat again, from a file."""
    imported = sdk.management.import_account_collection(shop.sets.collection_id, up_file=FILE)
    assert (imported.entity, imported.amount) == ("Collection", 1)


def export_account_collection_items(sdk: Sdk, shop: Furnished) -> None:
    """The hat, in a file."""
    assert exported(sdk.management, "export_account_collection_items", shop.sets.collection_id) == "item\nhat\n"


def _own(shop: Furnished) -> tuple[int, int, int]:
    return shop.application_id, shop.sets.campaign_id, shop.sets.own_collection_id


def list_collections_in_application(sdk: Sdk, shop: Furnished) -> None:
    """Those of all campaigns."""
    listed = sdk.management.list_collections_in_application(shop.application_id, name=HATS)
    assert [each.id for each in listed.data] == [shop.sets.own_collection_id]


def list_collections(sdk: Sdk, shop: Furnished) -> None:
    """Those of one campaign."""
    listed = sdk.management.list_collections(shop.application_id, shop.sets.campaign_id, name=HATS)
    assert [(each.campaign_id, each.application_id) for each in listed.data] == [
        (shop.sets.campaign_id, shop.application_id)
    ]


def create_collection(sdk: Sdk, shop: Furnished) -> None:
    """A collection of a campaign."""
    sent = NewCampaignCollection(name=BOOTS, description="For feet")
    made = sdk.management.create_collection(shop.application_id, shop.sets.campaign_id, sent)
    assert (made.name, made.campaign_id) == (BOOTS, shop.sets.campaign_id)


def get_collection(sdk: Sdk, shop: Furnished) -> None:
    """One of them."""
    assert sdk.management.get_collection(*_own(shop)).payload == ["hat"]


def update_collection(sdk: Sdk, shop: Furnished) -> None:
    """Its description."""
    changed = sdk.management.update_collection(*_own(shop), UpdateCampaignCollection(description="Heads"))
    assert changed.description == "Heads"


def delete_collection(sdk: Sdk, shop: Furnished) -> None:
    """Another one goes."""
    sets = shop.sets
    sdk.management.delete_collection(shop.application_id, sets.campaign_id, sets.doomed_own_collection_id)


def import_collection(sdk: Sdk, shop: Furnished) -> None:
    """The same hat again, from a file."""
    assert sdk.management.import_collection(*_own(shop), up_file=FILE).amount == 1


def export_collection_items(sdk: Sdk, shop: Furnished) -> None:
    """The hat, in a file."""
    assert exported(sdk.management, "export_collection_items", *_own(shop)) == "item\nhat\n"


CALLS: dict[str, Callable[[Sdk, Furnished], None]] = {
    "createAccountCollection": create_account_collection,
    "listAccountCollections": list_account_collections,
    "getAccountCollection": get_account_collection,
    "updateAccountCollection": update_account_collection,
    "deleteAccountCollection": delete_account_collection,
    "getCollectionItems": get_collection_items,
    "importAccountCollection": import_account_collection,
    "exportAccountCollectionItems": export_account_collection_items,
    "listCollectionsInApplication": list_collections_in_application,
    "listCollections": list_collections,
    "createCollection": create_collection,
    "getCollection": get_collection,
    "updateCollection": update_collection,
    "deleteCollection": delete_collection,
    "importCollection": import_collection,
    "exportCollectionItems": export_collection_items,
}
