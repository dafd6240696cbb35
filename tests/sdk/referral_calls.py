"""What shops and staff call about referrals."""

from talon_one import NewReferral, NewReferralsForMultipleAdvocates, UpdateReferral

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk, exported


def create_referral(sdk: Sdk, shop: Furnished) -> None:
    """A code for an advocate."""
    sent = NewReferral(campaignId=shop.plain_campaign_id, advocateProfileIntegrationId="hal", usageLimit=2)
    made = sdk.integration.create_referral(sent)
    assert (made.advocate_profile_integration_id, made.usage_limit, made.usage_counter) == ("hal", 2, 0)


def create_referrals(sdk: Sdk, shop: Furnished) -> None:
    """Codes for two advocates, shown and in silence."""
    sent = NewReferralsForMultipleAdvocates(
        campaignId=shop.plain_campaign_id, advocateProfileIntegrationIds=["ida", "jon"], usageLimit=1
    )
    made = sdk.integration.create_referrals_for_multiple_advocates(sent, silent="no")
    assert [referral.advocate_profile_integration_id for referral in made.data] == ["ida", "jon"]
    assert sdk.integration.create_referrals_for_multiple_advocates(sent) is None


def get_referrals(sdk: Sdk, shop: Furnished) -> None:
    """The referrals of one advocate."""
    place = (shop.application_id, shop.batch_campaign_id)
    listed = sdk.management.get_referrals_without_total_count(*place, advocate="kay")
    assert ([referral.id for referral in listed.data], listed.has_more) == ([shop.referral_id], False)


def update_referral(sdk: Sdk, shop: Furnished) -> None:
    """A referral gets another limit."""
    place = (shop.application_id, shop.batch_campaign_id, str(shop.referral_id))
    assert sdk.management.update_referral(*place, UpdateReferral(usageLimit=9)).usage_limit == 9


def delete_referral(sdk: Sdk, shop: Furnished) -> None:
    """A referral goes."""
    place = (shop.application_id, shop.batch_campaign_id, str(shop.doomed_referral_id))
    assert sdk.management.delete_referral(*place) is None


def import_referrals(sdk: Sdk, shop: Furnished) -> None:
    """A file with a code for an advocate."""
    file = "code,advocateprofileintegrationid\nFILED-1,mia\n"
    made = sdk.management.import_referrals(shop.application_id, shop.plain_campaign_id, up_file=file)
    assert (made.entity, made.amount) == ("Referral", 1)


def export_referrals(sdk: Sdk, shop: Furnished) -> None:
    """The referrals of a campaign, as a text."""
    text = exported(
        sdk.management, "export_referrals", shop.application_id, campaign_id=shop.batch_campaign_id, usable="true"
    )
    assert ",kay," in text


CALLS = {
    "createReferral": create_referral,
    "createReferralsForMultipleAdvocates": create_referrals,
    "getReferralsWithoutTotalCount": get_referrals,
    "updateReferral": update_referral,
    "importReferrals": import_referrals,
    "exportReferrals": export_referrals,
    "deleteReferral": delete_referral,
}
