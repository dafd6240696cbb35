"""What callers send to create or change an Application, and how a stored one is shown."""

from collections.abc import Sequence
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import UNSET, Meta, Struct, structs

from largesse.api.models.application import (
    Application,
    AttributesMandatory,
    AttributesSettings,
    BestPriorPriceSettings,
    Word,
)
from largesse.api.models.limit import LimitConfig, accept_limits, show_limits
from largesse.engine.applications import CaseSensitivity, DiscountScope, ItemDiscountScope
from largesse.engine.attributes import JSON
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.applications import ApplicationSettings, StoredApplication

# The legacy key with which shops once signed requests: still accepted in the body, and of no use.
LegacyKey = Annotated[str, Meta(pattern="^[a-fA-F0-9]{16}$")]


class UpdateApplication(Struct, frozen=True, kw_only=True, rename="camel"):
    """New settings of an Application; what is left out stays as it is [MA UpdateApplication]."""

    name: Word
    description: Omittable[str] = UNSET
    timezone: Word
    currency: Word
    case_sensitivity: Omittable[CaseSensitivity] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET
    limits: Omittable[list[LimitConfig]] = UNSET
    default_discount_scope: Omittable[DiscountScope] = UNSET
    enable_cascading_discounts: Omittable[bool] = UNSET
    enable_flattened_cart_items: Omittable[bool] = UNSET
    attributes_settings: Omittable[AttributesSettings] = UNSET
    sandbox: Omittable[bool] = UNSET
    enable_partial_discounts: Omittable[bool] = UNSET
    default_discount_additional_cost_per_item_scope: Omittable[ItemDiscountScope] = UNSET
    default_evaluation_group_id: Omittable[int] = UNSET
    default_cart_item_filter_id: Omittable[int] = UNSET
    enable_campaign_state_management: Omittable[bool] = UNSET
    best_prior_price_settings: Omittable[BestPriorPriceSettings] = UNSET


class NewApplication(UpdateApplication, frozen=True, kw_only=True, rename="camel"):
    """An Application to be created; what is left out gets its default [SDK NewApplication]."""

    key: Omittable[LegacyKey] = UNSET


def accept_settings(
    sent: UpdateApplication, before: ApplicationSettings
) -> tuple[ApplicationSettings, list[FieldError]]:
    """The settings after an update, and what is wrong with it; attributes and the evaluation group are left to the
    caller to check."""
    limits, errors = accept_limits(given(sent.limits) or (), "/limits")
    errors += _place_errors(sent)
    demanded = given(sent.attributes_settings)
    mandatory = None if demanded is None else given(demanded.mandatory)
    prices = given(sent.best_prior_price_settings)
    told: dict[str, object] = {
        "description": given(sent.description),
        "case_sensitivity": given(sent.case_sensitivity),
        "limits": None if given(sent.limits) is None else limits,
        "default_discount_scope": given(sent.default_discount_scope),
        "enable_cascading_discounts": given(sent.enable_cascading_discounts),
        "enable_flattened_cart_items": given(sent.enable_flattened_cart_items),
        "mandatory_campaign_attributes": _names(None if mandatory is None else given(mandatory.campaigns)),
        "mandatory_coupon_attributes": _names(None if mandatory is None else given(mandatory.coupons)),
        "sandbox": given(sent.sandbox),
        "enable_partial_discounts": given(sent.enable_partial_discounts),
        "default_discount_additional_cost_per_item_scope": given(sent.default_discount_additional_cost_per_item_scope),
        "enable_best_prior_price": None if prices is None else given(prices.enable_best_prior_price),
        "default_evaluation_group_id": given(sent.default_evaluation_group_id),
        "default_cart_item_filter_id": given(sent.default_cart_item_filter_id),
    }
    changed = {name: value for name, value in told.items() if value is not None}
    settings = structs.replace(before, name=sent.name, timezone=sent.timezone, currency=sent.currency, **changed)
    return settings, errors


def show_application(application: StoredApplication) -> Application:
    """A stored Application as callers see it."""
    settings = application.settings
    return Application(
        id=application.id,
        created=application.created,
        modified=application.modified,
        account_id=application.account_id,
        name=settings.name,
        description=settings.description,
        timezone=settings.timezone,
        currency=settings.currency,
        case_sensitivity=settings.case_sensitivity,
        attributes=settings.attributes,
        limits=show_limits(settings.limits),
        default_discount_scope=settings.default_discount_scope,
        enable_cascading_discounts=settings.enable_cascading_discounts,
        enable_flattened_cart_items=settings.enable_flattened_cart_items,
        attributes_settings=AttributesSettings(
            mandatory=AttributesMandatory(
                campaigns=list(settings.mandatory_campaign_attributes),
                coupons=list(settings.mandatory_coupon_attributes),
            )
        ),
        sandbox=settings.sandbox,
        enable_partial_discounts=settings.enable_partial_discounts,
        default_discount_additional_cost_per_item_scope=settings.default_discount_additional_cost_per_item_scope,
        default_evaluation_group_id=settings.default_evaluation_group_id or application.base_group_id,
        enable_campaign_state_management=False,
        default_cart_item_filter_id=settings.default_cart_item_filter_id or UNSET,
        best_prior_price_settings=BestPriorPriceSettings(enable_best_prior_price=settings.enable_best_prior_price),
        loyalty_programs=[],
    )


def _place_errors(sent: UpdateApplication) -> list[FieldError]:
    """Names of places that must exist: the time zone."""
    errors = []
    if not is_time_zone(sent.timezone):
        details = f'"{sent.timezone}" is not a time zone of the IANA database, such as Europe/Berlin'
        errors.append(at_pointer(INVALID_VALUE, details, "/timezone"))
    return errors


def is_time_zone(name: str) -> bool:
    """Whether the IANA database has a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _names(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(dict.fromkeys(names))
