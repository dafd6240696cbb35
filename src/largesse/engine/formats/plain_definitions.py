"""What an account has defined, read from plain data with the keys that requests use."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from largesse.engine.attributes import JSON, AttributeDefinition, AttributeDefinitions
from largesse.engine.customers.audiences import Audience
from largesse.engine.definitions import Definitions
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.rewards.giveaways import GiveawayPool
from largesse.engine.shopping.additional_costs import AdditionalCostDefinition, usable_in
from largesse.engine.shopping.cart_item_filters import CartItemFilter, expression_of

Shape = TypeVar("Shape", bound=Struct)


def plain_definitions(plain: Mapping[str, JSON], application_id: int) -> Definitions:
    """The definitions in a shop's plain data: `attributes`, `additionalCosts`, `audiences`, `loyaltyPrograms` and
    `giveawaysPools`, numbered where they have no id, and whether there is a `catalog`."""
    return Definitions(
        attributes=AttributeDefinitions(_all(plain, "attributes", AttributeDefinition), application_id),
        additional_costs=usable_in(application_id, _all(plain, "additionalCosts", AdditionalCostDefinition)),
        cart_item_filters=tuple(
            CartItemFilter(each.get("id", number), each["name"], expression_of(each["expression"]))
            for number, each in enumerate(plain.get("cartItemFilters") or (), 1)
        ),
        audiences={audience.id: audience for audience in _all(plain, "audiences", Audience)},
        catalog_id=1 if plain.get("catalog") else None,
        loyalty_programs={program.name: program for program in _programs(plain, application_id)},
        giveaway_pools={pool.id: pool for pool in _all(plain, "giveawaysPools", GiveawayPool)},
        event_types=_event_types(plain),
    )


def _event_types(plain: Mapping[str, JSON]) -> frozenset[str]:
    """The names of the event types, those among them that only attributes name."""
    named = [each["name"] for each in plain.get("eventTypes") or ()]
    return frozenset([*named, *(each["eventType"] for each in plain.get("attributes") or () if each.get("eventType"))])


def _all(plain: Mapping[str, JSON], key: str, shape: type[Shape]) -> list[Shape]:
    listed: Sequence[Mapping[str, JSON]] = plain.get(key) or ()
    return [from_plain({"id": number, **each}, shape) for number, each in enumerate(listed, 1)]


def _programs(plain: Mapping[str, JSON], application_id: int) -> Iterator[LoyaltyProgram]:
    """The loyalty programs with their tiers in order, each tier with an id of its own."""
    listed: Sequence[Mapping[str, JSON]] = plain.get("loyaltyPrograms") or ()
    tier_id = 0
    for number, each in enumerate(listed, 1):
        tiers = sorted(each.get("tiers") or (), key=lambda tier: tier["minPoints"])
        numbered = [
            {"id": tier_id + place, "name": tier["name"], "pointsMin": tier["minPoints"]}
            for place, tier in enumerate(tiers, 1)
        ]
        tier_id += len(tiers)
        given = {"id": number, "subscribedApplications": [application_id], **each, "tiers": numbered}
        yield from_plain(given, LoyaltyProgram)
