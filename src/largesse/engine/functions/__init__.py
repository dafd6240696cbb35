"""What rules can ask beyond the language's own functions: one file per family; `PROMOTION_FUNCTIONS` lists them."""

from largesse.engine.functions.coupons import COUPON_FUNCTIONS

PROMOTION_FUNCTIONS = (*COUPON_FUNCTIONS,)
