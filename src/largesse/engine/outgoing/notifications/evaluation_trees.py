"""What others are told about an Application's evaluation tree. [N CampaignEvaluationTreeChangedMessage]"""

from collections.abc import Sequence
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from largesse.engine.evaluation.groups import EvaluationGroup, EvaluationMode, EvaluationScope, EvaluationTree, Place

CHANGE_TYPE = "CampaignEvaluationTreeChanged"


class TreeLeaf(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", tag="CAMPAIGN"):
    """A campaign in the tree."""

    campaign_id: int


class TreeBranch(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", tag="SET"):
    """A group in the tree with its members in order; the operator is ALL in a stackable group and FIRST in others."""

    name: str
    operator: Literal["ALL", "FIRST"]
    elements: "Sequence[TreeBranch | TreeLeaf]"
    group_id: int
    locked: bool
    description: str
    evaluation_mode: EvaluationMode
    evaluation_scope: EvaluationScope


class Tree(Struct, frozen=True, kw_only=True, rename="camel"):
    """A tree as it was at one version; who changed it last, where that is known."""

    application_id: int
    id: int
    version: int
    set: TreeBranch
    updated_by: str | UnsetType = UNSET


class TreeChanged(Struct, frozen=True, kw_only=True, rename="camel"):
    """One change: the tree before and after it."""

    event: Literal["campaign_evaluation_tree_changed"] = "campaign_evaluation_tree_changed"
    application_id: int
    old_evaluation_tree: Tree
    evaluation_tree: Tree


class CampaignEvaluationTreeChangedMessage(Struct, frozen=True, kw_only=True, rename="pascal"):
    """Sent when the tree of an Application has changed: a campaign was created, deleted or moved, a group was created,
    changed, moved or deleted, or all of it was arranged anew."""

    notification_type: Literal["CampaignEvaluationTreeChanged"] = "CampaignEvaluationTreeChanged"
    total_result_size: int
    data: tuple[TreeChanged, ...]


def tree_changed(before: Tree, after: Tree) -> CampaignEvaluationTreeChangedMessage:
    """What is told of one change."""
    change = TreeChanged(application_id=after.application_id, old_evaluation_tree=before, evaluation_tree=after)
    return CampaignEvaluationTreeChangedMessage(total_result_size=1, data=(change,))


def told_tree(tree: EvaluationTree, application_id: int, tree_id: int, version: int, updated_by: str) -> Tree:
    """A tree as it is told."""
    members = tree.members()

    def branch(group: EvaluationGroup) -> TreeBranch:
        return TreeBranch(
            name=group.name,
            operator="ALL" if group.evaluation_mode == "stackable" else "FIRST",
            elements=[
                TreeLeaf(campaign_id=each.campaign_id) if isinstance(each, Place) else branch(each)
                for each in members[group.id]
            ],
            group_id=group.id,
            locked=group.locked,
            description=group.description,
            evaluation_mode=group.evaluation_mode,
            evaluation_scope=group.evaluation_scope,
        )

    return Tree(
        application_id=application_id,
        id=tree_id,
        version=version,
        set=branch(tree.base),
        updated_by=updated_by or UNSET,
    )
