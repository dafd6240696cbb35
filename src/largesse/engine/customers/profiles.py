"""The customer profile: who shops, across all Applications of one environment."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.money import ZERO


class Profile(Struct, frozen=True):
    """One customer as stored.

    `closed_sessions` and `total_sales` (before discounts) leave out cancelled and reopened sessions. `id` 0 means
    that the profile is not stored yet. Source: semantics, section 8.
    """

    id: int
    integration_id: str
    created: datetime
    attributes: dict[str, JSON] = {}
    closed_sessions: int = 0
    total_sales: Decimal = ZERO
    last_activity: datetime | None = None
    sandbox: bool = False


class UpdateProfile(Struct, frozen=True, tag=True):
    """Change: set attributes (null clears one), move the counters, note the activity; create the profile if it is
    missing.

    Written as differences, so that two sessions of one customer can close side by side without losing either.
    """

    integration_id: str
    attributes: dict[str, JSON] = {}
    closed_sessions: int = 0
    total_sales: Decimal = ZERO
    active_at: datetime | None = None

    def inverse(self) -> "UpdateProfile":
        """Take the counters back; attribute values and activity are never rolled back."""
        return UpdateProfile(self.integration_id, closed_sessions=-self.closed_sessions, total_sales=-self.total_sales)


class SetProfileAttributes(Struct, frozen=True, tag=True):
    """Change: set attributes of somebody else than the session is of; null clears one. Never rolled back."""

    integration_id: str
    attributes: dict[str, JSON]
