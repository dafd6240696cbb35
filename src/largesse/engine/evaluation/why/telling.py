"""What the tellers of single conditions must know of the pass a condition belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from largesse.engine.codes.coupons import Coupon, CouponRejection
from largesse.engine.customers.audiences import Audience
from largesse.language import Node


@dataclass(frozen=True, slots=True)
class Telling:
    """One pass of one campaign. bindings: by name, as written. coupon: that of the pass, with why it cannot be used
    whatever the rules say. entered: its spelling in the session. audiences: those that rules may name, by id."""

    campaign_name: str
    now: datetime
    bindings: Mapping[str, Node]
    coupon: Coupon | None = None
    rejection: CouponRejection | None = None
    entered: str = ""
    audiences: Mapping[int, Audience] = field(default_factory=dict)
