"""What an account has defined, read from plain data with the keys that requests use."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from largesse.engine.applications import Account
from largesse.engine.attributes import JSON, AttributeDefinition, AttributeDefinitions, normalise
from largesse.engine.codes.creations import CodeSource, CodeSources, code_source
from largesse.engine.customers.audiences import Audience
from largesse.engine.definitions import Definitions
from largesse.engine.formats.plain_achievements import plain_achievements
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.outgoing import custom_effects, webhooks
from largesse.engine.outgoing.custom_effects import CustomEffectDefinition
from largesse.engine.outgoing.webhooks import WebhookDefinition
from largesse.engine.rewards.giveaways import GiveawayPool
from largesse.engine.shopping.additional_costs import AdditionalCostDefinition, usable_in
from largesse.engine.shopping.cart_item_filters import CartItemFilter, expression_of
from largesse.engine.shopping.collections import CollectionDefinition, Memberships
from largesse.engine.shopping.set_contents import SetContents
from largesse.engine.shopping.value_maps import Mapped

Shape = TypeVar("Shape", bound=Struct)


def plain_definitions(plain: Mapping[str, JSON], application_id: int) -> Definitions:
    """The definitions in a shop's plain data: the `account`, `attributes`, `additionalCosts`, `audiences`,
    `loyaltyPrograms` and `giveawaysPools`, and the `achievements` of its campaigns, numbered where they have no id,
    whether there is a `catalog`, and what campaigns say of codes."""
    return Definitions(
        account=Account(normalise((plain.get("account") or {}).get("attributes") or {})),
        attributes=AttributeDefinitions(_all(plain, "attributes", AttributeDefinition), application_id),
        codes=_code_sources(plain),
        additional_costs=usable_in(application_id, _all(plain, "additionalCosts", AdditionalCostDefinition)),
        collections={each.id: each for each, _ in _collections(plain)},
        value_maps={campaign_id: campaign_id for campaign_id in _value_maps(plain)},
        contents=SetContents(
            Memberships(members={each.id: items for each, items in _collections(plain)}, is_complete=True),
            _value_maps(plain),
        ),
        cart_item_filters=tuple(
            CartItemFilter(each.get("id", number), each["name"], expression_of(each["expression"]))
            for number, each in enumerate(plain.get("cartItemFilters") or (), 1)
        ),
        audiences={audience.id: audience for audience in _all(plain, "audiences", Audience)},
        catalog_id=1 if plain.get("catalog") else None,
        loyalty_programs={program.name: program for program in _programs(plain, application_id)},
        giveaway_pools={pool.id: pool for pool in _all(plain, "giveawaysPools", GiveawayPool)},
        event_types=_event_types(plain),
        custom_effects=custom_effects.usable_in(application_id, _all(plain, "customEffects", CustomEffectDefinition)),
        webhooks=webhooks.usable_in(application_id, _all(plain, "webhooks", WebhookDefinition)),
        achievements=plain_achievements(plain.get("campaigns") or ()),
    )


def _code_sources(plain: Mapping[str, JSON]) -> CodeSources:
    application = plain.get("application") or {}
    campaigns: dict[int, CodeSource] = {
        campaign.get("id", number): code_source(
            campaign.get("couponSettings"),
            campaign.get("referralSettings"),
            normalise(campaign.get("couponAttributes") or {}),
        )
        for number, campaign in enumerate(plain.get("campaigns") or (), 1)
        if campaign.get("state") != "archived"
    }
    mandatory = ((application.get("attributesSettings") or {}).get("mandatory") or {}).get("coupons") or ()
    return CodeSources(campaigns, tuple(mandatory), application.get("caseSensitivity", "sensitive"))


def _event_types(plain: Mapping[str, JSON]) -> frozenset[str]:
    """The names of the event types, those among them that only attributes name."""
    named = [each["name"] for each in plain.get("eventTypes") or ()]
    return frozenset([*named, *(each["eventType"] for each in plain.get("attributes") or () if each.get("eventType"))])


def _collections(plain: Mapping[str, JSON]) -> Iterator[tuple[CollectionDefinition, frozenset[str]]]:
    """The collections of the account and of its campaigns, each with its items."""
    of_campaigns = ((number, each) for number, each in _campaigns(plain) for each in each.get("collections") or ())
    listed = [*((None, each) for each in plain.get("collections") or ()), *of_campaigns]
    for number, (campaign_id, each) in enumerate(listed, 1):
        definition = CollectionDefinition(each.get("id", number), each["name"], campaign_id)
        yield definition, frozenset(each.get("items") or ())


def _value_maps(plain: Mapping[str, JSON]) -> dict[int, Mapped]:
    """The values of each campaign that has a value map, whose id is the campaign's."""
    return {
        number: {sku: normalise(value) for sku, value in each["valueMap"].items()}
        for number, each in _campaigns(plain)
        if each.get("valueMap") is not None
    }


def _campaigns(plain: Mapping[str, JSON]) -> Iterator[tuple[int, Mapping[str, JSON]]]:
    """The campaigns with their ids."""
    for number, each in enumerate(plain.get("campaigns") or (), 1):
        yield each.get("id", number), each


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
