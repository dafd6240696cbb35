"""The shop of the demo: Hazel & Hearth in Berlin sells things for the home, in euros."""

from typing import Final

from largesse.cli.demo.plans import JSON

COMPANY: Final = "Hazel & Hearth"
ADMIN_NAME: Final = "Robin Hazel"
ADMIN_EMAIL: Final = "robin@hazel-and-hearth.example"

APPLICATION: Final[dict[str, JSON]] = {
    "name": "Hazel & Hearth web shop",
    "description": "Textiles, candles and small furniture, sent from Berlin.",
    "timezone": "Europe/Berlin",
    "currency": "EUR",
    "caseSensitivity": "insensitive-uppercase",
    "defaultDiscountScope": "sessionTotal",
    "enablePartialDiscounts": False,
}


def _attribute(entity: str, name: str, type_: str, title: str, description: str, *choices: str) -> dict[str, JSON]:
    return {
        "entity": entity,
        "name": name,
        "type": type_,
        "title": title,
        "description": description,
        "suggestions": list(choices),
        "restrictedBySuggestions": bool(choices),
        "editable": True,
    }


ATTRIBUTES: Final = (
    _attribute("CustomerProfile", "Name", "string", "Customer name", "How we greet the customer."),
    _attribute("CustomerProfile", "Tier", "string", "Customer tier", "Decided once a year.", "silver", "gold"),
    _attribute("CustomerProfile", "Newsletter", "boolean", "Reads the newsletter", "Has signed up and confirmed."),
    _attribute("CustomerSession", "Channel", "string", "Sales channel", "Where the cart is.", "web", "app", "store"),
    _attribute("CustomerSession", "ServiceLevel", "string", "Service level", "Set by a rule; read by the warehouse."),
    _attribute("CartItem", "Brand", "string", "Brand", "Who makes it."),
    _attribute("CartItem", "Clearance", "boolean", "On clearance", "Already reduced, so most offers leave it out."),
    _attribute("Coupon", "Partner", "string", "Partner", "Who hands the code out."),
)


def _cost(name: str, type_: str, title: str, description: str) -> dict[str, JSON]:
    return {"name": name, "type": type_, "title": title, "description": description}


ADDITIONAL_COSTS: Final = (
    _cost("shipping", "session", "Shipping", "What sending the parcel costs."),
    _cost("express", "session", "Express delivery", "On top of shipping, for tomorrow."),
    _cost("giftWrap", "both", "Gift wrapping", "Of the whole parcel, or of one item."),
)

PROFILES: Final[dict[str, dict[str, JSON]]] = {
    "ada": {"Name": "Ada", "Tier": "gold", "Newsletter": True},
    "ben": {"Name": "Ben", "Tier": "silver", "Newsletter": False},
    "chloe": {"Name": "Chloe", "Newsletter": True},
    "dilan": {"Name": "Dilan", "Newsletter": False},
    "emil": {"Name": "Emil", "Tier": "silver", "Newsletter": True},
}

EXAMPLE_CART_ID: Final = "my-first-cart"
EXAMPLE_CART: Final = """{
    "customerSession": {
      "profileId": "ada",
      "couponCodes": ["HELLO10"],
      "cartItems": [
        {"name": "Linen cushion", "sku": "CUSHION-LINEN", "category": "Textiles", "quantity": 2, "price": 25}
      ],
      "additionalCosts": {"shipping": {"price": 5}}
    }
  }"""
