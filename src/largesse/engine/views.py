"""What rules see of a session, its items, its profile and its coupon: plain objects whose fields the rule language
reads.

Views start as what is stored and change while an evaluation runs: attributes that rules set are visible to the rules
after them, and with cascading discounts so are lowered prices and totals. Source: rule language, section 5.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from largesse.engine.attributes import JSON, AttributeDefinitions, Entity
from largesse.engine.codes.coupons import Coupon
from largesse.engine.codes.referrals import Referral
from largesse.engine.customers.profiles import Profile
from largesse.engine.money import ZERO, shortest, total
from largesse.engine.shopping.cart import CartItem
from largesse.engine.shopping.sessions import Session


class Unit:
    """One item as rules see it: a single unit of a line where cart items are flattened, else the whole line.

    `price` and `cost_total` (its additional costs) are what is left of them after cascading discounts.
    """

    __slots__ = (
        "additional_costs",
        "attributes",
        "category",
        "cost_total",
        "height",
        "length",
        "line",
        "name",
        "position",
        "price",
        "product",
        "quantity",
        "sku",
        "sub_position",
        "weight",
        "width",
    )

    def __init__(
        self, line: CartItem, attributes: dict[str, JSON], position: int, sub_position: int | None, quantity: int
    ) -> None:
        self.line = line
        self.position = Decimal(position)
        self.sub_position = None if sub_position is None else Decimal(sub_position)
        self.quantity = Decimal(quantity)
        self.sku = line.sku
        self.name = line.name
        self.category = line.category
        self.product = line.product
        self.price = line.price
        self.weight = line.weight
        self.height = line.height
        self.width = line.width
        self.length = line.length
        self.attributes = attributes
        self.additional_costs = line.additional_costs
        self.cost_total = (
            total([cost.price for cost in line.additional_costs.values()]) if line.additional_costs else ZERO
        )

    @property
    def place(self) -> tuple[int, int | None]:
        """Which item it is: its line and, where cart items are flattened, its unit."""
        return int(self.position), None if self.sub_position is None else int(self.sub_position)


class SessionView:
    """The session as rules see it; the totals are what is left of them after cascading discounts."""

    __slots__ = (
        "additional_cost_total",
        "additional_costs",
        "attributes",
        "cart_item_additional_cost_total",
        "cart_item_total",
        "cart_items",
        "cost_remainders",
        "coupon_codes",
        "created",
        "first_session",
        "identifiers",
        "integration_id",
        "loyalty_cards",
        "profile_id",
        "referral_code",
        "state",
        "store_integration_id",
        "total",
        "update_count",
        "updated",
    )

    def __init__(self, session: Session, units: list[Unit], attributes: dict[str, JSON]) -> None:
        totals = session.totals
        self.total = totals.total
        self.cart_item_total = totals.cart_items
        self.additional_cost_total = totals.additional_costs
        self.cart_item_additional_cost_total = totals.cart_item_additional_costs
        self.cart_items = units
        self.attributes = attributes
        self.additional_costs = session.additional_costs
        self.cost_remainders = {name: cost.price for name, cost in session.additional_costs.items()}
        self.coupon_codes = session.coupon_codes
        self.referral_code = session.referral_code
        self.identifiers = session.identifiers
        self.loyalty_cards = session.loyalty_cards
        self.state = session.state
        self.first_session = session.first_session
        self.update_count = Decimal(session.update_count)
        self.created = session.created
        self.updated = session.updated
        self.integration_id = session.integration_id
        self.profile_id = session.profile_id
        self.store_integration_id = session.store_integration_id


class ProfileView:
    """The customer profile as rules see it."""

    __slots__ = ("attributes", "closed_sessions", "created", "id", "integration_id", "last_activity", "total_sales")

    def __init__(self, profile: Profile, attributes: dict[str, JSON]) -> None:
        self.id = profile.id
        self.integration_id = profile.integration_id
        self.attributes = attributes
        self.closed_sessions = Decimal(profile.closed_sessions)
        self.total_sales = profile.total_sales
        self.last_activity = profile.last_activity
        self.created = profile.created


class CouponView:
    """The coupon of the pass as rules see it."""

    __slots__ = (
        "attributes",
        "batch_id",
        "campaign_id",
        "discount_counter",
        "discount_limit",
        "discount_remainder",
        "expiry_date",
        "id",
        "is_reservation_mandatory",
        "recipient_integration_id",
        "start_date",
        "usage_counter",
        "usage_limit",
        "value",
    )

    def __init__(self, coupon: Coupon, attributes: dict[str, JSON], spent: Decimal) -> None:
        self.id = coupon.id
        self.value = coupon.value
        self.campaign_id = Decimal(coupon.campaign_id)
        self.usage_limit = Decimal(coupon.usage_limit)
        self.usage_counter = Decimal(coupon.usage_counter)
        self.discount_limit = coupon.discount_limit
        self.discount_counter = coupon.discount_counter
        remainder = coupon.discount_remainder
        self.discount_remainder = None if remainder is None else remainder - spent
        self.start_date = coupon.start_date
        self.expiry_date = coupon.expiry_date
        self.recipient_integration_id = coupon.recipient_integration_id
        self.batch_id = coupon.batch_id
        self.is_reservation_mandatory = coupon.is_reservation_mandatory
        self.attributes = attributes


class ReferralView:
    """The session's referral as rules of its campaign see it."""

    __slots__ = (
        "advocate_profile_integration_id",
        "attributes",
        "batch_id",
        "campaign_id",
        "code",
        "expiry_date",
        "friend_profile_integration_id",
        "start_date",
        "usage_counter",
        "usage_limit",
    )

    def __init__(self, referral: Referral, attributes: dict[str, JSON]) -> None:
        self.code = referral.code
        self.campaign_id = Decimal(referral.campaign_id)
        self.advocate_profile_integration_id = referral.advocate_profile_integration_id
        self.friend_profile_integration_id = referral.friend_profile_integration_id
        self.start_date = referral.start_date
        self.expiry_date = referral.expiry_date
        self.usage_limit = Decimal(referral.usage_limit)
        self.usage_counter = Decimal(referral.usage_counter)
        self.batch_id = referral.batch_id
        self.attributes = attributes


class EventView:
    """What happened to the session, by the name of the built-in event."""

    __slots__ = ("created", "type")

    def __init__(self, event_type: str, created: datetime) -> None:
        self.type = event_type
        self.created = created


def units_of(items: tuple[CartItem, ...], flattened: bool, definitions: AttributeDefinitions) -> list[Unit]:
    """The items of a cart as rules see them, without the units already returned (those of the lowest sub-positions)."""
    units: list[Unit] = []
    for position, line in enumerate(items):
        attributes = rule_values("CartItem", line.attributes, definitions)
        if flattened:
            units += [
                Unit(line, attributes, position, sub_position, 1)
                for sub_position in range(line.returned_quantity, line.quantity)
            ]
        elif line.remaining_quantity:
            units.append(Unit(line, attributes, position, None, line.remaining_quantity))
    return units


def rule_values(entity: Entity, attributes: Mapping[str, JSON], definitions: AttributeDefinitions) -> dict[str, JSON]:
    """A copy of custom attributes as rules compute with them: times as datetimes, all else as stored."""
    if not attributes:
        return {}
    known = definitions.of(entity)
    return {
        name: _as_time(value) if (definition := known.get(name)) and "time" in definition.type else value
        for name, value in attributes.items()
    }


def as_json(value: JSON) -> JSON:
    """A value that rules have computed, as it is stored and sent: times as text, numbers in their shortest form."""
    match value:
        case datetime():
            return value.isoformat()
        case Decimal():
            return shortest(value)
        case list() | tuple():
            return [as_json(element) for element in value]
        case dict():
            return {key: as_json(element) for key, element in value.items()}
        case _:
            return value


def _as_time(value: JSON) -> JSON:
    if isinstance(value, list):
        return [_as_time(element) for element in value]
    return datetime.fromisoformat(value) if isinstance(value, str) else value
