"""The loyalty cards of a shop, read from plain data with the keys that requests use."""

from collections.abc import Mapping, Sequence

from largesse.engine.attributes import JSON
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.loyalty.cards import LoyaltyCard


def plain_cards(plain: Mapping[str, JSON]) -> dict[str, LoyaltyCard]:
    """The `cards` of the shop's loyalty programs by identifier, each as GenerateLoyaltyCard with its identifier, and
    with `attributes`."""
    found: dict[str, LoyaltyCard] = {}
    programs: Sequence[Mapping[str, JSON]] = plain.get("loyaltyPrograms") or ()
    for number, program in enumerate(programs, 1):
        for each in program.get("cards") or ():
            card = {
                "id": len(found) + 1,
                "programId": program.get("id", number),
                "identifier": each["cardIdentifier"],
                "status": each.get("status", "active"),
                "created": "1970-01-01T00:00:00Z",
                "profiles": each.get("customerProfileIds") or (),
                "attributes": each.get("attributes") or {},
            }
            found[each["cardIdentifier"]] = from_plain(card, LoyaltyCard)
    return found
