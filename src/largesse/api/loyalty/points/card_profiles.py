"""Whose a card is: shops link it to profiles, as many as its program allows, and take them off it again."""

from msgspec import Struct

from largesse.api.integration_ids import too_long
from largesse.api.loyalty.points.reaching import reach_card
from largesse.api.loyalty.points.wire import CardPath
from largesse.api.models.loyalty import LoyaltyCard
from largesse.api.models.running.loyalty_card import read_card
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, REQUIRED, TOO_LONG
from largesse.plumbing.context import Call
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, ok
from largesse.plumbing.problems import Invalid, at_pointer
from largesse.storage.customers.profiles import create_profiles
from largesse.storage.loyalty.cards import link_profile, unlink_profile


class CardRegistration(Struct, frozen=True, kw_only=True, rename="camel"):
    """The profile meant [IA LoyaltyCardRegistration]."""

    integration_id: str


async def link_loyalty_card_to_profile(call: Call[object], request: Request[CardPath, None, CardRegistration]) -> Reply:
    """Link a card to one profile more, which is made if there is none; a profile it is linked to changes nothing."""
    profile_id = request.body.integration_id
    if not profile_id:
        raise _refused(REQUIRED, "the id of a profile must be given")
    if details := too_long(profile_id):
        raise _refused(TOO_LONG, details)
    stored, card = await reach_card(call, request.path)
    account_id = call.caller.account_id
    if not await link_profile(call.db, account_id, card, profile_id, call.now):
        limit = stored.settings.users_per_card_limit
        details = f"a card of this loyalty program can be linked to {limit} profiles at most"
        raise _refused(OUT_OF_RANGE, details)
    await create_profiles(call.db, account_id, stored.settings.program.sandbox, [profile_id], call.now)
    return ok(await read_card(call, stored, card))


async def unlink_loyalty_card_from_profile(
    call: Call[object], request: Request[CardPath, None, CardRegistration]
) -> Reply:
    """Take a profile off a card, which keeps its points."""
    stored, card = await reach_card(call, request.path)
    if not await unlink_profile(call.db, call.caller.account_id, card, request.body.integration_id):
        raise _refused(INVALID_VALUE, "the loyalty card is not linked to this profile")
    return ok(await read_card(call, stored, card))


def _refused(title: str, details: str) -> Invalid:
    return Invalid(errors=(at_pointer(title, details, "/integrationId"),))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v2/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/link_profile",
        operation_id="linkLoyaltyCardToProfile",
        summary="Link a loyalty card to a profile",
        access=Access.INTEGRATION,
        run=link_loyalty_card_to_profile,
        path_params=CardPath,
        body=CardRegistration,
        replies={200: LoyaltyCard},
        problems=(400, 401, 404),
        tag="Loyalty cards",
    ),
    Operation(
        method="POST",
        path="/v2/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/unlink_profile",
        operation_id="unlinkLoyaltyCardFromProfile",
        summary="Take a profile off a loyalty card",
        access=Access.INTEGRATION,
        run=unlink_loyalty_card_from_profile,
        path_params=CardPath,
        body=CardRegistration,
        replies={200: LoyaltyCard},
        problems=(400, 401, 404),
        tag="Loyalty cards",
    ),
)
