"""From what callers send to the settings of a campaign, with all that is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import structs

from largesse.api.campaigns.wire import CampaignBody, NewCampaign, UpdateCampaign
from largesse.api.models.code_generator import CodeGeneratorSettings
from largesse.api.models.limit import accept_limits
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.engine.applications import CaseSensitivity
from largesse.engine.attributes import JSON, AttributeDefinitions, accept, escape, merge
from largesse.engine.budgets import Limit
from largesse.engine.formats.codes import code_pattern
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.applications import StoredApplication
from largesse.storage.campaigns import CampaignSettings


def settle(
    sent: NewCampaign | UpdateCampaign,
    application: StoredApplication,
    known: AttributeDefinitions,
    found: Iterable[FieldError],
) -> CampaignSettings:
    """The settings that were sent. Raises `Invalid` with everything that is wrong with them, `found` included."""
    case = application.settings.case_sensitivity
    limits, errors = accept_limits(sent.limits, "/limits")
    attributes, refusals = accept("Campaign", given(sent.attributes) or {}, known, "/attributes")
    of_coupons, refusals_of_coupons = accept("Coupon", given(sent.coupon_attributes) or {}, known, "/couponAttributes")
    errors += errors_of([*refusals, *refusals_of_coupons])
    errors += _missing(application.settings.mandatory_campaign_attributes, given(sent.attributes) or {})
    errors += _code_errors(given(sent.coupon_settings), case, "/couponSettings")
    errors += _code_errors(given(sent.referral_settings), case, "/referralSettings")
    errors += [*_reference_errors(sent), *found]
    settings = CampaignSettings(
        name=sent.name,
        description=given(sent.description) or "",
        start_time=given(sent.start_time),
        end_time=given(sent.end_time),
        attributes=merge({}, attributes),
        state=sent.state,
        tags=tuple(dict.fromkeys(sent.tags)),
        features=tuple(dict.fromkeys(sent.features)),
        coupon_settings=_stored(sent.coupon_settings),
        referral_settings=_stored(sent.referral_settings),
        limits=limits,
        type=sent.type,
        coupon_attributes=merge({}, of_coupons),
        reevaluate_on_return=given(sent.reevaluate_on_return) or False,
    )
    refuse_if_any(errors + _time_errors(settings))
    return settings


def start_with_limits(settings: CampaignSettings, defaults: Sequence[Limit]) -> CampaignSettings:
    """The settings of a new campaign: with the Application's limits, but for those it sets itself."""
    own = {(limit.action, limit.period, limit.entities) for limit in settings.limits}
    others = tuple(limit for limit in defaults if (limit.action, limit.period, limit.entities) not in own)
    return structs.replace(settings, limits=settings.limits + others)


def _missing(mandatory: Iterable[str], attributes: Mapping[str, JSON]) -> list[FieldError]:
    return [
        at_pointer("Required", f'The attribute "{name}" is mandatory for campaigns', f"/attributes/{escape(name)}")
        for name in mandatory
        if attributes.get(name) is None
    ]


def _code_errors(settings: CodeGeneratorSettings | None, case: CaseSensitivity, pointer: str) -> list[FieldError]:
    if settings is None:
        return []
    pattern = code_pattern(settings.coupon_pattern, settings.valid_characters, case)
    return errors_of(pattern, pointer) if isinstance(pattern, tuple) else []


def _reference_errors(sent: CampaignBody) -> list[FieldError]:
    """Campaign groups that are named must exist, and there are none yet."""
    return [
        at_pointer("Unknown", "There is no such campaign group", f"/campaignGroups/{index}")
        for index in range(len(given(sent.campaign_groups) or ()))
    ]


def _time_errors(settings: CampaignSettings) -> list[FieldError]:
    start, end = settings.start_time, settings.end_time
    if start is None or end is None or start < end:
        return []
    return [at_pointer(INVALID_VALUE, "endTime must be later than startTime", "/endTime")]


def _stored(settings: Omittable[CodeGeneratorSettings]) -> JSON:
    sent = given(settings)
    return None if sent is None else msgspec.to_builtins(sent)
