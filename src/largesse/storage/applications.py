"""Applications as rows: the shops of an account and their settings."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from largesse.engine.applications import CaseSensitivity, DiscountScope, ItemDiscountScope
from largesse.engine.attributes import JSON
from largesse.engine.budgets import Limit
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.storage.listing import Listing, list_page
from largesse.storage.values import attributes_of, limits_of

QUERIES = load_queries("largesse.storage", "applications.sql")


class ApplicationSettings(Struct, frozen=True, kw_only=True):
    """What its owner decides about an Application; the defaults are those of a new one.

    `limits` are where a new campaign's limits start, and new campaigns go to the default evaluation group (None: the
    base group). The mandatory attributes are names without which a campaign or a coupon is refused. Another case
    sensitivity does not rewrite the codes that are stored: those of the other case can then only be found in the case
    they were stored in. Source: semantics, sections 1 and 11.
    """

    name: str
    timezone: str
    currency: str
    description: str = ""
    case_sensitivity: CaseSensitivity = "insensitive-uppercase"
    attributes: dict[str, JSON] = {}
    limits: tuple[Limit, ...] = ()
    default_discount_scope: DiscountScope = "sessionTotal"
    enable_cascading_discounts: bool = False
    enable_flattened_cart_items: bool = True
    mandatory_campaign_attributes: tuple[str, ...] = ()
    mandatory_coupon_attributes: tuple[str, ...] = ()
    sandbox: bool = False
    enable_partial_discounts: bool = False
    default_discount_additional_cost_per_item_scope: ItemDiscountScope = "price"
    enable_best_prior_price: bool = False
    default_evaluation_group_id: int | None = None
    default_cart_item_filter_id: int | None = None


class StoredApplication(Struct, frozen=True, kw_only=True):
    """An Application as it stands."""

    id: int
    account_id: int
    created: datetime
    modified: datetime
    base_group_id: int
    settings: ApplicationSettings


async def create_application(
    db: Transaction, account_id: int, settings: ApplicationSettings, now: datetime
) -> StoredApplication:
    """Store a new Application."""
    rows = await db.rows(QUERIES["create_application"], account_id, now, *_columns(settings))
    application = await find_application(db, account_id, rows[0]["id"])
    assert application is not None  # noqa: S101 - it was created two statements ago
    return application


async def find_application(db: Transaction, account_id: int, application_id: int) -> StoredApplication | None:
    """The account's Application with this id, or None."""
    row = await db.row(QUERIES["find_application"], account_id, application_id)
    return None if row is None else _application_of(row)


async def list_applications(
    db: Transaction, account_id: int, *, ids: Iterable[int] = (), sort: str = "id", page_size: int, skip: int = 0
) -> Listing[StoredApplication]:
    """A page of the account's Applications: those with these ids, or all where none is named.

    `sort` is id, name, created or modified, with a leading "-" for descending.
    """
    query = QUERIES["list_applications"]
    return await list_page(db, query, account_id, list(ids), sort, page_size=page_size, skip=skip, read=_application_of)


async def update_application(
    db: Transaction, account_id: int, application_id: int, settings: ApplicationSettings, now: datetime
) -> StoredApplication | None:
    """Replace the settings of an Application; None when there is none."""
    await db.run(QUERIES["update_application"], account_id, application_id, now, *_columns(settings))
    return await find_application(db, account_id, application_id)


async def delete_application(db: Transaction, account_id: int, application_id: int) -> bool:
    """Delete an Application with what belongs to it: campaigns, rulesets, coupons, counters, sessions, events, keys.

    Profiles stay, they belong to the account. False when there is no such Application.
    """
    return await db.run(QUERIES["delete_application"], account_id, application_id) > 0


def _columns(settings: ApplicationSettings) -> tuple[object, ...]:
    """The settings in the order of the columns in the statements that write them."""
    mandatory = {
        "campaigns": settings.mandatory_campaign_attributes,
        "coupons": settings.mandatory_coupon_attributes,
    }
    return (
        settings.name,
        settings.description,
        settings.timezone,
        settings.currency,
        settings.case_sensitivity,
        settings.attributes,
        settings.limits,
        settings.default_discount_scope,
        settings.default_discount_additional_cost_per_item_scope,
        settings.enable_cascading_discounts,
        settings.enable_flattened_cart_items,
        settings.enable_partial_discounts,
        {"mandatory": mandatory},
        {"enableBestPriorPrice": settings.enable_best_prior_price},
        settings.sandbox,
        settings.default_evaluation_group_id,
        settings.default_cart_item_filter_id,
    )


def _application_of(row: Record) -> StoredApplication:
    mandatory = (row["attributes_settings"] or {}).get("mandatory", {})
    return StoredApplication(
        id=row["id"],
        account_id=row["account_id"],
        created=row["created"],
        modified=row["modified"],
        base_group_id=row["base_group_id"],
        settings=ApplicationSettings(
            name=row["name"],
            description=row["description"],
            timezone=row["timezone"],
            currency=row["currency"],
            case_sensitivity=row["case_sensitivity"],
            attributes=attributes_of(row["attributes"]),
            limits=limits_of(row["limits"]),
            default_discount_scope=row["default_discount_scope"],
            default_discount_additional_cost_per_item_scope=row["default_discount_additional_cost_per_item_scope"],
            enable_cascading_discounts=row["enable_cascading_discounts"],
            enable_flattened_cart_items=row["enable_flattened_cart_items"],
            enable_partial_discounts=row["enable_partial_discounts"],
            mandatory_campaign_attributes=tuple(mandatory.get("campaigns", ())),
            mandatory_coupon_attributes=tuple(mandatory.get("coupons", ())),
            enable_best_prior_price=(row["best_prior_price_settings"] or {}).get("enableBestPriorPrice", False),
            sandbox=row["sandbox"],
            default_evaluation_group_id=row["default_evaluation_group_id"],
            default_cart_item_filter_id=row["default_cart_item_filter_id"],
        ),
    )
