"""What staff and shops call about loyalty programs. Each call leaves the points of the others alone."""

from uuid import UUID

import pytest
from talon_one import (
    ActivateLoyaltyPoints,
    AddLoyaltyPoints,
    DeductLoyaltyPoints,
    DeleteLoyaltyTransactionsRequest,
    GenerateLoyaltyCard,
    LoyaltyCardRegistration,
)

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk

WHO = "mia"


def get_loyalty_programs(sdk: Sdk, shop: Furnished) -> None:
    """All programs."""
    listed = sdk.management.get_loyalty_programs()
    wanted = [(shop.program_id, "stars"), (shop.cards_program_id, "cards")]
    assert [(program.id, program.name) for program in listed.data] == wanted


def get_loyalty_program(sdk: Sdk, shop: Furnished) -> None:
    """One program with its tiers."""
    program = sdk.management.get_loyalty_program(shop.program_id)
    assert ([tier.name for tier in program.tiers], program.card_based) == (["Gold"], False)


def get_loyalty_points(sdk: Sdk, shop: Furnished) -> None:
    """All ledgers of a profile."""
    with pytest.warns(DeprecationWarning):
        ledger = sdk.management.get_loyalty_points(str(shop.program_id), WHO).ledger
    assert (ledger.total_active_points, ledger.current_tier.name) == (100, "Gold")


def add_loyalty_points(sdk: Sdk, shop: Furnished) -> None:
    """Points into a subledger."""
    sent = AddLoyaltyPoints(points=20, name="Sorry", subledgerId="added", validityDuration="1M_U")
    assert sdk.management.add_loyalty_points(str(shop.program_id), WHO, sent) is None


def remove_loyalty_points(sdk: Sdk, shop: Furnished) -> None:
    """All points of a subledger."""
    sent = DeductLoyaltyPoints(points=20, subledgerId="spare")
    assert sdk.management.remove_loyalty_points(str(shop.program_id), WHO, sent) is None


def get_loyalty_balances(sdk: Sdk, shop: Furnished) -> None:
    """The main ledger with its tier."""
    found = sdk.integration.get_loyalty_balances(shop.program_id, WHO, include_tiers=True)
    assert (found.balance.active_points, found.balance.current_tier.name) == (100, "Gold")


def get_loyalty_program_profile_transactions(sdk: Sdk, shop: Furnished) -> None:
    """The log of the main ledger."""
    log = sdk.integration.get_loyalty_program_profile_transactions(shop.program_id, WHO, subledger_id="")
    assert [(entry.type, entry.amount) for entry in log.data] == [("addition", 100)]


def generate_loyalty_card(sdk: Sdk, shop: Furnished) -> None:
    """A card for a customer."""
    sent = GenerateLoyaltyCard(cardIdentifier="CALLED-1", customerProfileIds=[WHO])
    card = sdk.integration.generate_loyalty_card(shop.cards_program_id, sent)
    assert (card.identifier, card.status) == ("CALLED-1", "active")
    assert [each.integration_id for each in card.profiles] == [WHO]


def get_loyalty_card(sdk: Sdk, shop: Furnished) -> None:
    """A card and its points."""
    card = sdk.management.get_loyalty_card(shop.cards_program_id, "HERS-1")
    assert (card.identifier, card.ledger.current_balance) == ("HERS-1", 50)


def add_loyalty_card_points(sdk: Sdk, shop: Furnished) -> None:
    """Points into a subledger of a card."""
    sent = AddLoyaltyPoints(points=5, subledgerId="added")
    assert sdk.management.add_loyalty_card_points(shop.cards_program_id, "HERS-1", sent) is None


def deduct_loyalty_card_points(sdk: Sdk, shop: Furnished) -> None:
    """Points of another subledger."""
    sent = DeductLoyaltyPoints(points=20, subledgerId="spare")
    assert sdk.management.deduct_loyalty_card_points(shop.cards_program_id, "HERS-1", sent) is None


def activate_loyalty_points(sdk: Sdk, shop: Furnished) -> None:
    """Points that wait for it."""
    sent = ActivateLoyaltyPoints(transactionUUIDs=[UUID(shop.waiting_points)])
    entries = sdk.integration.activate_loyalty_points(shop.program_id, sent).ledger_entries
    assert [(entry.amount, entry.sub_ledger_id) for entry in entries] == [(7, "waiting")]


def get_loyalty_card_balances(sdk: Sdk, shop: Furnished) -> None:
    """The main ledger of a card."""
    found = sdk.integration.get_loyalty_card_balances(shop.cards_program_id, "HERS-1", subledger_id=[""])
    assert (found.balance.active_points, found.profiles) == (50, [])


def get_loyalty_card_points(sdk: Sdk, shop: Furnished) -> None:
    """The unused points of the main ledger of a card."""
    points = sdk.integration.get_loyalty_card_points(
        shop.cards_program_id, "HERS-1", subledger_id=[""], sort="startDate"
    )
    assert [(each.amount, each.start_date, each.expiry_date) for each in points.data] == [
        (50, "immediate", "unlimited")
    ]


def get_loyalty_card_transactions(sdk: Sdk, shop: Furnished) -> None:
    """The log of the main ledger of a card."""
    log = sdk.integration.get_loyalty_card_transactions(shop.cards_program_id, "HERS-1", subledger_id=[""])
    assert [(entry.card_identifier, entry.type, entry.amount) for entry in log.data] == [("HERS-1", "addition", 50)]


def get_loyalty_program_profile_points(sdk: Sdk, shop: Furnished) -> None:
    """The unused points of the main ledger."""
    points = sdk.integration.get_loyalty_program_profile_points(shop.program_id, WHO, subledger_id="")
    assert [each.amount for each in points.data] == [100]


def link_loyalty_card_to_profile(sdk: Sdk, shop: Furnished) -> None:
    """The card gets a profile."""
    sent = LoyaltyCardRegistration(integrationId="linked")
    card = sdk.integration.link_loyalty_card_to_profile(shop.cards_program_id, "LINKED-1", sent)
    assert "linked" in [each.integration_id for each in card.profiles]


def unlink_loyalty_card_from_profile(sdk: Sdk, shop: Furnished) -> None:
    """The card loses a profile."""
    sent = LoyaltyCardRegistration(integrationId="doomed")
    card = sdk.integration.unlink_loyalty_card_from_profile(shop.cards_program_id, "LINKED-1", sent)
    assert "doomed" not in [each.integration_id for each in card.profiles]


def delete_loyalty_transactions_from_ledgers(sdk: Sdk, shop: Furnished) -> None:
    """What happened in a subledger."""
    sent = DeleteLoyaltyTransactionsRequest(scope="SelectedSubledgers", subledgerIds=["doomed"])
    assert sdk.integration.delete_loyalty_transactions_from_ledgers(shop.program_id, WHO, sent) is None


def get_loyalty_ledger_balances(sdk: Sdk, shop: Furnished) -> None:
    """The main ledger with its tier, for staff."""
    found = sdk.management.get_loyalty_ledger_balances(shop.program_id, WHO, include_tiers=True)
    assert (found.balance.active_points, found.balance.current_tier.name) == (100, "Gold")


def get_loyalty_program_profile_ledger_transactions(sdk: Sdk, shop: Furnished) -> None:
    """The log of the main ledger, for staff."""
    log = sdk.management.get_loyalty_program_profile_ledger_transactions(shop.program_id, WHO, subledger_id="")
    assert [(entry.type, entry.amount) for entry in log.data] == [("addition", 100)]


CALLS = {
    "getLoyaltyLedgerBalances": get_loyalty_ledger_balances,
    "getLoyaltyProgramProfileLedgerTransactions": get_loyalty_program_profile_ledger_transactions,
    "deleteLoyaltyTransactionsFromLedgers": delete_loyalty_transactions_from_ledgers,
    "linkLoyaltyCardToProfile": link_loyalty_card_to_profile,
    "unlinkLoyaltyCardFromProfile": unlink_loyalty_card_from_profile,
    "getLoyaltyCardBalances": get_loyalty_card_balances,
    "getLoyaltyCardPoints": get_loyalty_card_points,
    "getLoyaltyCardTransactions": get_loyalty_card_transactions,
    "getLoyaltyProgramProfilePoints": get_loyalty_program_profile_points,
    "activateLoyaltyPoints": activate_loyalty_points,
    "generateLoyaltyCard": generate_loyalty_card,
    "getLoyaltyCard": get_loyalty_card,
    "addLoyaltyCardPoints": add_loyalty_card_points,
    "deductLoyaltyCardPoints": deduct_loyalty_card_points,
    "getLoyaltyPrograms": get_loyalty_programs,
    "getLoyaltyProgram": get_loyalty_program,
    "getLoyaltyPoints": get_loyalty_points,
    "addLoyaltyPoints": add_loyalty_points,
    "removeLoyaltyPoints": remove_loyalty_points,
    "getLoyaltyBalances": get_loyalty_balances,
    "getLoyaltyProgramProfileTransactions": get_loyalty_program_profile_transactions,
}
