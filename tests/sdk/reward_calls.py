"""What staff and shops call about giveaways."""

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk, exported


def import_giveaways(sdk: Sdk, shop: Furnished) -> None:
    """A file of two."""
    made = sdk.management.import_pool_giveaways(shop.pool_id, up_file="code,enddate\nFILED-1,\nFILED-2,2099-01-01\n")
    assert (made.account_id, made.entity, made.amount) == (shop.account_id, "Giveaway", 2)


def export_giveaways(sdk: Sdk, shop: Furnished) -> None:
    """The giveaways of a pool, as lines."""
    header, *lines = exported(sdk.management, "export_pool_giveaways", shop.pool_id).splitlines()
    assert header.startswith("id,poolid,code,") and all(f",{shop.pool_id}," in line for line in lines)


CALLS = {
    "importPoolGiveaways": import_giveaways,
    "exportPoolGiveaways": export_giveaways,
}
