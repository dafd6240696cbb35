"""What callers send and see of evaluation groups and of the tree.

The contract publishes the tree in a notification only; the groups are those of the official models.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.evaluation.groups import EvaluationGroup, EvaluationMode, EvaluationScope, Place
from largesse.engine.evaluation.rearrangement import Branch, Leaf
from largesse.plumbing.http.codec import Omittable, given
from largesse.storage.evaluation_groups import StoredTree

GroupName = Annotated[str, Meta(min_length=1)]
Counted = Annotated[int, Meta(ge=1)]
Operator = Literal["ALL", "FIRST"]


class NewCampaignEvaluationGroup(Struct, frozen=True, kw_only=True, rename="camel"):
    """An evaluation group to be created [SDK NewCampaignEvaluationGroup]."""

    name: GroupName
    parent_id: Counted
    description: Omittable[str] = UNSET
    evaluation_mode: EvaluationMode
    evaluation_scope: EvaluationScope
    locked: bool


class UpdateCampaignEvaluationGroup(NewCampaignEvaluationGroup, frozen=True, kw_only=True, rename="camel"):
    """All settings of an evaluation group; the base group names itself as its parent.

    A locked group can only be unlocked [SDK UpdateCampaignEvaluationGroup].
    """


class CampaignEvaluationGroup(Struct, frozen=True, kw_only=True, rename="camel"):
    """One evaluation group; the base group names itself as its parent [SDK CampaignEvaluationGroup]."""

    id: int
    application_id: int
    name: GroupName
    parent_id: Counted
    description: str
    evaluation_mode: EvaluationMode
    evaluation_scope: EvaluationScope
    locked: bool


class CampaignSetLeafNode(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", tag="CAMPAIGN"):
    """A campaign in the tree [N CampaignSetLeafNode]."""

    campaign_id: int


class CampaignSetBranchNode(Struct, frozen=True, kw_only=True, rename="camel", tag_field="type", tag="SET"):
    """A group in the tree, with its members in order.

    The operator says in one word what the mode says: ALL in a stackable group, FIRST in the others
    [N CampaignSetBranchNode].
    """

    name: GroupName
    operator: Operator
    elements: "list[CampaignSetBranchNode | CampaignSetLeafNode]"
    group_id: int
    locked: bool
    description: Omittable[str] = UNSET
    evaluation_mode: EvaluationMode
    evaluation_scope: EvaluationScope


class NewCampaignSet(Struct, frozen=True, kw_only=True, rename="camel"):
    """A whole tree, arranged anew; `version` is that of the tree it was made from [SDK NewCampaignSet]."""

    application_id: int
    version: Counted
    set: CampaignSetBranchNode


class CampaignSet(Struct, frozen=True, kw_only=True, rename="camel"):
    """The tree of an Application, which counts its changes [N CampaignSet]."""

    application_id: int
    id: int
    version: Counted
    set: CampaignSetBranchNode
    updated_by: str | UnsetType = UNSET


def accept_group(sent: NewCampaignEvaluationGroup, group_id: int = 0, position: int = 0) -> EvaluationGroup:
    """A group as sent."""
    return EvaluationGroup(
        group_id,
        sent.name,
        None if sent.parent_id == group_id else sent.parent_id,
        given(sent.description) or "",
        sent.evaluation_mode,
        sent.evaluation_scope,
        sent.locked,
        position,
    )


def show_group(group: EvaluationGroup, application_id: int) -> CampaignEvaluationGroup:
    """A group as callers see it."""
    return CampaignEvaluationGroup(
        id=group.id,
        application_id=application_id,
        name=group.name,
        parent_id=group.parent_id or group.id,
        description=group.description,
        evaluation_mode=group.evaluation_mode,
        evaluation_scope=group.evaluation_scope,
        locked=group.locked,
    )


def accept_branch(node: CampaignSetBranchNode) -> Branch:
    """A group with all that lies in it, as sent."""
    group = EvaluationGroup(
        node.group_id,
        node.name,
        None,
        given(node.description) or "",
        node.evaluation_mode,
        node.evaluation_scope,
        node.locked,
    )
    members = (
        accept_branch(each) if isinstance(each, CampaignSetBranchNode) else Leaf(each.campaign_id)
        for each in node.elements
    )
    return Branch(group, tuple(members))


def show_tree(stored: StoredTree, application_id: int) -> CampaignSet:
    """The tree as callers see it."""
    members = stored.tree.members()

    def branch(group: EvaluationGroup) -> CampaignSetBranchNode:
        return CampaignSetBranchNode(
            name=group.name,
            operator=operator_of(group.evaluation_mode),
            elements=[
                CampaignSetLeafNode(campaign_id=each.campaign_id) if isinstance(each, Place) else branch(each)
                for each in members[group.id]
            ],
            group_id=group.id,
            locked=group.locked,
            description=group.description,
            evaluation_mode=group.evaluation_mode,
            evaluation_scope=group.evaluation_scope,
        )

    return CampaignSet(
        application_id=application_id,
        id=stored.id,
        version=stored.version,
        set=branch(stored.tree.base),
        updated_by=stored.updated_by or UNSET,
    )


def operator_of(mode: EvaluationMode) -> Operator:
    """The mode in the tree's own word."""
    return "ALL" if mode == "stackable" else "FIRST"
