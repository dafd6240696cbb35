"""Evaluation groups: which campaigns compete with each other, and what decides between them.

The groups of an Application form a tree: a base group that always exists, groups in it, and groups in those; campaigns
hang on any of them. Source: semantics, section 9.1.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, structs

from largesse.engine.refusals import INVALID_VALUE, LOCKED, OUT_OF_RANGE, TOO_MANY, UNKNOWN, Refusal

EvaluationMode = Literal["stackable", "listOrder", "lowestDiscount", "highestDiscount"]
EvaluationScope = Literal["cartItem", "session"]

# Published: groups lie in the base group, or in a group of the base group.
LEVELS_MAX = 2
# Nothing is published; the tree is read, shown and replaced as a whole, so there must be an end.
GROUPS_MAX = 1_000


class EvaluationGroup(Struct, frozen=True):
    """One group. The base group is the one without a parent; its scope is always the session.

    In a stackable group every member that triggers contributes; in the others one does: the first in list order, or
    the one with the highest or the lowest discount, for the session as a whole or for each cart item anew. `position`
    orders a group among the groups and campaigns of its parent.
    """

    id: int
    name: str
    parent_id: int | None = None
    description: str = ""
    evaluation_mode: EvaluationMode = "stackable"
    evaluation_scope: EvaluationScope = "session"
    locked: bool = False
    position: int = 0


# What campaigns hang on where nobody has said anything about groups.
BASE = EvaluationGroup(1, "Base group")


class Place(Struct, frozen=True):
    """Where a campaign hangs: its group, and its place among the members of that group."""

    campaign_id: int
    group_id: int
    position: int


class EvaluationTree(Struct, frozen=True):
    """How the groups (by id) and campaigns of an Application are arranged."""

    groups: Mapping[int, EvaluationGroup]
    places: tuple[Place, ...]

    @property
    def base(self) -> EvaluationGroup:
        """The base group."""
        return next(group for group in self.groups.values() if group.parent_id is None)

    def members(self) -> dict[int, list[EvaluationGroup | Place]]:
        """What lies in each group, in order; a group comes before a campaign of the same position."""
        inside: dict[int, list[EvaluationGroup | Place]] = {group_id: [] for group_id in self.groups}
        for group in sorted(self.groups.values(), key=lambda group: (group.position, group.id)):
            if group.parent_id is not None:
                inside[group.parent_id].append(group)
        for place in sorted(self.places, key=lambda place: (place.position, place.campaign_id)):
            inside[place.group_id].append(place)
        return {group_id: sorted(found, key=lambda member: member.position) for group_id, found in inside.items()}

    def end_of(self, group_id: int) -> int:
        """The position behind the last member of a group."""
        groups = [group.position for group in self.groups.values() if group.parent_id == group_id]
        places = [place.position for place in self.places if place.group_id == group_id]
        return max([*groups, *places], default=-1) + 1


def refuse_campaign(tree: EvaluationTree, group_id: int, pointer: str) -> list[Refusal]:
    """Why a campaign may not be put into a group, or taken out of it."""
    group = tree.groups.get(group_id)
    if group is None:
        return [Refusal(UNKNOWN, "There is no such evaluation group", pointer)]
    if group.locked:
        return [Refusal(LOCKED, f'The evaluation group "{group.name}" is locked', pointer)]
    return []


def refuse_group(tree: EvaluationTree, group: EvaluationGroup) -> list[Refusal]:
    """Why a group may not be stored like this, in this tree: as a new one (id 0) or in place of the one it was."""
    before = tree.groups.get(group.id)
    if before is not None and before.parent_id is None:
        return _refuse_base(before, group)
    refusals = _refuse_parent(tree, group)
    if before is None and len(tree.groups) >= GROUPS_MAX:
        refusals.append(Refusal(TOO_MANY, f"An Application has at most {GROUPS_MAX:,} evaluation groups", ""))
    if before is not None:
        refusals += _refuse_locked(before, group)
    # Where it comes from and where it goes to, if it is not the same place.
    touched = {group.parent_id} ^ {before.parent_id if before is not None else None}
    parents = [tree.groups[each] for each in touched if each is not None and each in tree.groups]
    return refusals + [
        Refusal(LOCKED, f'The evaluation group "{parent.name}" is locked', "/parentId")
        for parent in parents
        if parent.locked
    ]


def _refuse_base(before: EvaluationGroup, group: EvaluationGroup) -> list[Refusal]:
    refusals = _refuse_locked(before, group)
    if group.parent_id is not None:
        refusals.append(Refusal(INVALID_VALUE, "The base group stays at the base of the tree", "/parentId"))
    if group.evaluation_scope != "session":
        refusals.append(Refusal(INVALID_VALUE, "The base group is evaluated per session", "/evaluationScope"))
    return refusals


def _refuse_parent(tree: EvaluationTree, group: EvaluationGroup) -> list[Refusal]:
    parent = tree.groups.get(group.parent_id or 0)
    if parent is None:
        return [Refusal(UNKNOWN, "There is no such evaluation group", "/parentId")]
    if parent.id == group.id:
        return [Refusal(INVALID_VALUE, "An evaluation group cannot lie in itself", "/parentId")]
    levels = _levels_above(tree, parent) + 1 + _levels_below(tree, group.id)
    if levels > LEVELS_MAX:
        return [Refusal(OUT_OF_RANGE, f"Groups lie on at most {LEVELS_MAX} levels below the base group", "/parentId")]
    return []


def _levels_above(tree: EvaluationTree, group: EvaluationGroup) -> int:
    """How many groups lie between a group and the base group, with the group itself."""
    return 0 if group.parent_id is None else 1 + _levels_above(tree, tree.groups[group.parent_id])


def _levels_below(tree: EvaluationTree, group_id: int) -> int:
    inner = [group.id for group in tree.groups.values() if group.parent_id == group_id]
    return 1 + max(_levels_below(tree, each) for each in inner) if group_id and inner else 0


def _refuse_locked(before: EvaluationGroup, after: EvaluationGroup) -> list[Refusal]:
    """A locked group can be unlocked, and nothing else."""
    same = structs.replace(after, locked=before.locked, position=before.position) == before
    return [] if same or not before.locked else [Refusal(LOCKED, f'The evaluation group "{before.name}" is locked', "")]
