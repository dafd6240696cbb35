"""How codes of coupons, referrals and cards are generated, as callers write and see it."""

from typing import Annotated

from msgspec import Meta, Struct

CouponPattern = Annotated[str, Meta(min_length=3, max_length=100, pattern="^[A-Za-z0-9._%+@#-]+$")]


class CodeGeneratorSettings(Struct, frozen=True, kw_only=True, rename="camel"):
    """A pattern in which each `#` becomes one of the valid characters [MA CodeGeneratorSettings]."""

    valid_characters: list[str]
    coupon_pattern: CouponPattern
