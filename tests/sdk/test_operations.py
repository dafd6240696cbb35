"""Every published operation through the official SDK: it answers, it refuses strangers, and none is forgotten."""

from dataclasses import replace

import pytest
import talon_one

from largesse.api.nouns import OPERATIONS
from tests.sdk.calls import CALLS
from tests.sdk.furnished import Furnished
from tests.support.sdk import Refusal, open_sdk, refused
from tests.support.server import Server
from tests.tidy.test_operations import python_name

BUILT = sorted(operation.operation_id for operation in OPERATIONS if operation.published)
PEOPLE_ONLY = {"destroySession"}
# Published after this release of the SDK; they are called over plain HTTP in tests/api.
NEWER_THAN_THE_SDK = {
    "getApplicationCartItemFilterExpression",
    "getEventV3",
    "exportCampaignValueMap",
    "getRulesetV2",
    "trackEventV3",
    "listApplicationCartItemFilters",
    "integrationGetAllCampaigns",
    "joinLoyaltyProgram",
}


def test_every_published_operation_is_called() -> None:
    missing, gone = set(BUILT) - set(CALLS) - NEWER_THAN_THE_SDK, set(CALLS) - set(BUILT)
    assert not missing, f"Call {sorted(missing)} through the SDK, in tests/sdk."
    assert not gone, f"{sorted(gone)} are no longer published operations."
    for operation_id in NEWER_THAN_THE_SDK:
        name = python_name(operation_id)
        assert not hasattr(talon_one.IntegrationApi, name) and not hasattr(talon_one.ManagementApi, name)


@pytest.mark.parametrize("operation_id", sorted(CALLS))
def test_the_sdk_understands_the_answer(operation_id: str, server: Server, shop: Furnished) -> None:
    staff = shop.spare_staff if operation_id in PEOPLE_ONLY else shop.staff
    with open_sdk(server.url, staff=staff, key=shop.key) as sdk:
        CALLS[operation_id](sdk, shop)
    assert sdk.called[0] == python_name(operation_id)


@pytest.mark.parametrize("operation_id", sorted(CALLS))
def test_a_stranger_is_refused(operation_id: str, server: Server, shop: Furnished) -> None:
    message = "Invalid API key or token"
    if operation_id == "createSession":
        message = "The address or the password is wrong"
    stranger = replace(shop, password="a wrong password")
    with open_sdk(server.url, staff="Bearer nobody", key="nothing") as sdk, refused(Refusal(401, message)):
        CALLS[operation_id](sdk, stranger)
    assert sdk.called == [python_name(operation_id)]
