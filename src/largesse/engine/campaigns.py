"""The campaign: when it runs and what it may spend. Source: semantics, section 24."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.budgets import Limit

CampaignState = Literal["enabled", "disabled", "archived"]
FrontendState = Literal["expired", "scheduled", "running", "disabled", "archived", "staged"]
CampaignType = Literal["cartItem", "advanced"]


class Campaign(Struct, frozen=True):
    """One campaign as evaluation sees it, `position` being its place among the members of its evaluation group (None:
    the base group). A campaign that is `for_stores` is linked to some, which know it (`Store.campaigns`).

    Its schedule holds from `start_time` (inclusive) to `end_time` (exclusive).
    """

    id: int
    name: str
    state: CampaignState = "enabled"
    active_ruleset_id: int | None = None
    description: str = ""
    start_time: datetime | None = None
    end_time: datetime | None = None
    attributes: dict[str, JSON] = {}
    tags: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    type: CampaignType = "advanced"
    for_stores: bool = False
    reevaluate_on_return: bool = False
    evaluation_group_id: int | None = None
    position: int = 0


def frontend_state(
    state: CampaignState, start_time: datetime | None, end_time: datetime | None, now: datetime
) -> FrontendState:
    """What a marketer is shown: the stored state and the schedule in one word."""
    if state != "enabled":
        return state
    if end_time is not None and now >= end_time:
        return "expired"
    if start_time is not None and now < start_time:
        return "scheduled"
    return "running"


def is_running(campaign: Campaign, now: datetime) -> bool:
    """Whether a campaign takes part in evaluation at this moment."""
    # Says what `frontend_state` says, without calling it: every evaluation asks this of every campaign.
    start, end = campaign.start_time, campaign.end_time
    return campaign.state == "enabled" and (start is None or start <= now) and (end is None or now < end)
