"""Campaigns as rows: their settings, what is used of their budgets, and which ruleset is in force."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from largesse.engine.attributes import JSON, normalise
from largesse.engine.budgets import Limit
from largesse.engine.campaigns import CampaignState, CampaignType, FrontendState
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.listing import Listing, list_page
from largesse.storage.values import attributes_of, limits_of

QUERIES = load_queries("largesse.storage", "campaigns.sql")


class Author(Struct, frozen=True):
    """Who creates or changes something: the user's id, and the name to show."""

    user_id: int
    name: str = ""


class CampaignSettings(Struct, frozen=True, kw_only=True):
    """What its owner decides about a campaign.

    `coupon_settings` and `referral_settings` are kept as they are on the wire, None where there are none, and
    `coupon_attributes` are those of every coupon of the campaign. Source: semantics, section 24.
    """

    name: str
    description: str = ""
    start_time: datetime | None = None
    end_time: datetime | None = None
    attributes: dict[str, JSON] = {}
    state: CampaignState = "enabled"
    tags: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    coupon_settings: JSON = None
    referral_settings: JSON = None
    limits: tuple[Limit, ...] = ()
    type: CampaignType = "advanced"
    coupon_attributes: dict[str, JSON] = {}
    reevaluate_on_return: bool = False


class StoredCampaign(Struct, frozen=True, kw_only=True):
    """A campaign as it stands; `used` holds the counters of its overall budgets by action.

    `linked_store_ids` is empty where the stores it is linked to were imported: those may be thousands.
    """

    id: int
    application_id: int
    user_id: int
    created: datetime
    updated: datetime | None
    created_by: str
    updated_by: str
    active_ruleset_id: int | None
    campaign_groups: tuple[int, ...]
    linked_store_ids: tuple[int, ...]
    stores_imported: bool
    template_id: int | None
    evaluation_group_id: int | None
    used: Mapping[str, Decimal]
    settings: CampaignSettings


class RunningCampaign(Struct, frozen=True, kw_only=True):
    """What shops are told of a campaign that is running, with the titles of its rules; `audience_ids` are those its
    rules ask for."""

    id: int
    name: str
    description: str
    start_time: datetime | None
    end_time: datetime | None
    attributes: dict[str, JSON]
    tags: tuple[str, ...]
    features: tuple[str, ...]
    linked_store_ids: tuple[int, ...]
    rule_titles: tuple[str, ...]
    audience_ids: tuple[int, ...]


class RunningFilter(Struct, frozen=True, kw_only=True):
    """Which running campaigns are wanted; None where it does not matter. Times are inclusive."""

    campaign_ids: tuple[int, ...] | None = None
    start_after: datetime | None = None
    start_before: datetime | None = None
    end_after: datetime | None = None
    end_before: datetime | None = None
    store_id: int | None = None
    audience_id: int | None = None


class CampaignFilter(Struct, frozen=True, kw_only=True):
    """Which campaigns are wanted; None where it does not matter.

    `name` is contained in the campaign's, `tags` are equal to one of them, both whatever the case, and either is
    enough. Times are inclusive. `state` is what a marketer is shown, and "enabled" stands for scheduled, running and
    expired ones alike. Source: semantics, sections 2.7 and 24.
    """

    state: FrontendState | CampaignState | None = None
    name: str | None = None
    tags: tuple[str, ...] | None = None
    created_before: datetime | None = None
    created_after: datetime | None = None
    start_before: datetime | None = None
    start_after: datetime | None = None
    end_before: datetime | None = None
    end_after: datetime | None = None
    campaign_group_id: int | None = None
    template_id: int | None = None
    store_id: int | None = None


async def create_campaign(
    db: Transaction,
    account_id: int,
    application_id: int,
    settings: CampaignSettings,
    author: Author,
    now: datetime,
    *,
    group_id: int | None = None,
    position: int = 0,
) -> int:
    """Store a new campaign at its place in an evaluation group (None: the base group); its id."""
    where = (group_id, position)
    created_by = (now, author.user_id, author.name)
    query = QUERIES["create_campaign"]
    rows = await db.rows(query, account_id, application_id, *created_by, *_columns(settings), *where)
    campaign_id: int = rows[0]["id"]
    return campaign_id


async def find_campaign(
    db: Transaction, account_id: int, application_id: int, campaign_id: int
) -> StoredCampaign | None:
    """The Application's campaign with this id, or None."""
    row = await db.row(QUERIES["find_campaign"], account_id, application_id, campaign_id)
    return None if row is None else _campaign_of(row)


async def find_campaigns(
    db: Transaction, account_id: int, application_id: int, campaign_ids: Sequence[int]
) -> list[StoredCampaign]:
    """The Application's campaigns with these ids, in their order; those that are gone are left out."""
    if not campaign_ids:
        return []
    rows = await db.rows(QUERIES["find_campaigns"], account_id, application_id, list(campaign_ids))
    return [_campaign_of(row) for row in rows]


async def list_campaigns(
    db: Transaction,
    account_id: int,
    application_id: int,
    wanted: CampaignFilter,
    now: datetime,
    *,
    sort: str = "id",
    page_size: int,
    skip: int = 0,
) -> Listing[StoredCampaign]:
    """A page of the Application's campaigns that pass the filter.

    `sort` is id, name, state, created, updated, startTime or endTime, with a leading "-" for descending.
    """
    filters = (
        wanted.state,
        wanted.name,
        None if wanted.tags is None else list(wanted.tags),
        wanted.created_before,
        wanted.created_after,
        wanted.start_before,
        wanted.start_after,
        wanted.end_before,
        wanted.end_after,
        wanted.campaign_group_id,
        wanted.template_id,
        wanted.store_id,
    )
    arguments = (account_id, application_id, now, *filters, sort)
    query = QUERIES["list_campaigns"]
    return await list_page(db, query, *arguments, page_size=page_size, skip=skip, read=_campaign_of)


async def list_running(
    db: Transaction,
    account_id: int,
    application_id: int,
    wanted: RunningFilter,
    now: datetime,
    *,
    limit: int,
    skip: int,
) -> list[RunningCampaign]:
    """At most `limit` of the Application's running campaigns that pass the filter, by id, without the first `skip`."""
    arguments = (
        None if wanted.campaign_ids is None else list(wanted.campaign_ids),
        wanted.start_after,
        wanted.start_before,
        wanted.end_after,
        wanted.end_before,
        wanted.store_id,
        wanted.audience_id,
    )
    rows = await db.rows(QUERIES["list_running"], account_id, application_id, now, *arguments, limit, skip)
    return [_running_of(row) for row in rows]


async def update_campaign(
    db: Transaction,
    account_id: int,
    application_id: int,
    campaign_id: int,
    settings: CampaignSettings,
    author: Author,
    now: datetime,
) -> None:
    """Replace the settings of a campaign. Raises `Conflict` when it is gone."""
    query = QUERIES["update_campaign"]
    await db.run_guarded(query, account_id, application_id, campaign_id, now, author.name, *_columns(settings))


async def activate_ruleset(
    db: Transaction, account_id: int, application_id: int, campaign_id: int, ruleset_id: int | None
) -> None:
    """Let another ruleset decide, or none. Raises `Conflict` when the campaign is gone."""
    await db.run_guarded(QUERIES["activate_ruleset"], account_id, application_id, campaign_id, ruleset_id)


async def delete_campaign(db: Transaction, account_id: int, application_id: int, campaign_id: int) -> bool:
    """Delete a campaign with its rulesets, coupons (with their reservations and redemptions) and budget counters.

    Effects that it gave stay in the sessions they belong to. False when there is no such campaign.
    """
    return await db.run(QUERIES["delete_campaign"], account_id, application_id, campaign_id) > 0


def _columns(settings: CampaignSettings) -> tuple[object, ...]:
    """The settings in the order of the columns in the statements that write them."""
    return (
        settings.name,
        settings.description,
        settings.start_time,
        settings.end_time,
        settings.attributes,
        settings.state,
        list(settings.tags),
        list(settings.features),
        settings.coupon_settings,
        settings.referral_settings,
        settings.limits,
        settings.type,
        settings.coupon_attributes,
        settings.reevaluate_on_return,
    )


def _running_of(row: Record) -> RunningCampaign:
    return RunningCampaign(
        id=row["id"],
        name=row["name"],
        description=row["description"],
        start_time=row["start_time"],
        end_time=row["end_time"],
        attributes=attributes_of(row["attributes"]),
        tags=tuple(row["tags"]),
        features=tuple(row["features"]),
        linked_store_ids=tuple(row["linked_store_ids"]),
        rule_titles=tuple(row["rule_titles"]),
        audience_ids=tuple(row["audience_ids"]),
    )


def _campaign_of(row: Record) -> StoredCampaign:
    return StoredCampaign(
        id=row["id"],
        application_id=row["application_id"],
        user_id=row["user_id"],
        created=row["created"],
        updated=row["updated"],
        created_by=row["created_by"],
        updated_by=row["updated_by"],
        active_ruleset_id=row["active_ruleset_id"],
        campaign_groups=tuple(row["campaign_groups"]),
        linked_store_ids=tuple(row["linked_store_ids"]),
        stores_imported=row["stores_imported"],
        template_id=row["template_id"],
        evaluation_group_id=row["evaluation_group_id"],
        used=normalise(row["used"] or {}),
        settings=CampaignSettings(
            name=row["name"],
            description=row["description"],
            start_time=row["start_time"],
            end_time=row["end_time"],
            attributes=attributes_of(row["attributes"]),
            state=row["state"],
            tags=tuple(row["tags"]),
            features=tuple(row["features"]),
            coupon_settings=row["coupon_settings"],
            referral_settings=row["referral_settings"],
            limits=limits_of(row["limits"]),
            type=row["type"],
            coupon_attributes=attributes_of(row["coupon_attributes"] or {}),
            reevaluate_on_return=row["reevaluate_on_return"],
        ),
    )
