"""Which campaigns take part in an evaluation, and what becomes of the codes whose campaign does not."""

from msgspec import UNSET, UnsetType

from largesse.engine.campaigns import Campaign, is_running
from largesse.engine.codes.coupons import CampaignExclusion, CouponRejection
from largesse.engine.facts import Moment
from largesse.engine.shopping.stores import is_elsewhere


def takes_part(campaign: Campaign, moment: Moment) -> bool:
    """Whether one campaign is evaluated at this moment.

    A dry run may name the campaigns to evaluate, disabled ones included; archived campaigns never are. A campaign
    linked to stores is evaluated for sessions of these stores only.
    """
    if campaign.for_stores and is_elsewhere(campaign, moment.store):
        return False
    if moment.evaluable_campaign_ids is not None:
        return campaign.id in moment.evaluable_campaign_ids and campaign.state != "archived"
    return is_running(campaign, moment.now)


def absence(campaign: Campaign, moment: Moment) -> tuple[CouponRejection, CampaignExclusion | UnsetType]:
    """Why a code is rejected whose campaign takes no part.

    That it is not running is told first, except of a campaign that a dry run has named, which need not be.
    """
    is_named = campaign.id in (moment.evaluable_campaign_ids or ())
    if campaign.state != "archived" and not is_named and not is_running(campaign, moment.now):
        return "CouponPartOfNotRunningCampaign", UNSET
    return "CouponPartOfNotTriggeredCampaign", "CampaignNotInEvaluationSet"
