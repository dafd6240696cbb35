"""The stores that a campaign is to be for, checked."""

from largesse.api.campaigns.wire import CampaignBody
from largesse.engine.refusals import INVALID_VALUE, TOO_MANY, UNKNOWN
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.applications import StoredApplication
from largesse.storage.campaigns import StoredCampaign
from largesse.storage.scope import Scope
from largesse.storage.shopping.stores import known_stores

POINTER = "/linkedStoreIds"

# Published: more are imported in a file.
LINKED_STORES_MAX = 50


async def stores_of(
    call: Call[object], application: StoredApplication, sent: CampaignBody, before: StoredCampaign | None = None
) -> tuple[tuple[int, ...], list[FieldError]]:
    """The ids of the stores sent, in order and each once, and what is wrong with them.

    They must exist; and where the campaign's stores were imported, none may be named: those are changed by importing or
    disconnecting.
    """
    store_ids = given(sent.linked_store_ids) or []
    if store_ids and before is not None and before.stores_imported:
        details = "The stores of this campaign were imported; linkedStoreIds must be empty"
        return (), [at_pointer(INVALID_VALUE, details, POINTER)]
    if len(store_ids) > LINKED_STORES_MAX:
        details = f"linkedStoreIds must not hold more than {LINKED_STORES_MAX}; import them to link more"
        return (), [at_pointer(TOO_MANY, details, POINTER)]
    known = await known_stores(call.db, Scope(application.account_id, application.id), store_ids)
    unknown = [
        at_pointer(UNKNOWN, f"There is no store {store_id}", f"{POINTER}/{index}")
        for index, store_id in enumerate(store_ids)
        if store_id not in known
    ]
    return tuple(sorted(known)), unknown
