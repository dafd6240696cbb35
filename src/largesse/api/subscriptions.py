"""Definitions of an account that only some of its Applications or catalogs may use: which ones, checked."""

from collections.abc import Sequence

from largesse.engine.refusals import UNKNOWN
from largesse.plumbing.context import Call
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.applications import list_applications
from largesse.storage.shopping.catalogs import CatalogKey, find_catalog

POINTER = "/subscribedApplicationsIds"


async def unknown_applications(call: Call[object], ids: Sequence[int], pointer: str = POINTER) -> list[FieldError]:
    """What is wrong with the Applications a definition is to be subscribed to: those that the account does not have.

    `pointer` is where the ids stand in the body.
    """
    if not ids:
        return []
    found = await list_applications(call.db, call.caller.account_id, ids=ids, page_size=len(ids))
    known = {application.id for application in found.entries}
    return [
        at_pointer(UNKNOWN, f"There is no Application {application_id}", f"{pointer}/{index}")
        for index, application_id in enumerate(ids)
        if application_id not in known
    ]


async def unknown_catalogs(call: Call[object], ids: Sequence[int]) -> list[FieldError]:
    """What is wrong with the catalogs a definition is to be subscribed to: those that the account does not have."""
    account_id = call.caller.account_id
    return [
        at_pointer(UNKNOWN, f"There is no catalog {catalog_id}", f"/subscribedCatalogsIds/{index}")
        for index, catalog_id in enumerate(ids)
        if await find_catalog(call.db, CatalogKey(account_id, catalog_id)) is None
    ]
