"""Rearranging the evaluation tree: the tree that was sent, checked against the one there is.

Groups and campaigns are moved, and groups get other settings; nothing is created and nothing removed by it.
"""

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct, structs

from largesse.engine.evaluation.groups import LEVELS_MAX, EvaluationGroup, EvaluationTree, Place
from largesse.engine.refusals import INVALID_VALUE, LOCKED, OUT_OF_RANGE, REQUIRED, UNKNOWN, Refusal


class Branch(Struct, frozen=True):
    """A group as sent, `group` without its place, with its members in order."""

    group: EvaluationGroup
    members: "tuple[Member, ...]"


class Leaf(Struct, frozen=True):
    """A campaign as sent."""

    campaign_id: int


Member: TypeAlias = Branch | Leaf


def rearrange(tree: EvaluationTree, sent: Branch) -> EvaluationTree | list[Refusal]:
    """The tree as sent, or all that is wrong with it, with JSON pointers from its root on."""
    sending = _Sending(tree)
    sending.visit(sent, None, 0, 0, "")
    refusals = sending.refusals + _missing(tree, sending)
    if sent.group.id != tree.base.id:
        refusals.append(Refusal(INVALID_VALUE, "The root of the tree is the base group", "/groupId"))
    elif sent.group.evaluation_scope != "session":
        refusals.append(Refusal(INVALID_VALUE, "The base group is evaluated per session", "/evaluationScope"))
    after = EvaluationTree(sending.groups, tuple(sending.places.values()))
    return refusals or _refuse_locked(tree, after, sending.pointers) or after


class _Sending:
    """What was sent, node by node."""

    def __init__(self, tree: EvaluationTree) -> None:
        self.tree = tree
        self.known_campaigns = {place.campaign_id for place in tree.places}
        self.groups: dict[int, EvaluationGroup] = {}
        self.places: dict[int, Place] = {}
        self.pointers: dict[int, str] = {}
        self.refusals: list[Refusal] = []

    def visit(self, branch: Branch, parent_id: int | None, position: int, level: int, pointer: str) -> None:
        group = branch.group
        if level > LEVELS_MAX:
            details = f"Groups lie on at most {LEVELS_MAX} levels below the base group"
            self.refusals.append(Refusal(OUT_OF_RANGE, details, pointer))
            return
        if group.id not in self.tree.groups:
            self.refusals.append(Refusal(UNKNOWN, "There is no such evaluation group", f"{pointer}/groupId"))
        elif group.id in self.groups:
            self.refusals.append(Refusal(INVALID_VALUE, "The group stands in the tree twice", f"{pointer}/groupId"))
        self.groups[group.id] = structs.replace(group, parent_id=parent_id, position=position)
        self.pointers[group.id] = pointer
        for index, member in enumerate(branch.members):
            where = f"{pointer}/elements/{index}"
            if isinstance(member, Branch):
                self.visit(member, group.id, index, level + 1, where)
            else:
                self._place(Place(member.campaign_id, group.id, index), f"{where}/campaignId")

    def _place(self, place: Place, pointer: str) -> None:
        if place.campaign_id not in self.known_campaigns:
            self.refusals.append(Refusal(UNKNOWN, "The Application has no such campaign", pointer))
        elif place.campaign_id in self.places:
            self.refusals.append(Refusal(INVALID_VALUE, "The campaign stands in the tree twice", pointer))
        self.places[place.campaign_id] = place


def _missing(tree: EvaluationTree, sending: _Sending) -> list[Refusal]:
    groups = sorted(set(tree.groups) - set(sending.groups))
    campaigns = sorted(sending.known_campaigns - set(sending.places))
    return [
        *(Refusal(REQUIRED, f"The evaluation group {each} is missing in the tree", "/elements") for each in groups),
        *(Refusal(REQUIRED, f"The campaign {each} is missing in the tree", "/elements") for each in campaigns),
    ]


def _refuse_locked(before: EvaluationTree, after: EvaluationTree, pointers: dict[int, str]) -> list[Refusal]:
    """A locked group keeps its settings, its place and its members, and may be unlocked."""
    locked = [group for group in before.groups.values() if group.locked]
    if not locked:
        return []
    were, are = before.members(), after.members()
    return [
        Refusal(LOCKED, f'The evaluation group "{group.name}" is locked', pointers[group.id])
        for group in locked
        if _ids(were[group.id]) != _ids(are[group.id])
        or structs.replace(after.groups[group.id], locked=True, position=group.position) != group
    ]


def _ids(members: Iterable[EvaluationGroup | Place]) -> list[tuple[bool, int]]:
    return [(True, member.campaign_id) if isinstance(member, Place) else (False, member.id) for member in members]
