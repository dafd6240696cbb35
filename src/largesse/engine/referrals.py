"""Referrals: codes that advocates give to friends, when one may be redeemed, and what redeeming it stores.

Source: semantics, section 12.
"""

from datetime import datetime

from msgspec import Struct

from largesse.engine.attributes import JSON


class Referral(Struct, frozen=True):
    """One referral as stored; `code` is in its stored spelling.

    `usage_limit` 0 means unlimited. Without `friend_profile_integration_id` anybody but the advocate may redeem it.
    """

    id: int
    campaign_id: int
    code: str
    created: datetime
    advocate_profile_integration_id: str
    friend_profile_integration_id: str | None = None
    start_date: datetime | None = None
    expiry_date: datetime | None = None
    usage_limit: int = 1
    usage_counter: int = 0
    attributes: dict[str, JSON] = {}
    batch_id: str | None = None
    import_id: int | None = None
