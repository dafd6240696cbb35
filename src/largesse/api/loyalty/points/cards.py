"""Cards of card-based loyalty programs: made for customers, looked at, blocked, and given points by hand."""

from msgspec import UNSET, Struct, structs

from largesse.api.allowed_lists import knowing
from largesse.api.loyalty.points.by_hand import add_points, deduct_points
from largesse.api.loyalty.points.reaching import reach_card, reach_card_program
from largesse.api.loyalty.points.wire import AddLoyaltyPoints, CardPath, DeductLoyaltyPoints
from largesse.api.models.loyalty import CardIdentifier, LoyaltyCard
from largesse.api.models.running.loyalty_card import read_card
from largesse.api.refusals import errors_of
from largesse.engine.attributes import JSON, AttributeDefinitions, accept, merge
from largesse.engine.formats.codes import bytes_for, code_pattern, draw
from largesse.engine.loyalty import cards as engine
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE, REQUIRED
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request, no_content, ok
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import Invalid, at_pointer
from largesse.storage.attributes import attribute_definitions
from largesse.storage.customers.profiles import create_profiles
from largesse.storage.loyalty import cards
from largesse.storage.loyalty.programs import ProgramSettings

# A pattern whose codes are taken so often in a row is as good as used up.
CODES_TRIED_MAX = 50


class CardsPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The cards of a loyalty program."""

    loyalty_program_id: int


class GenerateLoyaltyCard(Struct, frozen=True, kw_only=True, rename="camel"):
    """A card to make, and the profiles to link it to [IA GenerateLoyaltyCard]."""

    status: Omittable[engine.CardStatus] = "active"
    customer_profile_ids: Omittable[list[str]] = UNSET
    card_identifier: Omittable[CardIdentifier] = UNSET


async def generate_loyalty_card(call: Call[object], request: Request[CardsPath, None, GenerateLoyaltyCard]) -> Reply:
    """Make a card. Its identifier follows the program's code format, where there is one, whatever is sent."""
    sent, account_id = request.body, call.caller.account_id
    stored = await reach_card_program(call, request.path.loyalty_program_id)
    settings = stored.settings
    profile_ids = list(dict.fromkeys(given(sent.customer_profile_ids) or ()))
    if settings.users_per_card_limit and len(profile_ids) > settings.users_per_card_limit:
        details = f"a card of this loyalty program can be linked to {settings.users_per_card_limit} profiles at most"
        raise Invalid(errors=(at_pointer(OUT_OF_RANGE, details, "/customerProfileIds"),))
    asked: engine.CardStatus | None = given(sent.status)
    status = asked or "active"
    card = None
    for identifier in _identifiers(settings, given(sent.card_identifier)):
        card = await cards.create_card(call.db, account_id, settings.program.id, identifier, status, call.now)
        if card is not None:
            break
    if card is None:
        raise Invalid(errors=(at_pointer(INVALID_VALUE, "there is a card with this identifier", "/cardIdentifier"),))
    if profile_ids:
        await create_profiles(call.db, account_id, settings.program.sandbox, profile_ids, call.now)
        await cards.link_profiles(call.db, account_id, card, profile_ids, call.now)
    return ok(await read_card(call, stored, card))


async def get_loyalty_card(call: Call[object], request: Request[CardPath, None, None]) -> Reply:
    """One card with its ledgers."""
    stored, card = await reach_card(call, request.path)
    return ok(await read_card(call, stored, card))


class CardAttributes(Struct, frozen=True, kw_only=True, rename="camel"):
    """All custom attributes of a card."""

    attributes: dict[str, JSON]


async def get_loyalty_card_attributes(call: Call[object], request: Request[CardPath, None, None]) -> Reply:
    """The custom attributes of a card, which are published nowhere else."""
    _, card = await reach_card(call, request.path)
    return ok(CardAttributes(attributes=card.attributes))


async def update_loyalty_card_attributes(call: Call[object], request: Request[CardPath, None, CardAttributes]) -> Reply:
    """Give a card other attributes, in place of all that it has; they may be of any Application."""
    _, card = await reach_card(call, request.path)
    account_id, sent = call.caller.account_id, request.body.attributes
    defined = await attribute_definitions(call.db, account_id)
    known = AttributeDefinitions((structs.replace(each, subscribed_applications_ids=()) for each in defined), 0)
    known = await knowing(call, known, "LoyaltyCard", sent)
    accepted, refusals = accept("LoyaltyCard", sent, known, "/attributes")
    if refusals:
        raise Invalid(errors=errors_of(refusals))
    await cards.set_card_attributes(call.db, account_id, card, merge({}, accepted))
    return ok(CardAttributes(attributes=merge({}, accepted)))


async def add_loyalty_card_points(call: Call[object], request: Request[CardPath, None, AddLoyaltyPoints]) -> Reply:
    """Add points to a card."""
    stored, card = await reach_card(call, request.path)
    await add_points(call, stored.settings.program, card.identifier, request.body)
    return no_content()


async def deduct_loyalty_card_points(
    call: Call[object], request: Request[CardPath, None, DeductLoyaltyPoints]
) -> Reply:
    """Take active points from a card."""
    stored, card = await reach_card(call, request.path)
    await deduct_points(call, stored.settings.program, card.identifier, request.body)
    return no_content()


def _identifiers(settings: ProgramSettings, wanted: str | None) -> list[str]:
    """The identifiers to try, one after the other."""
    code = settings.card_code_settings
    if code is None:
        if wanted is None:
            details = "this loyalty program has no code format, so that the identifier must be given"
            raise Invalid(errors=(at_pointer(REQUIRED, details, "/cardIdentifier"),))
        return [wanted]
    pattern = code_pattern(code["couponPattern"], code["validCharacters"], "sensitive")
    if isinstance(pattern, tuple):
        raise Invalid(errors=errors_of(pattern, "/cardCodeSettings"))
    return draw(pattern, random_bytes(bytes_for(pattern, CODES_TRIED_MAX)))


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/loyalty_programs/{loyaltyProgramId}/cards",
        operation_id="generateLoyaltyCard",
        summary="Make a loyalty card",
        access=Access.INTEGRATION,
        run=generate_loyalty_card,
        path_params=CardsPath,
        body=GenerateLoyaltyCard,
        replies={200: LoyaltyCard},
        problems=(400, 401),
        tag="Loyalty cards",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}",
        operation_id="getLoyaltyCard",
        summary="Read a loyalty card with its ledgers",
        access=Access.MANAGEMENT,
        run=get_loyalty_card,
        path_params=CardPath,
        replies={200: LoyaltyCard},
        problems=(400, 401, 404),
        tag="Loyalty cards",
    ),
    Operation(
        method="GET",
        path="/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/attributes",
        operation_id="getLoyaltyCardAttributes",
        summary="Read the custom attributes of a loyalty card",
        access=Access.MANAGEMENT,
        run=get_loyalty_card_attributes,
        path_params=CardPath,
        replies={200: CardAttributes},
        problems=(400, 404),
        published=False,
        tag="Loyalty cards",
    ),
    Operation(
        method="PUT",
        path="/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/attributes",
        operation_id="updateLoyaltyCardAttributes",
        summary="Replace the custom attributes of a loyalty card",
        access=Access.MANAGEMENT,
        run=update_loyalty_card_attributes,
        path_params=CardPath,
        body=CardAttributes,
        replies={200: CardAttributes},
        problems=(400, 404),
        published=False,
        tag="Loyalty cards",
    ),
    Operation(
        method="PUT",
        path="/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/add_points",
        operation_id="addLoyaltyCardPoints",
        summary="Add points to a loyalty card",
        access=Access.MANAGEMENT,
        run=add_loyalty_card_points,
        path_params=CardPath,
        body=AddLoyaltyPoints,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Loyalty cards",
    ),
    Operation(
        method="PUT",
        path="/v1/loyalty_programs/{loyaltyProgramId}/cards/{loyaltyCardId}/deduct_points",
        operation_id="deductLoyaltyCardPoints",
        summary="Take active points from a loyalty card",
        access=Access.MANAGEMENT,
        run=deduct_loyalty_card_points,
        path_params=CardPath,
        body=DeductLoyaltyPoints,
        replies={204: None},
        problems=(400, 401, 404),
        tag="Loyalty cards",
    ),
)
