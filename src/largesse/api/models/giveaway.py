"""Giveaways on the wire. There are no pools yet; the shape is part of what updates answer with."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from largesse.engine.attributes import JSON


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
