"""What rules may name: the language's own functions, what promotions add to them, and the roots of every path.

Made per Application, because its custom attributes decide which paths exist and of which type they are, and its
settings decide what may change while rules run. Source: rule language, section 5.
"""

from collections.abc import Mapping

from largesse.engine.attributes import AttributeDefinitions, AttributeType, Entity
from largesse.engine.effects.catalogue import EFFECT_FUNCTIONS
from largesse.engine.functions import PROMOTION_FUNCTIONS
from largesse.language import (
    ANY,
    BOOLEAN,
    CORE,
    DECIMAL,
    STRING,
    TIME,
    Environment,
    Field,
    ListType,
    MapType,
    RecordType,
    Root,
    Type,
    environment,
    record,
)

_TYPES: Mapping[AttributeType, Type] = {
    "string": STRING,
    "number": DECIMAL,
    "boolean": BOOLEAN,
    "time": TIME,
    "(list string)": ListType(STRING),
    "(list number)": ListType(DECIMAL),
    "(list time)": ListType(TIME),
    "location": MapType(ANY),
    "(list location)": ListType(MapType(ANY)),
}

_COST = record("AdditionalCost", Field("Price", DECIMAL, "price", doc="Price of additional cost"))
_COSTS = MapType(_COST)
_PRODUCT = record("Product", Field("Name", STRING, "name", doc="Item product"))

_EVENT = record(
    "Event",
    Field("Type", STRING, "type", doc="Event type, such as talon_session_closed"),
    Field("Created", TIME, "created", doc="When the event happened"),
)


def rule_environment(definitions: AttributeDefinitions, cascading: bool) -> Environment:
    """The environment of one Application's rules; with `cascading` discounts, prices and totals vary while rules
    run."""
    roots = (
        Root("Session", _session(definitions, cascading), "session", constant=True, doc="Current session"),
        Root("Profile", _profile(definitions), "profile", optional=True, constant=True, doc="Customer profile"),
        Root("Coupon", _coupon(definitions), "coupon", optional=True, doc="Coupon of this pass"),
        Root("Referral", _referral(definitions), "referral", optional=True, doc="Referral of the session"),
        Root("AdvocateProfile", _profile(definitions), "advocate", optional=True, doc="Profile of the advocate"),
        Root("Campaign", _campaign(definitions), "campaign", doc="Campaign the rule belongs to"),
        Root("Application", _application(definitions), "application", constant=True, doc="Application of the session"),
        Root("Event", _EVENT, "event", constant=True, doc="What happened to the session"),
        Root("Now", TIME, "now", constant=True, doc="Present moment in the Application's time zone"),
    )
    return environment((*CORE, *PROMOTION_FUNCTIONS, *EFFECT_FUNCTIONS), roots)


def _attributes(entity: Entity, definitions: AttributeDefinitions, varies: bool = False) -> Field:
    known = {name: _TYPES[definition.type] for name, definition in definitions.of(entity).items()}
    return Field("Attributes", MapType(ANY, known), "attributes", doc="Custom attributes", varies=varies)


def _item(definitions: AttributeDefinitions, cascading: bool) -> RecordType:
    return record(
        "Item",
        Field("Price", DECIMAL, "price", doc="Price of item", varies=cascading),
        Field("SKU", STRING, "sku", doc="SKU of item"),
        Field("Quantity", DECIMAL, "quantity", doc="Quantity of item, 1 where cart items are flattened"),
        Field("Name", STRING, "name", optional=True, doc="Name of item"),
        Field("Category", STRING, "category", optional=True, doc="Item category"),
        Field("Product", _PRODUCT, "product", optional=True, doc="Item product"),
        Field("Weight", DECIMAL, "weight", optional=True, doc="Weight in grams"),
        Field("Height", DECIMAL, "height", optional=True, doc="Height in millimetres"),
        Field("Width", DECIMAL, "width", optional=True, doc="Width in millimetres"),
        Field("Length", DECIMAL, "length", optional=True, doc="Length in millimetres"),
        Field("Position", DECIMAL, "position", doc="Index of the line in the cart, from 0"),
        Field("SubPosition", DECIMAL, "sub_position", optional=True, doc="Index of the unit in its line, from 0"),
        Field("AdditionalCosts", _COSTS, "additional_costs", doc="Additional costs of one unit by name"),
        _attributes("CartItem", definitions),
    )


def _session(definitions: AttributeDefinitions, cascading: bool) -> RecordType:
    item = _item(definitions, cascading)
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
        Field("AdditionalCosts", _COSTS, "additional_costs", doc="Additional costs of the session by name"),
        Field("CouponCodes", ListType(STRING), "coupon_codes", doc="Coupons entered in session"),
        Field("ReferralCode", STRING, "referral_code", doc="Referral code entered in session"),
        Field("Identifiers", ListType(STRING), "identifiers", doc="Session identifiers"),
        Field("LoyaltyCards", ListType(STRING), "loyalty_cards", doc="Loyalty cards used in session"),
        Field("State", STRING, "state", doc="open, closed, partially_returned or cancelled"),
        Field("FirstSession", BOOLEAN, "first_session", doc="First session ever? True for anonymous customers"),
        Field("UpdateCount", DECIMAL, "update_count", doc="Number of updates, 1 after creation"),
        Field("Created", TIME, "created", doc="When the session was created"),
        Field("Updated", TIME, "updated", doc="Last activity on the session"),
        Field("IntegrationId", STRING, "integration_id", doc="Id the shop gave the session"),
        Field("ProfileId", STRING, "profile_id", doc="Id of the customer profile, empty when anonymous"),
        Field("StoreIntegrationId", STRING, "store_integration_id", optional=True, doc="Id of the store"),
        _attributes("CustomerSession", definitions, varies=True),
    )


def _profile(definitions: AttributeDefinitions) -> RecordType:
    return record(
        "Profile",
        Field("IntegrationId", STRING, "integration_id", doc="Id the shop gave the profile"),
        Field("ClosedSessions", DECIMAL, "closed_sessions", doc="Closed sessions, without cancelled ones"),
        Field("TotalSales", DECIMAL, "total_sales", doc="Total sales before discounts"),
        Field("LastActivity", TIME, "last_activity", optional=True, doc="Last activity of the customer"),
        Field("Created", TIME, "created", doc="When the profile was created"),
        _attributes("CustomerProfile", definitions, varies=True),
    )


def _coupon(definitions: AttributeDefinitions) -> RecordType:
    return record(
        "Coupon",
        Field("Value", STRING, "value", doc="Coupon code"),
        Field("CampaignId", DECIMAL, "campaign_id", doc="Id of the coupon's campaign"),
        Field("UsageCounter", DECIMAL, "usage_counter", doc="Total coupon redemptions"),
        Field("UsageLimit", DECIMAL, "usage_limit", doc="Redemptions allowed, 0 without limit"),
        Field("DiscountCounter", DECIMAL, "discount_counter", doc="Discounts given"),
        Field("DiscountLimit", DECIMAL, "discount_limit", optional=True, doc="Money on the coupon"),
        Field("DiscountRemainder", DECIMAL, "discount_remainder", optional=True, doc="Money left on the coupon"),
        Field("StartDate", TIME, "start_date", optional=True, doc="Valid from"),
        Field("ExpiryDate", TIME, "expiry_date", optional=True, doc="Valid until"),
        Field("RecipientIntegrationId", STRING, "recipient_integration_id", optional=True, doc="Recipient ID"),
        Field("BatchId", STRING, "batch_id", optional=True, doc="Id of the batch it was created in"),
        Field("IsReservationMandatory", BOOLEAN, "is_reservation_mandatory", doc="Only for who reserved it"),
        _attributes("Coupon", definitions, varies=True),
    )


def _referral(definitions: AttributeDefinitions) -> RecordType:
    return record(
        "Referral",
        Field("Code", STRING, "code", doc="Referral code"),
        Field("CampaignId", DECIMAL, "campaign_id", doc="Id of the referral's campaign"),
        Field("AdvocateProfileIntegrationId", STRING, "advocate_profile_integration_id", doc="Id of the advocate"),
        Field(
            "FriendProfileIntegrationId", STRING, "friend_profile_integration_id", optional=True, doc="Id of the friend"
        ),
        Field("StartDate", TIME, "start_date", optional=True, doc="Valid from"),
        Field("ExpiryDate", TIME, "expiry_date", optional=True, doc="Valid until"),
        Field("UsageLimit", DECIMAL, "usage_limit", doc="Redemptions allowed, 0 without limit"),
        Field("UsageCounter", DECIMAL, "usage_counter", doc="Total referral redemptions"),
        Field("BatchId", STRING, "batch_id", optional=True, doc="Id of the batch it was created in"),
        _attributes("Referral", definitions),
    )


def _campaign(definitions: AttributeDefinitions) -> RecordType:
    return record(
        "Campaign",
        Field("Id", DECIMAL, "id", doc="Id of the campaign"),
        Field("Name", STRING, "name", doc="Campaign name"),
        Field("Description", STRING, "description", doc="Description of the campaign"),
        Field("StartTime", TIME, "start_time", optional=True, doc="Start of the schedule"),
        Field("EndTime", TIME, "end_time", optional=True, doc="End of the schedule"),
        Field("Tags", ListType(STRING), "tags", doc="Tags of the campaign"),
        Field("Type", STRING, "type", doc="cartItem or advanced"),
        Field("ReevaluateOnReturn", BOOLEAN, "reevaluate_on_return", doc="Whether returns evaluate it again"),
        _attributes("Campaign", definitions),
    )


def _application(definitions: AttributeDefinitions) -> RecordType:
    return record(
        "Application",
        Field("Name", STRING, "name", doc="Name of the Application"),
        Field("Currency", STRING, "currency", doc="Currency of its sessions"),
        Field("Timezone", STRING, "timezone", doc="Time zone of its schedules"),
        _attributes("Application", definitions),
    )
