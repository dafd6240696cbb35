"""`Session`: the session that is evaluated."""

from decimal import Decimal

from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.effects.record import EffectRecord
from largesse.engine.shopping.sessions import ExperimentVariantAllocation, Session
from largesse.engine.views.items import Unit, item_record
from largesse.engine.views.values import COSTS, custom_attributes
from largesse.language import BOOLEAN, DECIMAL, STRING, TIME, Field, ListType, MapType, RecordType, Root, record


class Allocation:
    """Which variant of an experiment the shop has put the customer into."""

    __slots__ = ("experiment_id", "variant_id")

    def __init__(self, allocation: ExperimentVariantAllocation) -> None:
        self.experiment_id = Decimal(allocation.experiment_id)
        self.variant_id = Decimal(allocation.variant_id)


_ALLOCATION = record(
    "ExperimentVariantAllocation",
    Field("ExperimentID", DECIMAL, "experiment_id", doc="Id of the experiment"),
    Field("VariantID", DECIMAL, "variant_id", doc="Id of the variant"),
)


class SessionView:
    """The session as rules see it; the totals are what is left of them after cascading discounts, `effects` are those
    that rules have given it so far."""

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
        "effects",
        "experiment_variant_allocations",
        "first_session",
        "identifiers",
        "integration_id",
        "loyalty_cards",
        "price_choices",
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
        self.price_choices = {
            position: line for position, line in enumerate(session.cart_items) if line.selected_price_type is not None
        }
        self.coupon_codes = session.coupon_codes
        self.referral_code = session.referral_code
        self.identifiers = session.identifiers
        self.loyalty_cards = session.loyalty_cards
        self.experiment_variant_allocations = [Allocation(each) for each in session.experiment_variant_allocations]
        self.state = session.state
        self.first_session = session.first_session
        self.update_count = Decimal(session.update_count)
        self.created = session.created
        self.updated = session.updated
        self.integration_id = session.integration_id
        self.profile_id = session.profile_id
        self.store_integration_id = session.store_integration_id
        self.effects: list[EffectRecord] = []

    @property
    def discounts(self) -> dict[str, Decimal]:
        """What has been taken off the session so far, by the name of the discount; the last one of a name counts."""
        given = (effect.props for effect in self.effects if effect.effect_type == "setDiscount")
        return {props.name: props.discount() for props in given}  # type: ignore[attr-defined]  # it has a name


def session_root(definitions: AttributeDefinitions, cascading: bool, updating: bool) -> Root:
    """The root `Session`; with `cascading` discounts, prices and totals vary while rules run, with rules `updating`
    items, so do the items' attributes."""
    return Root("Session", _session(definitions, cascading, updating), "session", constant=True, doc="Current session")


def connected_session_root(definitions: AttributeDefinitions) -> Root:
    """The root `AdvancedEventConnectedSession`."""
    doc = "Closed session that the event goes back to"
    fields = _session(definitions, cascading=False, updating=False)
    return Root("AdvancedEventConnectedSession", fields, "connected_session", optional=True, constant=True, doc=doc)


def _session(definitions: AttributeDefinitions, cascading: bool, updating: bool) -> RecordType:
    item = item_record(definitions, cascading, updating)
    return record(
        "Session",
        Field("Total", DECIMAL, "total", doc="Session Total: items and additional costs", varies=cascading),
        Field("CartItemTotal", DECIMAL, "cart_item_total", doc="Cart Items Total", varies=cascading),
        Field("CartTotal", DECIMAL, "cart_item_total", doc="Another name of CartItemTotal", varies=cascading),
        Field("AdditionalCostTotal", DECIMAL, "additional_cost_total", doc="Additional Costs Total", varies=cascading),
        Field(
            "CartItemAdditionalCostTotal",
            DECIMAL,
            "cart_item_additional_cost_total",
            doc="Cart Item Additional Cost Total",
            varies=cascading,
        ),
        Field("CartItems", ListType(item), "cart_items", doc="Items of the cart, one per unit where flattened"),
        Field("AdditionalCosts", COSTS, "additional_costs", doc="Additional costs of the session by name"),
        Field("Discounts", MapType(DECIMAL), "discounts", doc="Discounts of the session so far by name", varies=True),
        Field("CouponCodes", ListType(STRING), "coupon_codes", doc="Coupons entered in session"),
        Field("ReferralCode", STRING, "referral_code", doc="Referral code entered in session"),
        Field("Identifiers", ListType(STRING), "identifiers", doc="Session identifiers"),
        Field("LoyaltyCards", ListType(STRING), "loyalty_cards", doc="Loyalty cards used in session"),
        Field(
            "ExperimentVariantAllocations",
            ListType(_ALLOCATION),
            "experiment_variant_allocations",
            doc="Variants of experiments that the shop has chosen",
        ),
        Field("State", STRING, "state", doc="open, closed, partially_returned or cancelled"),
        Field("FirstSession", BOOLEAN, "first_session", doc="First session ever? True for anonymous customers"),
        Field("UpdateCount", DECIMAL, "update_count", doc="Number of updates, 1 after creation"),
        Field("Created", TIME, "created", doc="When the session was created"),
        Field("Updated", TIME, "updated", doc="Last activity on the session"),
        Field("IntegrationId", STRING, "integration_id", doc="Id the shop gave the session"),
        Field("ProfileId", STRING, "profile_id", doc="Id of the customer profile, empty when anonymous"),
        Field("StoreIntegrationId", STRING, "store_integration_id", optional=True, doc="Id of the store"),
        custom_attributes("CustomerSession", definitions, varies=True),
    )
