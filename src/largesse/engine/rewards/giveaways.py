"""Giveaways: codes of a pool that rules award, each to one customer and never again.

Source: semantics, section 18.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.language import Call, Literal, Ruleset
from largesse.language.syntax import walk

AWARD = "awardGiveaway"
# Nothing is published; every giveaway is a code that must be read before it may be awarded, so there must be an end.
AWARDS_PER_POOL_MAX = 100


class GiveawayPool(Struct, frozen=True):
    """A pool that an Application may award giveaways of."""

    id: int
    name: str


class Giveaway(Struct, frozen=True):
    """A giveaway that nobody has; `start_date` and `end_date` say when it may be awarded, not how long its code is
    good."""

    id: int
    pool_id: int
    code: str
    created: datetime
    start_date: datetime | None = None
    end_date: datetime | None = None
    attributes: dict[str, JSON] = {}


class WantedGiveaways(Struct, frozen=True):
    """How many giveaways of which pools must be known, as of when; `taking`: they would be awarded for good."""

    awards: tuple[tuple[int, int], ...]
    now: datetime
    taking: bool


class AwardGiveaway(Struct, frozen=True, tag=True):
    """Change: a giveaway is a customer's from now on, refused where it is somebody's already. Never rolled back."""

    pool_id: int
    giveaway_id: int
    profile_id: str


def may_be_awarded(giveaway: Giveaway, now: datetime) -> bool:
    """Whether this is the time for a giveaway."""
    start, end = giveaway.start_date, giveaway.end_date
    return (start is None or start <= now) and (end is None or now < end)


def awards_of(ruleset: Ruleset) -> Mapping[int, int]:
    """The pools that one run of a ruleset may award giveaways of, each with how many times it is asked to.

    Pools are always written out, so that this is known before any rule runs.
    """
    awards: dict[int, int] = {}
    for rule in ruleset.rules:
        if AWARD.lower() in rule.functions:
            for node in (*(condition.node for condition in rule.conditions), *rule.effects):
                for each in walk(node):
                    match each:
                        case Call(name, (Literal(Decimal() as pool_id), *_)) if name.lower() == AWARD.lower():
                            awards[int(pool_id)] = awards.get(int(pool_id), 0) + 1
                        case _:
                            pass
    return awards


def together(awards: Iterable[tuple[Mapping[int, int], int]]) -> tuple[tuple[int, int], ...]:
    """How many giveaways of each pool may be awarded in all, given those of some rulesets and how often each is run."""
    wanted: dict[int, int] = {}
    for each, times in awards:
        for pool_id, count in each.items():
            wanted[pool_id] = min(AWARDS_PER_POOL_MAX, wanted.get(pool_id, 0) + count * times)
    return tuple(sorted(wanted.items()))
