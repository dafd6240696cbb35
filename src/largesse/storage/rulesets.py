"""Rulesets as rows: versions of a campaign's rules, kept as the JSON they were sent in."""

from datetime import datetime

from msgspec import Struct

from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.listing import Listing, list_page

QUERIES = load_queries("largesse.storage", "rulesets.sql")


class CampaignKey(Struct, frozen=True):
    """Where a campaign is: its account, its Application, its id."""

    account_id: int
    application_id: int
    campaign_id: int


class RulesetSettings(Struct, frozen=True, kw_only=True):
    """What is written into a ruleset: its rules and bindings, each a JSON list as text; `structured` is the JSON object
    they came from, where they were not written as expressions."""

    rules: bytes
    bindings: bytes
    strikethrough_rules: bytes | None = None
    rb_version: str | None = None
    structured: bytes | None = None


class StoredRuleset(Struct, frozen=True, kw_only=True):
    """One version of a campaign's rules as it stands; `activated_at` is when it last came into force."""

    id: int
    campaign_id: int
    user_id: int
    created: datetime
    activated_at: datetime | None
    settings: RulesetSettings


async def create_ruleset(
    db: Transaction,
    campaign: CampaignKey,
    settings: RulesetSettings,
    user_id: int,
    now: datetime,
    *,
    activated_at: datetime | None,
) -> StoredRuleset:
    """Store a new ruleset. It comes into force through `campaigns.activate_ruleset`."""
    query = QUERIES["create_ruleset"]
    rows = await db.rows(query, *_key(campaign), now, user_id, *_columns(settings), activated_at)
    return _ruleset_of(rows[0])


async def find_ruleset(db: Transaction, campaign: CampaignKey, ruleset_id: int) -> StoredRuleset | None:
    """The campaign's ruleset with this id, or None."""
    row = await db.row(QUERIES["find_ruleset"], *_key(campaign), ruleset_id)
    return None if row is None else _ruleset_of(row)


async def list_rulesets(
    db: Transaction, campaign: CampaignKey, *, sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredRuleset]:
    """A page of the campaign's rulesets; `sort` is id, created or activatedAt, with a leading "-" for descending."""
    query = QUERIES["list_rulesets"]
    return await list_page(db, query, *_key(campaign), sort, page_size=page_size, skip=skip, read=_ruleset_of)


async def update_ruleset(
    db: Transaction,
    campaign: CampaignKey,
    ruleset_id: int,
    settings: RulesetSettings,
    *,
    activated_at: datetime | None,
) -> StoredRuleset | None:
    """Replace the rules of a ruleset; with `activated_at` it also came into force then. None when there is none."""
    row = await db.row(QUERIES["update_ruleset"], *_key(campaign), ruleset_id, *_columns(settings), activated_at)
    return None if row is None else _ruleset_of(row)


async def stamp_ruleset(db: Transaction, campaign: CampaignKey, ruleset_id: int, now: datetime) -> bool:
    """Note that a ruleset came into force; False when there is none."""
    return await db.run(QUERIES["stamp_ruleset"], *_key(campaign), ruleset_id, now) > 0


async def delete_ruleset(db: Transaction, campaign: CampaignKey, ruleset_id: int) -> bool:
    """Delete a ruleset; False when there is none."""
    return await db.run(QUERIES["delete_ruleset"], *_key(campaign), ruleset_id) > 0


def _key(campaign: CampaignKey) -> tuple[int, int, int]:
    return campaign.account_id, campaign.application_id, campaign.campaign_id


def _columns(settings: RulesetSettings) -> tuple[object, ...]:
    """The settings in the order of the columns in the statements that write them."""
    return (
        settings.rules,
        settings.strikethrough_rules,
        settings.bindings,
        settings.rb_version,
        settings.structured,
    )


def _ruleset_of(row: Record) -> StoredRuleset:
    return StoredRuleset(
        id=row["id"],
        campaign_id=row["campaign_id"],
        user_id=row["user_id"],
        created=row["created"],
        activated_at=row["activated_at"],
        settings=RulesetSettings(
            rules=row["rules"],
            strikethrough_rules=row["strikethrough_rules"],
            bindings=row["bindings"],
            rb_version=row["rb_version"],
            structured=row["structured"],
        ),
    )
