"""One loyalty card that a crowd wants to be linked to: it is linked to as many profiles as its program allows."""

import asyncio
from collections import Counter

import pytest

from tests.support.api import Shop
from tests.support.loyalty import make_program

pytestmark = pytest.mark.anyio

CROWD = 32
LIMIT = 5


async def test_a_card_is_linked_to_as_many_profiles_as_its_program_allows(shop: Shop) -> None:
    program = await make_program(shop, name="cards", cardBased=True, usersPerCardLimit=LIMIT)
    cards = f"/loyalty_programs/{program['id']}/cards"
    assert (await shop.integrate("POST", f"/v1{cards}", {"cardIdentifier": "ANNS-1"})).status_code == 200

    async def ask(way: str, name: str) -> int:
        answer = await shop.integrate("POST", f"/v2{cards}/ANNS-1/{way}", {"integrationId": name})
        return answer.status_code

    async def linked() -> list[str]:
        card = (await shop.manage("GET", f"/v1{cards}/ANNS-1")).json()
        return [each["integrationId"] for each in card["profiles"]]

    statuses = await asyncio.gather(*(ask("link_profile", f"p{number}") for number in range(CROWD)))
    assert Counter(statuses) == {200: LIMIT, 400: CROWD - LIMIT}
    first = await linked()
    assert len(first) == LIMIT
    ways = [("unlink_profile", name) for name in first] + [("link_profile", f"q{number}") for number in range(CROWD)]
    statuses = await asyncio.gather(*(ask(*way) for way in ways))
    assert len(await linked()) == statuses[LIMIT:].count(200) <= LIMIT == statuses[:LIMIT].count(200)
