"""Stores and store budgets as callers write and see them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from largesse.engine.attributes import JSON
from largesse.engine.budgets import Period
from largesse.plumbing.http.codec import Omittable
from largesse.plumbing.http.paging import Paging
from largesse.storage.shopping.store_budgets import StoreAction, StoreBudget, StoreBudgetSummary, StorePeriod
from largesse.storage.shopping.stores import StoredStore

# The ceilings are published [MA UpdateStore, NewStore].
StoreName = Annotated[str, Meta(min_length=1, max_length=200)]
StoreIntegrationId = Annotated[str, Meta(min_length=1, max_length=1000, extra_json_schema={"format": "string"})]


class StoresPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of an Application's stores."""

    application_id: int


class StorePath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one store, whose id is published as text."""

    application_id: int
    store_id: str


class CampaignStoresPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of the stores of a campaign."""

    application_id: int
    campaign_id: int


class StoreQuery(Paging, frozen=True, kw_only=True, rename="camel"):
    """Which stores are wanted [MA listStores]."""

    with_total_result_size: bool = False
    campaign_id: Annotated[int, Meta(extra_json_schema={"type": "number"})] | None = None
    name: str | None = None
    integration_id: str | None = None
    query: str | None = None


class NewStore(Struct, frozen=True, kw_only=True, rename="camel"):
    """A store to create, or all that may change about one: its integration id stays as it was [MA NewStore]."""

    name: StoreName
    description: str
    attributes: Omittable[dict[str, JSON]] = UNSET
    integration_id: StoreIntegrationId


class Store(Struct, frozen=True, kw_only=True, rename="camel"):
    """A store [MA Store]."""

    id: int
    created: datetime
    application_id: int
    updated: datetime
    name: StoreName
    description: str
    attributes: dict[str, JSON] | UnsetType = UNSET
    integration_id: StoreIntegrationId
    linked_campaign_ids: list[int] | UnsetType = UNSET


class StorePage(Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of stores: counted if that was asked for, else it says whether another follows."""

    has_more: bool | UnsetType = UNSET
    total_result_size: int | UnsetType = UNSET
    data: Sequence[Store]


class StoreLimit(Struct, frozen=True, kw_only=True, rename="camel"):
    """What a campaign may spend in one store [MA NewCampaignStoreBudgetStoreLimit]."""

    store_id: int
    limit: Decimal


class NewStoreBudget(Struct, frozen=True, kw_only=True, rename="camel"):
    """Budgets of stores for one action, per period or, without one, for good [MA NewCampaignStoreBudget]."""

    action: StoreAction
    store_limits: list[StoreLimit]
    period: Omittable[Period] = UNSET


class StoreBudgetQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Which store budgets of a campaign are meant: all, unless an action or a period is named."""

    action: Literal["setDiscount"] | None = None
    period: Literal["overall", "daily", "weekly", "monthly", "yearly"] | None = None


class BudgetStore(Struct, frozen=True, kw_only=True, rename="camel"):
    """The store of a budget [MA ListCampaignStoreBudgetsStore]."""

    id: int
    integration_id: str
    name: str


class CampaignStoreBudget(Struct, frozen=True, kw_only=True, rename="camel"):
    """The budget of one store; its limit is published as a whole number [MA ListCampaignStoreBudgets]."""

    store: BudgetStore
    limit: int
    action: str
    period: str | UnsetType = UNSET


class StoreBudgets(Struct, frozen=True, kw_only=True, rename="camel"):
    """The store budgets of a campaign."""

    data: list[CampaignStoreBudget] | UnsetType = UNSET


class CampaignStoreBudgetSummary(Struct, frozen=True, kw_only=True, rename="camel"):
    """How many stores have budgets of one action and period [MA SummaryCampaignStoreBudget]."""

    action: Literal[
        "redeemCoupon",
        "redeemReferral",
        "setDiscount",
        "setDiscountEffect",
        "createCoupon",
        "createReferral",
        "createLoyaltyPoints",
        "redeemLoyaltyPoints",
        "customEffect",
        "createLoyaltyPointsEffect",
        "redeemLoyaltyPointsEffect",
        "callApi",
        "awardGiveaway",
        "addFreeItemEffect",
        "reserveCoupon",
    ]
    period: StorePeriod | UnsetType = UNSET
    store_count: int
    imported: bool


class StoreBudgetSummaries(Struct, frozen=True, kw_only=True, rename="camel"):
    """The store budgets of a campaign by action and period."""

    data: list[CampaignStoreBudgetSummary] | UnsetType = UNSET


def show_store(store: StoredStore) -> Store:
    """A stored store as callers see it."""
    return Store(
        id=store.id,
        created=store.created,
        application_id=store.application_id,
        updated=store.updated,
        name=store.settings.name,
        description=store.settings.description,
        attributes=store.settings.attributes,
        integration_id=store.integration_id,
        linked_campaign_ids=list(store.campaign_ids),
    )


def show_budget(budget: StoreBudget) -> CampaignStoreBudget:
    """A store budget as callers see it."""
    store = BudgetStore(id=budget.store_id, integration_id=budget.store_integration_id, name=budget.store_name)
    return CampaignStoreBudget(store=store, limit=int(budget.limit), action=budget.action, period=budget.period)


def show_summary(summary: StoreBudgetSummary) -> CampaignStoreBudgetSummary:
    """A summary of store budgets as callers see it."""
    return CampaignStoreBudgetSummary(
        action=summary.action, period=summary.period, store_count=summary.store_count, imported=summary.imported
    )
