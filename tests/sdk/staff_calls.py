"""What staff call about their account, its Applications, their campaigns and rulesets."""

from talon_one import LoginParams, UpdateCampaign

from tests.sdk.furnished import Furnished
from tests.support.sdk import Refusal, Sdk, refused


def create_session(sdk: Sdk, shop: Furnished) -> None:
    """Somebody signs in."""
    login = sdk.management.create_session(LoginParams(email=shop.email, password=shop.password))
    assert len(login.token) > 20


def destroy_session(sdk: Sdk, shop: Furnished) -> None:
    """A token is given back, and is worth nothing then."""
    assert sdk.management.destroy_session() is None
    with refused(Refusal(401, "Invalid API key or token")):
        sdk.management.get_account(shop.account_id)


def get_account(sdk: Sdk, shop: Furnished) -> None:
    """The own account."""
    account = sdk.management.get_account(shop.account_id)
    assert (account.id, account.application_count) == (shop.account_id, 1)


def get_applications(sdk: Sdk, shop: Furnished) -> None:
    """All Applications."""
    listed = sdk.management.get_applications(page_size=10, sort="-id")
    assert [application.id for application in listed.data] == [shop.application_id]


def get_application(sdk: Sdk, shop: Furnished) -> None:
    """One Application."""
    application = sdk.management.get_application(shop.application_id)
    assert (application.id, application.currency, application.timezone) == (
        shop.application_id,
        "EUR",
        "Europe/Berlin",
    )


def get_campaigns(sdk: Sdk, shop: Furnished) -> None:
    """The campaigns with a certain name."""
    listed = sdk.management.get_campaigns(shop.application_id, name="even", campaign_state="running")
    assert [campaign.id for campaign in listed.data] == [shop.campaign_id]


def get_campaign(sdk: Sdk, shop: Furnished) -> None:
    """One campaign."""
    campaign = sdk.management.get_campaign(shop.application_id, shop.campaign_id)
    assert (campaign.name, campaign.active_ruleset_id) == ("Evenings", shop.ruleset_id)


def update_campaign(sdk: Sdk, shop: Furnished) -> None:
    """A campaign gets a budget."""
    sent = UpdateCampaign.from_dict(
        {
            "name": "Evenings",
            "tags": ["seen"],
            "features": ["coupons"],
            "limits": [{"action": "setDiscount", "limit": 100.5, "entities": []}],
        }
    )
    changed = sdk.management.update_campaign(shop.application_id, shop.campaign_id, sent)
    assert (changed.tags, changed.budgets[0].limit, changed.budgets[0].counter) == (["seen"], 100.5, 0)
    assert changed.active_ruleset_id == shop.ruleset_id


def delete_campaign(sdk: Sdk, shop: Furnished) -> None:
    """A campaign goes, and is not there to go again."""
    place = (shop.application_id, shop.doomed_campaign_id)
    assert sdk.management.delete_campaign(*place) is None
    with refused(Refusal(404, "There is no such campaign")):
        sdk.management.delete_campaign(*place)


def get_rulesets(sdk: Sdk, shop: Furnished) -> None:
    """The rulesets of a campaign, whose rules have no effects: see `get_ruleset`."""
    listed = sdk.management.get_rulesets(shop.application_id, shop.plain_campaign_id)
    assert [(ruleset.id, ruleset.rules[0].title) for ruleset in listed.data] == [(shop.plain_ruleset_id, "Nothing")]


def get_ruleset(sdk: Sdk, shop: Furnished) -> None:
    """One ruleset.

    The contract calls an effect of a rule a list; this release of the SDK insists on objects, so it reads only rules
    that have none.
    """
    place = (shop.application_id, shop.plain_campaign_id, shop.plain_ruleset_id)
    ruleset = sdk.management.get_ruleset(*place)
    assert (ruleset.id, ruleset.rules[0].condition, ruleset.activate) == (shop.plain_ruleset_id, ["and"], True)


CALLS = {
    "createSession": create_session,
    "destroySession": destroy_session,
    "getAccount": get_account,
    "getApplications": get_applications,
    "getApplication": get_application,
    "getCampaigns": get_campaigns,
    "getCampaign": get_campaign,
    "updateCampaign": update_campaign,
    "deleteCampaign": delete_campaign,
    "getRulesets": get_rulesets,
    "getRuleset": get_ruleset,
}
