"""Evaluation groups as rows, and the arrangement of groups and campaigns that they form.

Whoever changes the arrangement calls `count_version` first and reads it afterwards: changes take turns, so that what
was checked still holds when it is written.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from largesse.engine.evaluation.groups import EvaluationGroup, EvaluationTree, Place
from largesse.plumbing.database import Transaction, load_queries

QUERIES = load_queries("largesse.storage", "evaluation_groups.sql")


class StoredTree(Struct, frozen=True, kw_only=True):
    """The arrangement as it stands: `version` counts its changes, `updated_by` is who made the last one."""

    id: int
    version: int
    updated_by: str
    tree: EvaluationTree


async def count_version(db: Transaction, account_id: int, application_id: int, updated_by: str) -> None:
    """Announce a change of the arrangement, after waiting for others who are changing it. Raises `Conflict` when the
    Application is gone."""
    await db.run_guarded(QUERIES["count_version"], account_id, application_id, updated_by)


async def find_tree(db: Transaction, account_id: int, application_id: int) -> StoredTree | None:
    """The arrangement of an Application; None when there is no such Application."""
    row = await db.row(QUERIES["evaluation_tree"], account_id, application_id)
    if row is None:
        return None
    groups = await evaluation_groups(db, account_id, application_id)
    by_id = {group.id: group for group in groups}
    base = next(group for group in groups if group.parent_id is None)
    places = [
        Place(each["id"], by_id.get(each["evaluation_group_id"], base).id, each["position"])
        for each in await db.rows(QUERIES["campaign_places"], account_id, application_id)
    ]
    tree = EvaluationTree(by_id, tuple(places))
    return StoredTree(id=row["id"], version=row["version"], updated_by=row["updated_by"], tree=tree)


async def evaluation_groups(db: Transaction, account_id: int, application_id: int) -> list[EvaluationGroup]:
    """All groups of an Application, the base group among them."""
    return [
        EvaluationGroup(**dict(row)) for row in await db.rows(QUERIES["evaluation_groups"], account_id, application_id)
    ]


async def create_group(
    db: Transaction, account_id: int, application_id: int, group: EvaluationGroup
) -> EvaluationGroup:
    """Store a new group; the group with its id."""
    rows = await db.rows(QUERIES["create_group"], account_id, application_id, *_columns(group))
    return structs.replace(group, id=rows[0]["id"])


async def update_groups(
    db: Transaction, account_id: int, application_id: int, groups: Iterable[EvaluationGroup]
) -> None:
    """Store other settings and places of groups."""
    rows = [(account_id, application_id, group.id, *_columns(group)) for group in groups]
    if rows:
        await db.many(QUERIES["update_group"], rows)


async def delete_group(db: Transaction, account_id: int, application_id: int, group_id: int) -> None:
    """Delete a group with nothing in it."""
    await db.run(QUERIES["delete_group"], account_id, application_id, group_id)


async def place_campaigns(db: Transaction, account_id: int, application_id: int, places: Sequence[Place]) -> None:
    """Put campaigns into groups, and into their order there."""
    ids = [place.campaign_id for place in places]
    group_ids = [place.group_id for place in places]
    positions = [place.position for place in places]
    await db.run(QUERIES["place_campaigns"], account_id, application_id, ids, group_ids, positions)


def _columns(group: EvaluationGroup) -> tuple[object, ...]:
    """The settings in the order of the columns in the statements that write them."""
    return (
        group.parent_id,
        group.name,
        group.description,
        group.evaluation_mode,
        group.evaluation_scope,
        group.locked,
        group.position,
    )
