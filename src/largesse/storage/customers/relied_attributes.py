"""Attributes that a decision has computed from: they are to be what they were when it stores what came of it."""

from collections.abc import Sequence

from largesse.engine.attributes import JSON, RelyOnAttributes
from largesse.engine.changes import Change
from largesse.engine.customers.profiles import UpdateProfile
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.plumbing.problems import Conflict
from largesse.storage.scope import Scope
from largesse.storage.values import attributes_of

QUERIES = load_queries("largesse.storage.customers", "relied_attributes.sql")


async def check_relied(db: Transaction, scope: Scope, changes: Sequence[Change]) -> None:
    """Raise `Conflict` where attributes have changed since they were read; lock the others, in one order for all."""
    sent: dict[str, dict[str, JSON]] = {}
    relied: list[tuple[RelyOnAttributes, dict[str, JSON]]] = []
    for change in changes:
        if isinstance(change, UpdateProfile):
            sent[change.integration_id] = {**sent.get(change.integration_id, {}), **change.attributes}
        elif isinstance(change, RelyOnAttributes):
            # What the request itself has set before is as it set it.
            relied.append((change, sent.get(change.key, {})))
    for change, own in sorted(relied, key=lambda each: (each[0].entity, each[0].key)):
        row = await _row(db, scope, change)
        found = {**({} if row is None else attributes_of(row["attributes"])), **own}
        if any(found.get(name) != value for name, value in change.attributes.items()):
            raise Conflict(f"attributes of {change.entity} {change.key} were changed meanwhile")


async def _row(db: Transaction, scope: Scope, change: RelyOnAttributes) -> Record | None:
    match change.entity:
        case "CustomerProfile":
            return await db.row(QUERIES["profile_attributes"], scope.account_id, scope.sandbox, change.key)
        case "Coupon":
            return await db.row(QUERIES["coupon_attributes"], scope.account_id, scope.application_id, int(change.key))
        case "Referral":
            return await db.row(QUERIES["referral_attributes"], scope.account_id, scope.application_id, int(change.key))
