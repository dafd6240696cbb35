"""The Application: the shop whose settings decide how its sessions are evaluated."""

from collections.abc import Mapping
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from largesse.engine.attributes import JSON

CaseSensitivity = Literal["sensitive", "insensitive-uppercase", "insensitive-lowercase"]
DiscountScope = Literal["sessionTotal", "cartItems", "additionalCosts"]
ItemDiscountScope = Literal["price", "itemTotal", "additionalCosts"]


class Account(Struct, frozen=True):
    """What rules may know of the account that the Applications belong to."""

    attributes: Mapping[str, JSON] = {}


class Application(Struct, frozen=True):
    """The settings of one Application that evaluation depends on.

    `revision` grows with every change to anything the Application's rules are compiled from, so that equal revisions
    mean equal programs. Source: semantics, section 1.
    """

    id: int
    account_id: int
    name: str
    timezone: str = "UTC"
    currency: str = "EUR"
    case_sensitivity: CaseSensitivity = "sensitive"
    default_discount_scope: DiscountScope = "sessionTotal"
    default_discount_additional_cost_per_item_scope: ItemDiscountScope = "price"
    enable_cascading_discounts: bool = False
    enable_flattened_cart_items: bool = True
    enable_partial_discounts: bool = False
    sandbox: bool = False
    attributes: dict[str, JSON] = {}
    revision: int = 0

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of schedules and recurring budgets."""
        return ZoneInfo(self.timezone)


def fold_code(code: str, case_sensitivity: CaseSensitivity) -> str:
    """The spelling under which a coupon code is stored and looked up in an Application."""
    match case_sensitivity:
        case "insensitive-uppercase":
            return code.upper()
        case "insensitive-lowercase":
            return code.lower()
        case "sensitive":
            return code
