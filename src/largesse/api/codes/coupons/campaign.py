"""The campaign that coupons are made in: where it is, what it says about them, and a name for those made together."""

import string
from collections.abc import Mapping

from largesse.api.allowed_lists import knowing, knowing_all
from largesse.api.codes.coupons.wire import CampaignPath, CouponPath
from largesse.engine.attributes import JSON, AttributeDefinitions
from largesse.engine.formats.codes import CodePattern, bytes_for, draw
from largesse.plumbing.context import Call
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import NotFound
from largesse.storage.attributes import attribute_definitions
from largesse.storage.codes import coupons
from largesse.storage.codes.coupons import CouponCampaign

BATCH_ID = CodePattern("#" * 8, string.ascii_lowercase)


def place_of(call: Call[object], path: CampaignPath | CouponPath) -> tuple[int, int, int]:
    """Account, Application and campaign of a path."""
    return (call.caller.account_id, path.application_id, path.campaign_id)


async def reach_coupon_campaign(
    call: Call[object], path: CampaignPath | CouponPath, *, keep: bool = False
) -> CouponCampaign:
    """What the campaign of a path says about its coupons; with `keep` until the transaction ends. Raises `NotFound`."""
    campaign = await coupons.find_coupon_campaign(call.db, *place_of(call, path), keep=keep)
    if campaign is None:
        raise NotFound("There is no such campaign")
    return campaign


async def definitions_of(
    call: Call[object], application_id: int, sent: Mapping[str, JSON] | None
) -> AttributeDefinitions:
    """The attributes that coupons of an Application may have, to accept those sent."""
    return await knowing(call, await _definitions(call, application_id), "Coupon", sent)


async def definitions_for_file(call: Call[object], application_id: int) -> AttributeDefinitions:
    """The attributes that coupons of an Application may have, to accept those of a file."""
    return await knowing_all(call, await _definitions(call, application_id), "Coupon")


async def _definitions(call: Call[object], application_id: int) -> AttributeDefinitions:
    return AttributeDefinitions(await attribute_definitions(call.db, call.caller.account_id, "Coupon"), application_id)


def new_batch_id() -> str:
    """What tells coupons that are made now from all others."""
    return draw(BATCH_ID, random_bytes(bytes_for(BATCH_ID, 8)))[0]
