"""What shops do with referrals outside of carts: make codes for advocates, whatever the campaign's budgets say."""

import string
from collections.abc import Sequence

from largesse.api.allowed_lists import knowing
from largesse.api.codes.referrals.terms import accept_new, used_up
from largesse.api.codes.referrals.wire import NewReferral, NewReferralsForMultipleAdvocates, SilentQuery
from largesse.api.models.referral import Referral, show_referral
from largesse.engine.attributes import AttributeDefinitions
from largesse.engine.codes import referrals as engine
from largesse.engine.formats.codes import CodePattern, bytes_for, draw
from largesse.engine.refusals import UNKNOWN
from largesse.plumbing.context import Call
from largesse.plumbing.http.codec import given
from largesse.plumbing.http.operation import (
    Access,
    AnyOperation,
    NoPath,
    Operation,
    Reply,
    Request,
    created,
    no_content,
)
from largesse.plumbing.http.paging import Page, page
from largesse.plumbing.ids import random_bytes
from largesse.plumbing.problems import Invalid, at_parameter, at_pointer
from largesse.storage.attributes import attribute_definitions
from largesse.storage.codes import referrals
from largesse.storage.customers.profiles import create_profiles

BATCH_ID = CodePattern("#" * 8, string.ascii_lowercase)


async def create_referral(call: Call[object], request: Request[NoPath, None, NewReferral]) -> Reply:
    """Create a code for an advocate, who gets a profile if there is none."""
    (referral,) = await _create(call, request.body, batch_id=None)
    return created(show_referral(referral))


async def create_referrals_for_multiple_advocates(
    call: Call[object], request: Request[NoPath, SilentQuery, NewReferralsForMultipleAdvocates]
) -> Reply:
    """Create a code for each advocate, one for an advocate named twice; the answer holds them when it is not silent."""
    if request.query.silent not in ("yes", "no"):
        raise Invalid(errors=(at_parameter("enum", 'silent must be one of the following: "yes", "no"', "silent"),))
    batch_id = draw(BATCH_ID, random_bytes(bytes_for(BATCH_ID, 8)))[0]
    made = await _create(call, request.body, batch_id=batch_id)
    if request.query.silent == "yes":
        return no_content()
    return created(page([show_referral(referral) for referral in made], len(made)))


async def _create(
    call: Call[object], sent: NewReferral | NewReferralsForMultipleAdvocates, *, batch_id: str | None
) -> Sequence[engine.Referral]:
    """The referrals asked for. Raises `Invalid`, also where the pattern has not enough free codes."""
    account_id, application_id = call.caller.account_id, call.caller.application
    campaign = await referrals.find_referral_campaign(call.db, account_id, application_id, sent.campaign_id)
    if campaign is None:
        raise Invalid(errors=(at_pointer(UNKNOWN, "There is no such campaign", "/campaignId"),))
    definitions = AttributeDefinitions(await attribute_definitions(call.db, account_id, "Referral"), application_id)
    definitions = await knowing(call, definitions, "Referral", given(sent.attributes))
    new = accept_new(sent, campaign, definitions)
    await create_profiles(call.db, account_id, campaign.sandbox, new.advocates, call.now)
    made = await referrals.create_referrals(
        call.db,
        account_id,
        application_id,
        sent.campaign_id,
        pattern=new.pattern,
        advocates=new.advocates,
        terms=new.terms,
        batch_id=batch_id,
        now=call.now,
    )
    if len(made) < len(new.advocates):
        raise Invalid(errors=(used_up(len(new.advocates)),))
    return made


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/referrals",
        operation_id="createReferral",
        summary="Create a referral code for an advocate",
        access=Access.INTEGRATION,
        run=create_referral,
        path_params=NoPath,
        body=NewReferral,
        replies={201: Referral},
        problems=(400, 401),
        tag="Referrals",
    ),
    Operation(
        method="POST",
        path="/v1/referrals_for_multiple_advocates",
        operation_id="createReferralsForMultipleAdvocates",
        summary="Create a referral code for each of several advocates",
        access=Access.INTEGRATION,
        run=create_referrals_for_multiple_advocates,
        path_params=NoPath,
        query=SilentQuery,
        body=NewReferralsForMultipleAdvocates,
        replies={201: Page[Referral], 204: None},
        problems=(400, 401),
        tag="Referrals",
    ),
)
