"""Loyalty programs over HTTP: getLoyaltyPrograms, getLoyaltyProgram, and our own createLoyaltyProgram,
updateLoyaltyProgram and deleteLoyaltyProgram.
"""

from typing import Any

import pytest

from tests.support.api import Shop, pointers
from tests.support.loyalty import PROGRAM, make_program

pytestmark = pytest.mark.anyio

PATH = "/v1/loyalty_programs"
TIERS = [{"name": "Gold", "minPoints": 300.5}, {"name": "Bronze", "minPoints": 0}]
CARDS = {"cardBased": True, "usersPerCardLimit": 3}


async def test_a_program_is_created_read_changed_and_deleted(shop: Shop) -> None:
    program = await make_program(shop, tiers=TIERS)
    one = f"{PATH}/{program['id']}"
    assert program.items() >= (PROGRAM | {"description": "", "returnPolicy": "only_pending"}).items()
    assert [(tier["name"], tier["minPoints"]) for tier in program["tiers"]] == [("Bronze", 0), ("Gold", 300.5)]
    assert (program["canUpdateTiers"], program["canUpgradeToAdvancedTiers"]) == (True, True)
    assert (await shop.manage("GET", one)).json() == program
    assert (await shop.manage("GET", PATH)).json() == {"totalResultSize": 1, "data": [program]}

    change = {"title": "Suns", "returnPolicy": "unlimited", "tiers": [{"name": "Gold", "minPoints": 200}]}
    changed = await shop.manage("PUT", one, change)
    assert changed.status_code == 200, changed.text
    assert changed.json()["tiers"] == [program["tiers"][1] | {"minPoints": 200, "programTitle": "Suns"}]
    assert (changed.json()["title"], changed.json()["returnPolicy"]) == ("Suns", "unlimited")

    assert (await shop.manage("DELETE", one)).status_code == 204
    assert [(await shop.manage(method, one, {})).status_code for method in ("GET", "PUT", "DELETE")] == [404] * 3


async def test_a_name_is_taken_once(shop: Shop) -> None:
    await make_program(shop)
    again = await shop.manage("POST", PATH, PROGRAM)
    assert (again.status_code, pointers(again)) == (409, ["/name"])


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"title": ""}, "/title"),
        ({"timezone": "Mars/Base"}, "/timezone"),
        ({"defaultValidity": "5"}, "/defaultValidity"),
        ({"defaultValidity": "1Y_U"}, "/defaultValidity"),
        ({"defaultPending": "unlimited"}, "/defaultPending"),
        ({"subscribedApplications": [0]}, "/subscribedApplications/0"),
        ({"sandbox": True}, "/subscribedApplications/0"),
        ({"tiers": [TIERS[0], TIERS[0] | {"minPoints": 1}]}, "/tiers/1/name"),
        ({"tiers": [TIERS[0], TIERS[0] | {"name": "Other"}]}, "/tiers/1/minPoints"),
        ({"tiers": [{"name": "Low", "minPoints": -1}]}, "/tiers/0/minPoints"),
        ({"tiers": TIERS, "cardBased": True}, "/tiers"),
        ({"tiersExpireIn": "1Y", "tiersDowngradePolicy": "one_down"}, "/tiersExpirationPolicy"),
        ({"tiersExpirationPolicy": "tier_start_date"}, "/tiersExpireIn"),
        ({"tiersExpirationPolicy": "tier_start_date", "tiersExpireIn": "1Y"}, "/tiersDowngradePolicy"),
        (
            {"tiersExpirationPolicy": "tier_start_date", "tiersExpireIn": "0D", "tiersDowngradePolicy": "one_down"},
            "/tiersExpireIn",
        ),
        (
            {"tiersExpirationPolicy": "absolute_expiration", "tiersExpireIn": "1Y", "tiersDowngradePolicy": "one_down"},
            "/tierCycleStartDate",
        ),
        (
            {"tiersExpirationPolicy": "customer_attribute", "tiersExpireIn": "1Y", "tiersDowngradePolicy": "one_down"},
            "/tiersExpirationPolicy",
        ),
        ({"cardCodeSettings": {"couponPattern": "CARD-###", "validCharacters": ["A"]}}, "/cardCodeSettings"),
        (
            CARDS | {"cardCodeSettings": {"couponPattern": "CARD-###", "validCharacters": []}},
            "/cardCodeSettings/validCharacters",
        ),
        ({"returnPolicy": "never"}, "/returnPolicy"),
    ],
)
async def test_wrong_settings_are_refused_with_their_place(shop: Shop, change: dict[str, Any], pointer: str) -> None:
    body = PROGRAM | {"subscribedApplications": [shop.application_id]} | change
    refused = await shop.manage("POST", PATH, body)
    assert (refused.status_code, pointers(refused)) == (400, [pointer]), refused.text


async def test_what_points_rely_on_is_locked_once_there_are_points(shop: Shop) -> None:
    program = await make_program(shop, tiers=TIERS)
    one = f"{PATH}/{program['id']}"
    await shop.integrate("PUT", "/v2/customer_sessions/s", {"customerSession": {"profileId": "ann"}})
    added = await shop.manage("PUT", f"{one}/profile/ann/add_points", {"points": 5})
    assert added.status_code == 204, added.text
    assert (await shop.manage("GET", one)).json()["canUpdateTiers"] is False
    refused = await shop.manage("PUT", one, {"tiers": [], "allowSubledger": False, "title": "Suns"})
    assert (refused.status_code, sorted(pointers(refused))) == (400, ["/allowSubledger", "/tiers"])
    assert (await shop.manage("PUT", one, {"title": "Suns", "tiers": TIERS})).status_code == 200


async def test_another_account_has_nothing_to_do_with_it(shop: Shop, other_shop: Shop) -> None:
    one = f"{PATH}/{(await make_program(shop))['id']}"
    assert [(await other_shop.manage(method, one, {})).status_code for method in ("GET", "PUT", "DELETE")] == [404] * 3
    assert (await other_shop.manage("GET", PATH)).json() == {"totalResultSize": 0, "data": []}
