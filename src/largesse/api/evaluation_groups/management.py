"""What staff do with evaluation groups and the tree they form: list, read, create, change, delete and arrange them."""

from msgspec import Struct

from largesse.api.evaluation_groups.wire import (
    CampaignEvaluationGroup,
    CampaignSet,
    CampaignSetBranchNode,
    NewCampaignEvaluationGroup,
    NewCampaignSet,
    UpdateCampaignEvaluationGroup,
    accept_branch,
    accept_group,
    operator_of,
    show_group,
    show_tree,
)
from largesse.api.reach import author_of, reach_application
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.engine.evaluation.groups import EvaluationGroup, refuse_group
from largesse.engine.evaluation.rearrangement import rearrange
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    Operation,
    Reply,
    Request,
    created,
    no_content,
    ok,
)
from largesse.plumbing.http.paging import Page, Paging, ordering, page
from largesse.plumbing.problems import Busy, FieldError, Invalid, NotFound, at_pointer
from largesse.storage import evaluation_groups
from largesse.storage.applications import StoredApplication
from largesse.storage.evaluation_groups import StoredTree
from largesse.storage.outgoing.telling import telling_tree

SORTABLE = {"id": "id", "name": "name"}


class TreePath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of an Application's tree or groups."""

    application_id: int


class GroupPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one group."""

    application_id: int
    group_id: int


async def get_evaluation_groups(call: Call[object], request: Request[TreePath, Paging, None]) -> Reply:
    """The groups of an Application, the base group among them."""
    application = await reach_application(call, request.path.application_id)
    order = ordering(request.query, SORTABLE, default="id")
    groups = await evaluation_groups.evaluation_groups(call.db, application.account_id, application.id)
    groups.sort(key=lambda group: (group.name if order.by == "name" else "", group.id), reverse=order.is_descending)
    wanted = groups[request.query.skip :][: request.query.page_size]
    return ok(page([show_group(group, application.id) for group in wanted], len(groups)))


async def get_evaluation_group(call: Call[object], request: Request[GroupPath, None, None]) -> Reply:
    """One group."""
    application = await reach_application(call, request.path.application_id)
    groups = await evaluation_groups.evaluation_groups(call.db, application.account_id, application.id)
    group = _found({group.id: group for group in groups}.get(request.path.group_id))
    return ok(show_group(group, application.id))


async def create_evaluation_group(
    call: Call[object], request: Request[TreePath, None, NewCampaignEvaluationGroup]
) -> Reply:
    """A new group, at the end of the group it lies in."""
    application = await reach_application(call, request.path.application_id)
    tree = (await _change_tree(call, application)).tree
    group = accept_group(request.body, position=tree.end_of(request.body.parent_id))
    refuse_if_any(errors_of(refuse_group(tree, group)))
    stored = await evaluation_groups.create_group(call.db, application.account_id, application.id, group)
    return created(show_group(stored, application.id))


async def update_evaluation_group(
    call: Call[object], request: Request[GroupPath, None, UpdateCampaignEvaluationGroup]
) -> Reply:
    """Other settings for a group; with another parent it moves to the end of that one."""
    application = await reach_application(call, request.path.application_id)
    tree = (await _change_tree(call, application)).tree
    before = _found(tree.groups.get(request.path.group_id))
    group = accept_group(request.body, before.id, before.position)
    if group.parent_id is not None and group.parent_id != before.parent_id:
        group = accept_group(request.body, before.id, tree.end_of(group.parent_id))
    refuse_if_any(errors_of(refuse_group(tree, group)))
    await evaluation_groups.update_groups(call.db, application.account_id, application.id, [group])
    return ok(show_group(group, application.id))


async def delete_evaluation_group(call: Call[object], request: Request[GroupPath, None, None]) -> Reply:
    """An empty group goes. What it held must be moved first, so that nothing starts to stack unasked."""
    application = await reach_application(call, request.path.application_id)
    tree = (await _change_tree(call, application)).tree
    group = _found(tree.groups.get(request.path.group_id))
    if group.parent_id is None:
        raise Invalid("The base group cannot be deleted")
    if group.locked or tree.groups[group.parent_id].locked:
        raise Invalid("The evaluation group, or the one it lies in, is locked")
    if tree.members()[group.id]:
        raise Invalid("The evaluation group holds campaigns or groups; move them first")
    if group.id == application.settings.default_evaluation_group_id:
        raise Invalid("The evaluation group is the default for new campaigns; choose another default first")
    await evaluation_groups.delete_group(call.db, application.account_id, application.id, group.id)
    return no_content()


async def get_evaluation_tree(call: Call[object], request: Request[TreePath, None, None]) -> Reply:
    """The tree: all groups and campaigns of an Application, in the order of evaluation."""
    application = await reach_application(call, request.path.application_id)
    return ok(show_tree(await _tree(call, application), application.id))


async def update_evaluation_tree(call: Call[object], request: Request[TreePath, None, NewCampaignSet]) -> Reply:
    """The tree in another arrangement, with all groups and campaigns there are; groups may get other settings too."""
    application = await reach_application(call, request.path.application_id)
    stored = await _change_tree(call, application)
    if request.body.version != stored.version - 1:
        version = stored.version - 1
        raise Busy(f"The tree was changed meanwhile: it is at version {version}, not {request.body.version}")
    errors = _operator_errors(request.body.set, "/set")
    if request.body.application_id != application.id:
        errors.append(at_pointer(INVALID_VALUE, "The tree is that of another Application", "/applicationId"))
    tree = rearrange(stored.tree, accept_branch(request.body.set))
    if isinstance(tree, list):
        raise Invalid(errors=[*errors, *errors_of(tree, "/set")])
    refuse_if_any(errors)
    changed = [group for group in tree.groups.values() if group != stored.tree.groups[group.id]]
    await evaluation_groups.update_groups(call.db, application.account_id, application.id, changed)
    await evaluation_groups.place_campaigns(call.db, application.account_id, application.id, tree.places)
    return ok(show_tree(await _tree(call, application), application.id))


async def _change_tree(call: Call[object], application: StoredApplication) -> StoredTree:
    """The tree as it stands, with the version it will have; others who change it wait."""
    author = await author_of(call)
    await evaluation_groups.count_version(call.db, application.account_id, application.id, author.name)
    return await _tree(call, application)


async def _tree(call: Call[object], application: StoredApplication) -> StoredTree:
    tree = await evaluation_groups.find_tree(call.db, application.account_id, application.id)
    if tree is None:
        raise NotFound("There is no such Application")
    return tree


def _found(group: EvaluationGroup | None) -> EvaluationGroup:
    if group is None:
        raise NotFound("There is no such evaluation group")
    return group


def _operator_errors(node: CampaignSetBranchNode, pointer: str) -> list[FieldError]:
    wanted = operator_of(node.evaluation_mode)
    errors = []
    if node.operator != wanted:
        details = f"The operator of a group of mode {node.evaluation_mode} is {wanted}"
        errors.append(at_pointer(INVALID_VALUE, details, f"{pointer}/operator"))
    for index, each in enumerate(node.elements):
        if isinstance(each, CampaignSetBranchNode):
            errors += _operator_errors(each, f"{pointer}/elements/{index}")
    return errors


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/evaluation_groups",
        operation_id="getEvaluationGroups",
        summary="The evaluation groups of an Application",
        access=Access.MANAGEMENT,
        run=get_evaluation_groups,
        path_params=TreePath,
        query=Paging,
        replies={200: Page[CampaignEvaluationGroup]},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Evaluation groups",
    ),
    Operation(
        method="POST",
        path="/v1/applications/{applicationId}/evaluation_groups",
        operation_id="createEvaluationGroup",
        summary="Create an evaluation group",
        access=Access.MANAGEMENT,
        run=telling_tree(create_evaluation_group),
        path_params=TreePath,
        body=NewCampaignEvaluationGroup,
        replies={201: CampaignEvaluationGroup},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Evaluation groups",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/evaluation_groups/{groupId}",
        operation_id="getEvaluationGroup",
        summary="One evaluation group",
        access=Access.MANAGEMENT,
        run=get_evaluation_group,
        path_params=GroupPath,
        replies={200: CampaignEvaluationGroup},
        problems=(401, 403, 404),
        published=False,
        tag="Evaluation groups",
    ),
    Operation(
        method="PUT",
        path="/v1/applications/{applicationId}/evaluation_groups/{groupId}",
        operation_id="updateEvaluationGroup",
        summary="Replace an evaluation group's settings, or move it",
        access=Access.MANAGEMENT,
        run=telling_tree(update_evaluation_group),
        path_params=GroupPath,
        body=UpdateCampaignEvaluationGroup,
        replies={200: CampaignEvaluationGroup},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Evaluation groups",
    ),
    Operation(
        method="DELETE",
        path="/v1/applications/{applicationId}/evaluation_groups/{groupId}",
        operation_id="deleteEvaluationGroup",
        summary="Delete an empty evaluation group",
        access=Access.MANAGEMENT,
        run=telling_tree(delete_evaluation_group),
        path_params=GroupPath,
        replies={204: None},
        problems=(400, 401, 403, 404),
        published=False,
        tag="Evaluation groups",
    ),
    Operation(
        method="GET",
        path="/v1/applications/{applicationId}/evaluation_tree",
        operation_id="getEvaluationTree",
        summary="How an Application's groups and campaigns are arranged",
        access=Access.MANAGEMENT,
        run=get_evaluation_tree,
        path_params=TreePath,
        replies={200: CampaignSet},
        problems=(401, 403, 404),
        published=False,
        tag="Evaluation groups",
    ),
    Operation(
        method="PUT",
        path="/v1/applications/{applicationId}/evaluation_tree",
        operation_id="updateEvaluationTree",
        summary="Arrange an Application's groups and campaigns anew",
        access=Access.MANAGEMENT,
        run=telling_tree(update_evaluation_tree),
        path_params=TreePath,
        body=NewCampaignSet,
        replies={200: CampaignSet},
        problems=(400, 401, 403, 404, 409),
        published=False,
        tag="Evaluation groups",
    ),
)
