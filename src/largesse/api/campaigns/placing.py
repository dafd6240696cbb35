"""Where a campaign hangs in the evaluation tree: chosen when it is created, and moved when its settings say so."""

from largesse.api.refusals import errors_of, refuse_if_any
from largesse.engine.evaluation.groups import Place, refuse_campaign
from largesse.plumbing.context import Call
from largesse.plumbing.problems import NotFound
from largesse.storage.applications import StoredApplication
from largesse.storage.campaigns import Author, StoredCampaign
from largesse.storage.evaluation_groups import StoredTree, count_version, find_tree, place_campaigns

POINTER = "/evaluationGroupId"


async def choose_place(
    call: Call[object], application: StoredApplication, group_id: int | None, author: Author
) -> Place:
    """The end of the group that was asked for, or else of the Application's default group. Raises `Invalid`.

    Others who change the tree wait until the transaction ends.
    """
    tree = (await _change_tree(call, application, author)).tree
    default = application.settings.default_evaluation_group_id
    chosen = group_id or (default if default in tree.groups else None) or tree.base.id
    refuse_if_any(errors_of(refuse_campaign(tree, chosen, POINTER)))
    return Place(0, chosen, tree.end_of(chosen))


async def move(
    call: Call[object],
    application: StoredApplication,
    campaign: StoredCampaign,
    group_id: int | None,
    author: Author,
) -> None:
    """Put a campaign at the end of another group, where its settings name another. Raises `Invalid`."""
    before = campaign.evaluation_group_id or application.base_group_id
    if group_id is None or group_id == before:
        return
    tree = (await _change_tree(call, application, author)).tree
    refuse_if_any(errors_of([*refuse_campaign(tree, group_id, POINTER), *refuse_campaign(tree, before, POINTER)]))
    place = Place(campaign.id, group_id, tree.end_of(group_id))
    await place_campaigns(call.db, application.account_id, application.id, [place])


async def _change_tree(call: Call[object], application: StoredApplication, author: Author) -> StoredTree:
    await count_version(call.db, application.account_id, application.id, author.name)
    tree = await find_tree(call.db, application.account_id, application.id)
    if tree is None:
        raise NotFound("There is no such Application")
    return tree
