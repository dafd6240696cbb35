"""What staff and shops call about loyalty programs. Each call leaves the points of the others alone."""

import pytest
from talon_one import AddLoyaltyPoints, DeductLoyaltyPoints

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk

WHO = "mia"


def get_loyalty_programs(sdk: Sdk, shop: Furnished) -> None:
    """All programs."""
    listed = sdk.management.get_loyalty_programs()
    assert [(program.id, program.name) for program in listed.data] == [(shop.program_id, "stars")]


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


CALLS = {
    "getLoyaltyPrograms": get_loyalty_programs,
    "getLoyaltyProgram": get_loyalty_program,
    "getLoyaltyPoints": get_loyalty_points,
    "addLoyaltyPoints": add_loyalty_points,
    "removeLoyaltyPoints": remove_loyalty_points,
    "getLoyaltyBalances": get_loyalty_balances,
    "getLoyaltyProgramProfileTransactions": get_loyalty_program_profile_transactions,
}
