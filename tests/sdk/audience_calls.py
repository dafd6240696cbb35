"""What shops and staff call about audiences."""

from talon_one import CustomerProfileAudienceRequest, CustomerProfileAudienceRequestItem, NewAudience, UpdateAudience

from tests.sdk.furnished import Furnished
from tests.support.sdk import Sdk, exported


def create(sdk: Sdk, shop: Furnished) -> None:
    """An audience of another platform is noted."""
    sent = NewAudience(name="Travellers", integration="mParticle", integrationId="t-1", createdIn3rdParty=True)
    audience = sdk.integration.create_audience_v2(sent)
    assert (audience.account_id, audience.name, audience.sandbox) == (shop.account_id, "Travellers", False)
    assert (audience.integration, audience.integration_id) == ("mParticle", "t-1")


def rename(sdk: Sdk, shop: Furnished) -> None:
    """An audience gets another name."""
    changed = sdk.integration.update_audience_v2(shop.audience_id, UpdateAudience(name="New"))
    assert (changed.id, changed.name) == (shop.audience_id, "New")


def delete(sdk: Sdk, shop: Furnished) -> None:
    """An audience is deleted."""
    assert sdk.integration.delete_audience_v2(shop.doomed_audience_id) is None


def empty(sdk: Sdk, shop: Furnished) -> None:
    """All members leave, and one of them comes back."""
    assert sdk.integration.delete_audience_memberships_v2(shop.audience_id) is None
    assert sdk.management.get_audience_memberships(shop.audience_id).data == []
    move(sdk, shop)


def move(sdk: Sdk, shop: Furnished) -> None:
    """A customer joins."""
    action = CustomerProfileAudienceRequestItem(action="add", profileIntegrationId="kim", audienceId=shop.audience_id)
    sdk.integration.update_customer_profile_audiences(CustomerProfileAudienceRequest(data=[action]))
    list_members(sdk, shop)


def list_members(sdk: Sdk, shop: Furnished) -> None:
    """The members, each with all its audiences."""
    (member,) = sdk.management.get_audience_memberships(shop.audience_id).data
    assert member.integration_id == "kim"
    assert shop.audience_id in [each.id for each in member.audience_memberships]


def set_attributes(sdk: Sdk, shop: Furnished) -> None:
    """All members get an attribute."""
    assert sdk.integration.update_audience_customers_attributes(shop.audience_id, {"tier": "gold"}) is None
    assert sdk.management.get_audience_memberships(shop.audience_id).data[0].attributes == {"tier": "gold"}


def list_all(sdk: Sdk, shop: Furnished) -> None:
    """The audiences, with how many there are."""
    listed = sdk.management.get_audiences(with_total_result_size=True)
    assert listed.total_result_size == len(listed.data)
    assert shop.audience_id in [audience.id for audience in listed.data]


def count(sdk: Sdk, shop: Furnished) -> None:
    """The members of an audience are counted."""
    (counted,) = sdk.management.get_audiences_analytics(str(shop.audience_id)).data
    assert (counted.audience_id, counted.members_count) == (shop.audience_id, 1)


def import_members(sdk: Sdk, shop: Furnished) -> None:
    """The members are those of a file."""
    sent = "profileintegrationid\nkim\n"
    made = sdk.management.import_audiences_memberships(shop.audience_id, up_file=sent)
    assert (made.account_id, made.amount) == (shop.account_id, 1)


def export_members(sdk: Sdk, shop: Furnished) -> None:
    """The members as a file."""
    header, *names = exported(sdk.management, "export_audiences_memberships", shop.audience_id).splitlines()
    assert (header, names) == ("profileintegrationid", ["kim"])


CALLS = {
    "createAudienceV2": create,
    "updateAudienceV2": rename,
    "deleteAudienceV2": delete,
    "deleteAudienceMembershipsV2": empty,
    "updateCustomerProfileAudiences": move,
    "updateAudienceCustomersAttributes": set_attributes,
    "getAudiences": list_all,
    "getAudiencesAnalytics": count,
    "getAudienceMemberships": list_members,
    "importAudiencesMemberships": import_members,
    "exportAudiencesMemberships": export_members,
}
