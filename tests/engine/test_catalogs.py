"""What carts leave out and catalogs know, what a request names, and what it may be for stores."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from largesse.engine.attributes import AttributeDefinition, AttributeDefinitions
from largesse.engine.definitions import Definitions
from largesse.engine.formats.plain_sessions import plain_update
from largesse.engine.shopping.cart import CartItem, Price, Product
from largesse.engine.shopping.catalogs import CatalogItem, with_defaults
from largesse.engine.shopping.named import Named, Names, names_of
from largesse.engine.shopping.session_updates import Updated, update_session

NOW = datetime(2026, 5, 1, tzinfo=UTC)
COLOR = AttributeDefinition(1, "CartItem", "color", "string")
LISTED = AttributeDefinition(2, "CartItem", "size", "number", restricted_by_suggestions=True, has_allowed_list=True)
KNOWN = CatalogItem(7, "boot", Decimal(100), Product("Boots"), {"color": "red"})
DEFINITIONS = Definitions(AttributeDefinitions([COLOR, LISTED], 1), catalog_id=3)


def accepted(*items: dict[str, Any]) -> tuple[CartItem, ...]:
    """The cart that is stored."""
    update = plain_update({"cartItems": [{"quantity": 1} | item for item in items]})
    updated = update_session(None, 1, "s", update, DEFINITIONS, NOW, Named(items={"boot": KNOWN}))
    assert isinstance(updated, Updated), updated
    return updated.session.cart_items


@pytest.mark.parametrize(
    ("sent", "price", "product", "attributes"),
    [
        ({"sku": "boot"}, 100, "Boots", {"color": "red"}),
        ({"sku": "boot", "price": 0}, 0, "Boots", {"color": "red"}),
        ({"sku": "boot", "price": 90, "product": {"name": "Shoes"}}, 90, "Shoes", {"color": "red"}),
        ({"sku": "boot", "attributes": {"color": "blue"}}, 100, "Boots", {"color": "blue"}),
        ({"sku": "boot", "attributes": {"color": None}}, 100, "Boots", {}),
    ],
)
def test_what_is_sent_wins(sent: dict[str, Any], price: int, product: str, attributes: dict[str, str]) -> None:
    (item,) = accepted(sent)
    assert (item.price, item.product, item.attributes) == (Decimal(price), Product(product), attributes)
    assert item.catalog_item_id == 7


def test_an_item_that_no_catalog_knows_is_as_it_was_sent() -> None:
    (item,) = accepted({"sku": "hat", "price": 5})
    assert item == CartItem("hat", 1, Decimal(5))


@given(st.none() | st.integers(0, 9), st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)))
def test_the_lowest_price_is_taken_and_is_among_those_shown(base: int | None, others: dict[str, int]) -> None:
    prices = {name: Price(Decimal(price)) for name, price in others.items()}
    known = CatalogItem(7, "boot", None if base is None else Decimal(base), prices=prices)
    item = with_defaults(CartItem("boot", 1, Decimal(0)), known, is_priced=False)
    offered = [*others.values(), *([] if base is None else [base])]
    assert item.price == min(offered, default=0)
    if others:
        assert item.selected_price_type is not None
        assert item.prices[item.selected_price_type].price == item.price
        assert len(item.prices) == len(offered)
    else:
        assert (item.selected_price_type, item.prices) == (None, {})
    priced = with_defaults(CartItem("boot", 1, Decimal(50)), known, is_priced=True)
    assert (priced.price, priced.selected_price_type) == (Decimal(50), None)


def test_a_shop_without_stores_catalogs_and_lists_has_nothing_looked_up() -> None:
    plain = Definitions(AttributeDefinitions([COLOR], 1))
    update = plain_update({"cartItems": [{"sku": "boot", "quantity": 1, "price": 1, "attributes": {"color": "red"}}]})
    assert names_of(update, None, plain) == Names()


def test_what_is_looked_up_is_looked_up_once() -> None:
    sent = {"sku": "boot", "quantity": 1, "attributes": {"size": 2, "color": "red"}}
    update = plain_update({"storeIntegrationId": "mitte", "profileId": "ann", "cartItems": [sent, sent]})
    wanted = Names(store_integration_id="mitte", catalog_id=3, skus=("boot",), listed=((2, "2"),), profile_id="ann")
    assert names_of(update, None, DEFINITIONS) == wanted
    assert names_of(plain_update({"state": "closed"}), None, DEFINITIONS) == Names()


@pytest.mark.parametrize(("value", "is_allowed"), [(2, True), (Decimal("2.0"), True), (3, False)])
def test_listed_values_are_those_that_were_found(value: Any, is_allowed: bool) -> None:
    sent = {"sku": "boot", "quantity": 1, "attributes": {"size": value}}
    named = Named(items={"boot": KNOWN}, allowed=frozenset({(2, "2")}))
    answer = update_session(None, 1, "s", plain_update({"cartItems": [sent]}), DEFINITIONS, NOW, named)
    assert isinstance(answer, Updated) == is_allowed
