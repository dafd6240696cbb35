"""Giveaways on the wire."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from largesse.engine.attributes import JSON
from largesse.storage.rewards.giveaways import StoredGiveaway


class Giveaway(Struct, frozen=True, kw_only=True, rename="camel"):
    """One code of a giveaway pool [IA Giveaway]."""

    id: int
    created: datetime
    code: str
    pool_id: int
    start_date: datetime | UnsetType = UNSET
    end_date: datetime | UnsetType = UNSET
    attributes: dict[str, JSON] | UnsetType = UNSET
    used: bool | UnsetType = UNSET
    import_id: int | UnsetType = UNSET
    profile_integration_id: str | UnsetType = UNSET
    profile_id: int | UnsetType = UNSET


def show_giveaway(stored: StoredGiveaway) -> Giveaway:
    """A stored giveaway as callers see it; what it does not have is left out."""
    giveaway = stored.giveaway
    return Giveaway(
        id=giveaway.id,
        created=giveaway.created,
        code=giveaway.code,
        pool_id=giveaway.pool_id,
        start_date=giveaway.start_date or UNSET,
        end_date=giveaway.end_date or UNSET,
        attributes=giveaway.attributes,
        used=stored.used,
        import_id=UNSET if stored.import_id is None else stored.import_id,
        profile_integration_id=stored.profile_integration_id or UNSET,
        profile_id=UNSET if stored.profile_id is None else stored.profile_id,
    )
