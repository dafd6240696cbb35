"""Sets of texts and values that calls of the SDK may want to touch."""

from dataclasses import dataclass

from tests.support.api import Shop
from tests.support.shop_plans import fill_collections, make_value_map

# The published pattern of names, read as the SDK reads it, lets only such names pass.
HATS = "H ]s"


@dataclass(frozen=True)
class Sets:
    """Their ids; those of a campaign are of the campaign named here."""

    campaign_id: int
    collection_id: int
    doomed_collection_id: int
    own_collection_id: int
    doomed_own_collection_id: int
    value_map_id: int


async def make_sets(shop: Shop) -> Sets:
    """New ones, with a hat in each that is to stay."""
    campaign = await shop.campaign(name="Sets")
    place = f"{shop.path}/campaigns/{campaign['id']}"
    named = [{"name": HATS, "items": ["hat"]}, {"name": "D ]d", "items": ["boot"]}]
    hats, doomed = await fill_collections(shop, "/v1/collections", named)
    own_hats, own_doomed = await fill_collections(shop, f"{place}/collections", named)
    value_map = await make_value_map(shop, place, {"hat": 10})
    return Sets(campaign["id"], hats, doomed, own_hats, own_doomed, value_map)
