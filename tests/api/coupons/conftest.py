"""A campaign to make coupons in."""

import pytest

from largesse.plumbing.database import Database
from tests.support.api import Shop
from tests.support.coupons import Coupons


@pytest.fixture
async def coupons(shop: Shop, database: Database) -> Coupons:
    """An empty campaign of the shop, whose Application folds codes to upper case."""
    return Coupons(shop, database, (await shop.campaign())["id"])
