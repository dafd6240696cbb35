"""Pools of giveaways as callers write and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.plumbing.http.codec import Omittable
from largesse.storage.rewards.giveaways import StoredPool

PoolName = Annotated[str, Meta(min_length=1)]


class NewGiveawaysPool(Struct, frozen=True, kw_only=True, rename="camel"):
    """A pool to define; of a stored one everything but the sandbox can be changed [SDK NewGiveawaysPool]."""

    name: PoolName
    description: Omittable[str] = UNSET
    subscribed_applications_ids: Omittable[list[int]] = UNSET
    sandbox: bool


class GiveawaysPool(Struct, frozen=True, kw_only=True, rename="camel"):
    """A pool as the account has defined it [SDK GiveawaysPool]."""

    id: int
    created: datetime
    account_id: int
    name: PoolName
    description: str
    subscribed_applications_ids: list[int]
    sandbox: bool
    modified: datetime | UnsetType = UNSET
    created_by: int
    modified_by: int | UnsetType = UNSET


def show_pool(pool: StoredPool) -> GiveawaysPool:
    """A stored pool as callers see it."""
    return GiveawaysPool(
        id=pool.id,
        created=pool.created,
        account_id=pool.account_id,
        name=pool.settings.name,
        description=pool.settings.description,
        subscribed_applications_ids=list(pool.settings.subscribed_applications_ids),
        sandbox=pool.sandbox,
        modified=pool.modified or UNSET,
        created_by=pool.created_by,
        modified_by=UNSET if pool.modified_by is None else pool.modified_by,
    )
