"""Store budgets as rows: what a campaign may spend in each store. What it has spent stands among its other counters."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from largesse.plumbing.database import Transaction, UniqueViolation, load_queries
from largesse.storage.rulesets import CampaignKey

QUERIES = load_queries("largesse.storage.shopping", "store_budgets.sql")

StoreAction = Literal["setDiscount"]
StorePeriod = Literal["overall", "daily", "weekly", "monthly", "yearly"]


class StoreBudget(Struct, frozen=True):
    """What a campaign may do in one store, per period."""

    store_id: int
    store_integration_id: str
    store_name: str
    action: StoreAction
    period: StorePeriod
    limit: Decimal


class StoreBudgetSummary(Struct, frozen=True):
    """For how many stores there are budgets of one action and period, and whether they came in a file."""

    action: StoreAction
    period: StorePeriod
    store_count: int
    imported: bool


class StoreBudgetTaken(Exception):  # noqa: N818 - it says what is so
    """One of the stores has a budget for this action and period already."""


async def store_budgets(
    db: Transaction, campaign: CampaignKey, action: StoreAction | None = None, period: StorePeriod | None = None
) -> list[StoreBudget]:
    """The campaign's store budgets, those of one action or period if it is named."""
    rows = await db.rows(QUERIES["store_budgets"], *_place(campaign), action, period)
    return [
        StoreBudget(row["store_id"], row["integration_id"], row["name"], row["action"], row["period"], row["upto"])
        for row in rows
    ]


async def add_store_budgets(
    db: Transaction,
    campaign: CampaignKey,
    action: StoreAction,
    period: StorePeriod,
    limits: Mapping[int, Decimal],
    *,
    imported: bool = False,
) -> None:
    """Give stores, by id, a budget for an action and a period. Raises `StoreBudgetTaken`."""
    arguments = (action, period, list(limits.keys()), list(limits.values()), imported)
    try:
        await db.run(QUERIES["add_store_budgets"], *_place(campaign), *arguments)
    except UniqueViolation as violation:
        raise StoreBudgetTaken from violation


async def delete_store_budgets(
    db: Transaction, campaign: CampaignKey, action: StoreAction | None = None, period: StorePeriod | None = None
) -> None:
    """Let the campaign spend in its stores what its other budgets allow; what it has spent stays counted."""
    await db.run(QUERIES["delete_store_budgets"], *_place(campaign), action, period)


async def summarize_store_budgets(db: Transaction, campaign: CampaignKey) -> list[StoreBudgetSummary]:
    """The campaign's store budgets by action and period."""
    rows = await db.rows(QUERIES["summarize_store_budgets"], *_place(campaign))
    return [StoreBudgetSummary(row["action"], row["period"], row["store_count"], row["imported"]) for row in rows]


def _place(campaign: CampaignKey) -> tuple[int, int, int]:
    return (campaign.account_id, campaign.application_id, campaign.campaign_id)
