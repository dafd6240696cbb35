"""The campaigns of the demo, in the order in which they are evaluated. Each shows something the others do not."""

from datetime import timedelta
from typing import Final

from largesse.cli.demo.plans import (
    CART_ITEM_TOTAL,
    ITEM_PRICE,
    CampaignPlan,
    CouponPlan,
    category_is,
    items_where,
    percent,
    rule,
)

WELCOME: Final = CampaignPlan(
    name="Welcome coupon",
    description="10 % off the goods with one of a thousand personal codes, or with HELLO10, once per customer.",
    tags=("coupon", "acquisition"),
    rules=(
        rule(
            "10 % off the goods",
            [["couponValid"]],
            [["setDiscount", "Welcome: 10 % off", percent(10, CART_ITEM_TOTAL)]],
        ),
    ),
    limits=({"action": "redeemCoupon", "limit": 1, "entities": ["Profile"]},),
    coupons=(
        CouponPlan("HELLO10", 1, {"usageLimit": 0, "attributes": {"Partner": "everybody"}}),
        CouponPlan("HELLO-####-####", 1000, {"usageLimit": 1, "attributes": {"Partner": "newsletter"}}),
    ),
)

SPEND_AND_SAVE: Final = CampaignPlan(
    name="15 off from 100",
    description="15 euros off as soon as the goods come to 100 euros.",
    tags=("threshold",),
    rules=(rule("Goods for 100 or more", [[">=", CART_ITEM_TOTAL, 100]], [["setDiscount", "15 off from 100", 15]]),),
)

TEXTILE_WEEKS: Final = CampaignPlan(
    name="Textile weeks",
    description="20 % off every textile that is not on clearance.",
    tags=("category",),
    bindings=(
        items_where(
            "Textiles",
            ["and", category_is("Textiles"), ["not", ["catch", False, [".", "Item", "Attributes", "Clearance"]]]],
        ),
    ),
    rules=(
        rule(
            "20 % off each textile",
            [["not", ["isEmpty", [".", "Textiles"]]]],
            [["setDiscountPerItem", [".", "Textiles"], "Textile weeks: 20 % off", [["Item"], percent(20, ITEM_PRICE)]]],
        ),
    ),
)

CANDLES: Final = CampaignPlan(
    name="Buy 3 candles, the cheapest is free",
    description="From three candles on, the cheapest one costs nothing.",
    tags=("bundle",),
    bindings=(
        items_where("Candles", category_is("Candles")),
        {
            "name": "Cheapest",
            "expression": ["head", ["sortByNumber", [".", "Candles"], [["Item"], ITEM_PRICE], False]],
        },
        items_where(
            "FreeCandle",
            [
                "and",
                ["=", [".", "Item", "Position"], [".", "Cheapest", "Position"]],
                ["=", [".", "Item", "SubPosition"], [".", "Cheapest", "SubPosition"]],
            ],
        ),
    ),
    rules=(
        rule(
            "The cheapest of three candles",
            [[">=", ["count", [".", "Candles"]], 3]],
            [["setDiscountPerItem", [".", "FreeCandle"], "3 for 2 candles", [["Item"], ITEM_PRICE]]],
        ),
    ),
)

FREE_SHIPPING: Final = CampaignPlan(
    name="Free shipping from 60",
    description="We pay the shipping of goods for 60 euros or more.",
    tags=("shipping",),
    rules=(
        rule(
            "Goods for 60 or more",
            [[">=", CART_ITEM_TOTAL, 60]],
            [
                [
                    "catch",
                    ["noop"],
                    [
                        "setDiscountPerAdditionalCost",
                        "shipping",
                        "Free shipping",
                        [".", "Session", "AdditionalCosts", "shipping", "Price"],
                    ],
                ]
            ],
        ),
    ),
)

GIFT_CARDS: Final = CampaignPlan(
    name="Gift cards",
    description="A gift card pays for goods until its 50 euros are used up, over as many orders as it takes.",
    tags=("coupon", "gift card"),
    rules=(rule("Pay with a gift card", [["couponValid"]], [["setDiscount", "Gift card", CART_ITEM_TOTAL, True]]),),
    coupons=(CouponPlan("GIFT-####-####-####", 25, {"usageLimit": 0, "discountLimit": 50}),),
)

FREE_TOTE: Final = CampaignPlan(
    name="A tote bag from 150",
    description="Who buys goods for 150 euros or more gets a tote bag, as long as the 200 bags last.",
    tags=("free item", "budget"),
    rules=(
        rule(
            "Goods for 150 or more", [[">=", CART_ITEM_TOTAL, 150]], [["addFreeItem", "TOTE-CANVAS", "Free tote bag"]]
        ),
    ),
    limits=({"action": "addFreeItemEffect", "limit": 200, "entities": []},),
)

GOLD_SERVICE: Final = CampaignPlan(
    name="Gold customers",
    description="Gold customers are greeted and their parcels are packed first.",
    tags=("service",),
    rules=(
        rule(
            "Gold tier",
            [["=", [".", "Profile", "Attributes", "Tier"], "gold"], [">=", CART_ITEM_TOTAL, 100]],
            [
                ["updateAttribute", "Session.Attributes.ServiceLevel", "priority"],
                ["showNotification", "Info", "Thank you for being gold", "Your parcel leaves before all others today."],
            ],
        ),
    ),
)

APP_WEEKEND: Final = CampaignPlan(
    name="5 % in the app",
    description="5 % off in the app; at most 20 euros a day for one customer, and 5,000 altogether.",
    tags=("budget", "app"),
    rules=(
        rule(
            "Cart in the app",
            [["=", [".", "Session", "Attributes", "Channel"], "app"]],
            [["setDiscount", "5 % in the app", percent(5, CART_ITEM_TOTAL), True]],
        ),
    ),
    limits=(
        {"action": "setDiscount", "limit": 5000, "entities": []},
        {"action": "setDiscount", "limit": 20, "period": "daily", "entities": ["Profile"]},
    ),
)

WINTER_SALE: Final = CampaignPlan(
    name="Winter sale",
    description="Starts in a month and then takes 30 % off everything on clearance for two weeks.",
    tags=("scheduled",),
    bindings=(items_where("Clearance", ["=", [".", "Item", "Attributes", "Clearance"], True]),),
    rules=(
        rule(
            "30 % off clearance",
            [["not", ["isEmpty", [".", "Clearance"]]]],
            [["setDiscountPerItem", [".", "Clearance"], "Winter sale: 30 % off", [["Item"], percent(30, ITEM_PRICE)]]],
        ),
    ),
    starts_in=timedelta(days=30),
    ends_in=timedelta(days=44),
)

FURNITURE: Final = CampaignPlan(
    name="Moving house",
    description="40 off furniture from 400 euros on; switched off for now.",
    tags=("draft",),
    bindings=(items_where("Furniture", category_is("Furniture")),),
    rules=(
        rule(
            "Furniture for 400 or more",
            [[">=", ["sum", [".", "Furniture"], [["Item"], ITEM_PRICE]], 400]],
            [["setDiscount", "Moving house: 40 off", 40]],
        ),
    ),
    state="disabled",
)

CAMPAIGNS: Final = (
    WELCOME,
    SPEND_AND_SAVE,
    TEXTILE_WEEKS,
    CANDLES,
    FREE_SHIPPING,
    GIFT_CARDS,
    FREE_TOTE,
    GOLD_SERVICE,
    APP_WEEKEND,
    WINTER_SALE,
    FURNITURE,
)
