"""Times compared by the moment and, `timezoneInsensitive`, by what the clock on the wall shows in the zone of each: the
same table on the engine alone and over HTTP."""

from datetime import UTC, datetime
from typing import Any

import pytest

import largesse
from largesse.plumbing.database import Database
from tests.support.api import open_door, open_shop
from tests.support.blocks import Plain, numbered

pytestmark = pytest.mark.anyio

OPENING, CLOSING = "2026-05-01T09:00:00+02:00", "2026-05-01T17:00:00+02:00"
HOURS = {"start": OPENING, "end": CLOSING}
# Half past eight in three zones; and nine, which is the opening or not.
EARLY = {
    "early": "2026-05-01T08:30:00Z",
    "east": "2026-05-01T08:30:00+09:00",
    "west": "2026-05-01T08:30:00-05:00",
}
NINE = {"at": "2026-05-01T09:00:00+02:00", "elsewhere": "2026-05-01T09:00:00-05:00", "utc": "2026-05-01T07:00:00Z"}
TIMES = EARLY | NINE | {"late": "2026-05-01T23:59:59+14:00", "odd": "2026-05-01T16:59:59.999999+05:45"}

# (operator, fields, for which of TIMES it holds by the moment, for which by the clock)
CHECKS: list[tuple[str, Plain, set[str], set[str]]] = [
    ("before", {"value": OPENING}, {"east"}, {"early", "east", "west", "utc"}),
    ("after", {"value": OPENING}, {"early", "west", "elsewhere", "late", "odd"}, {"late", "odd"}),
    ("within", HOURS, {"early", "west", "at", "elsewhere", "utc", "late", "odd"}, {"at", "elsewhere", "odd"}),
    ("not(within)", HOURS, {"east"}, {"early", "east", "west", "utc", "late"}),
    (
        "within",
        HOURS | {"startInclusive": False},
        {"early", "west", "elsewhere", "late", "odd"},
        {"odd"},
    ),
    (
        "within",
        {"start": "2026-04-30T00:00:00Z", "end": "2026-05-01T08:30:00+01:00", "endInclusive": False},
        {"east", "at", "utc"},
        {"utc"},
    ),
]


def rules() -> dict[str, list[Plain]]:
    """Rules by title: each check of each time, with the flag, without a word of it, and with it off."""
    made: dict[str, list[Plain]] = {}
    for number, (operator, fields, _, _) in enumerate(CHECKS):
        for flag in ({}, {"timezoneInsensitive": False}, {"timezoneInsensitive": True}):
            for name in TIMES:
                title = f"{number} {flag.get('timezoneInsensitive')} {name}"
                attribute = f"$Session.Attributes.{name}"
                check = {"type": "checkAttribute", "operator": operator, "attribute": attribute} | fields | flag
                made[title] = [check, {"type": "showNotification", "notificationType": "Info", "title": title}]
    return made


def expected() -> list[str]:
    """The titles of the rules that fire."""
    return [
        f"{number} {flag} {name}"
        for number, (_, _, by_moment, by_clock) in enumerate(CHECKS)
        for flag, holding in ((None, by_moment), (False, by_moment), (True, by_clock))
        for name in TIMES
        if name in holding
    ]


def written() -> list[Plain]:
    """The rules as a caller writes them."""
    return [{"title": title, "blocks": numbered(blocks)} for title, blocks in rules().items()]


ATTRIBUTES = [
    {"entity": "CustomerSession", "name": name, "title": name, "type": "time", "description": ""} for name in TIMES
]


def test_times_on_the_engine() -> None:
    shop = largesse.load({"attributes": ATTRIBUTES, "campaigns": [{"ruleset": {"promotionRules": written()}}]})
    effects: list[Any] = list(shop.evaluate({"attributes": TIMES}, now=datetime(2026, 5, 1, tzinfo=UTC)).effects)
    assert [effect.props.title for effect in effects] == expected()


async def test_times_over_http(database: Database, database_url: str) -> None:
    async with open_door(database_url) as client:
        shop = await open_shop(client, database)
        for attribute in ATTRIBUTES:
            await shop.create("/v1/attributes", attribute | {"suggestions": [], "editable": True})
        campaign = await shop.campaign()
        path = f"{shop.path}/campaigns/{campaign['id']}/rulesets".replace("/v1/", "/v2/")
        await shop.create(path, {"promotionRules": written()})
        answer = await shop.integrate("PUT", "/v2/customer_sessions/one", {"customerSession": {"attributes": TIMES}})
        assert answer.status_code == 200, answer.text
        # A second look reads what was stored: the zones are still there.
        again = await shop.integrate("PUT", "/v2/customer_sessions/one", {"customerSession": {}})
    for each in (answer, again):
        assert [effect["props"]["title"] for effect in each.json()["effects"]] == expected()
