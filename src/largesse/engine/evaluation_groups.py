"""Evaluation groups: which campaigns compete with each other, and what decides between them.

The groups of an Application form a tree: a base group that always exists, groups in it, and groups in those; campaigns
hang on any of them. Source: semantics, section 9.1.
"""

from typing import Literal

from msgspec import Struct

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
