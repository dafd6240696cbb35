"""updateCoupon, updateCouponBatch, deleteCoupon and deleteCoupons: what changes, what stays, and what goes."""

from typing import Any

import pytest

from largesse.plumbing.database import Database, Query
from largesse.storage.codes.coupons import UPDATES_PER_STATEMENT_MAX
from tests.support.api import FAR_FUTURE, Shop, open_shop, pointers
from tests.support.coupons import Coupons, define

pytestmark = pytest.mark.anyio

PAST, FUTURE = "2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"
PROFILE_LIMIT = {"action": "redeemCoupon", "limit": 1, "entities": ["Profile"]}
RESERVE = Query(
    "reserve_coupon",
    """
    INSERT INTO coupon_reservations (account_id, application_id, coupon_id, profile_integration_id, created)
    VALUES ($1, $2, $3, 'bob', now())
    """,
)
UNLIMITED = Query("count_unlimited", "SELECT count(*) FROM coupons WHERE account_id = $1 AND usage_limit = 0")
RESERVATIONS = Query("count_reservations", "SELECT count(*) FROM coupon_reservations WHERE account_id = $1")


async def test_an_update_changes_what_is_sent_and_removes_dates_and_recipient(coupons: Coupons) -> None:
    await define(coupons.shop, "venue")
    await define(coupons.shop, "seats", "number")
    terms: dict[str, Any] = {
        "usageLimit": 5,
        "discountLimit": 20,
        "reservationLimit": 3,
        "startDate": PAST,
        "expiryDate": FUTURE,
        "recipientIntegrationId": "bob",
        "attributes": {"venue": "Bar", "seats": 4},
        "isReservationMandatory": True,
        "implicitlyReserved": True,
    }
    (made,) = await coupons.make("CHANGING", **terms)
    await coupons.use("CHANGING", 2)
    path = f"{coupons.path}/{made['id']}"

    nothing = await coupons.shop.manage("PUT", path, {})
    removed = {"startDate", "expiryDate", "recipientIntegrationId"}
    kept = {name: value for name, value in made.items() if name not in removed}
    assert nothing.status_code == 200
    assert nothing.json() == kept | {"usageCounter": 2, "reservation": True}

    change: dict[str, Any] = {
        "usageLimit": 0,
        "discountLimit": 7.25,
        "reservationLimit": 0,
        "startDate": "2021-01-01T00:00:00Z",
        "expiryDate": FUTURE,
        "limits": [PROFILE_LIMIT],
        "isReservationMandatory": False,
        "implicitlyReserved": False,
    }
    changed = await coupons.shop.manage("PUT", path, change | {"attributes": {"venue": None, "seats": 5}})
    assert changed.json() == nothing.json() | change | {"attributes": {"seats": 5}, "discountRemainder": 7.25}
    assert await coupons.read("CHANGING") == changed.json()
    assert (await coupons.shop.manage("PUT", path, {"limits": []})).json()["limits"] == []


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ({"usageLimit": -1}, ["/usageLimit"]),
        ({"discountLimit": -1}, ["/discountLimit"]),
        ({"startDate": FUTURE, "expiryDate": PAST}, ["/expiryDate"]),
        ({"attributes": {"a": 1, "b": 2}}, ["/attributes/a", "/attributes/b"]),
        ({"limits": [PROFILE_LIMIT], "recipientIntegrationId": "bob"}, ["/limits"]),
        ({"limits": [PROFILE_LIMIT | {"entities": ["Coupon"]}]}, ["/limits/0/entities"]),
    ],
)
async def test_a_wrong_update_is_refused_with_its_places(
    coupons: Coupons, body: dict[str, Any], places: list[str]
) -> None:
    (made,) = await coupons.make("SAME")
    answer = await coupons.shop.manage("PUT", f"{coupons.path}/{made['id']}", body)
    assert (answer.status_code, pointers(answer)) == (400, places)
    assert await coupons.read("SAME") == made


async def test_a_batch_is_changed_and_the_rest_of_the_campaign_is_not(coupons: Coupons) -> None:
    await define(coupons.shop, "venue")
    await define(coupons.shop, "seats", "number")
    (other,) = await coupons.make("OTHER", startDate=PAST)
    batch = await coupons.make(
        "BATCH-##", 3, startDate=PAST, expiryDate=FUTURE, attributes={"venue": "Bar", "seats": 4}
    )
    change = {"batchID": batch[0]["batchId"], "usageLimit": 3, "attributes": {"venue": None, "seats": 5}}
    assert (await coupons.shop.manage("PUT", coupons.path, change)).status_code == 204
    for before in batch:
        after = before | {"usageLimit": 3, "attributes": {"seats": 5}}
        assert await coupons.read(before["value"]) == {
            name: value for name, value in after.items() if name not in {"startDate", "expiryDate"}
        }
    assert await coupons.read("OTHER") == other

    everything = {"discountLimit": 9, "reservationLimit": 2, "expiryDate": FUTURE}
    assert (await coupons.shop.manage("PUT", coupons.path, everything)).status_code == 204
    assert (await coupons.read("OTHER")).items() >= everything.items()
    assert "startDate" not in await coupons.read("OTHER")
    assert (await coupons.read("OTHER"))["usageLimit"] == 1


async def test_more_coupons_are_changed_than_one_statement_takes(coupons: Coupons) -> None:
    count = UPDATES_PER_STATEMENT_MAX + 1
    new = {"couponPattern": "MANY-######", "uniquePrefix": "A", "numberOfCoupons": count}
    assert (await coupons.post(new, silent="yes")).status_code == 204
    assert (await coupons.shop.manage("PUT", coupons.path, {"usageLimit": 0})).status_code == 204
    async with coupons.database.transaction() as db:
        assert await db.value(UNLIMITED, coupons.shop.staff.account_id) == count


async def test_a_wrong_change_of_a_batch_is_refused_with_its_place(coupons: Coupons) -> None:
    (made,) = await coupons.make("SAME")
    for body, place in (
        ({"batchID": "aaaaaaaa"}, "/batchID"),
        ({"usageLimit": 1_000_000}, "/usageLimit"),
        ({"discountLimit": 1e15 + 1}, "/discountLimit"),
        ({"attributes": {"a": 1}}, "/attributes/a"),
    ):
        answer = await coupons.shop.manage("PUT", coupons.path, body)
        assert (answer.status_code, pointers(answer)) == (400, [place])
    assert await coupons.read("SAME") == made


async def test_mandatory_attributes_must_be_set(shop: Shop, database: Database) -> None:
    mandatory = {"attributesSettings": {"mandatory": {"coupons": ["venue"]}}}
    strict = await open_shop(shop.client, database, **mandatory)
    await define(strict, "venue")
    coupons = Coupons(strict, database, (await strict.campaign())["id"])
    without = await coupons.post({"numberOfCoupons": 1})
    assert (without.status_code, pointers(without)) == (400, ["/attributes/venue"])
    (made,) = await coupons.make("CODE-##", attributes={"venue": "Bar"})
    path = f"{coupons.path}/{made['id']}"
    assert (await strict.manage("PUT", path, {"usageLimit": 2})).status_code == 200
    for refused in (
        await strict.manage("PUT", path, {"attributes": {"venue": None}}),
        await strict.manage("PUT", coupons.path, {"usageLimit": 2}),
        await strict.manage("PUT", coupons.path, {"attributes": {"venue": None}}),
    ):
        assert (refused.status_code, pointers(refused)) == (400, ["/attributes/venue"])
    assert (await strict.manage("PUT", coupons.path, {"attributes": {"venue": "Inn"}})).status_code == 204
    assert (await coupons.read(made["value"]))["attributes"] == {"venue": "Inn"}


async def test_new_coupons_start_with_the_campaigns_coupon_attributes(coupons: Coupons) -> None:
    await define(coupons.shop, "venue")
    await define(coupons.shop, "days", "(list string)")
    campaign = await coupons.shop.campaign(couponAttributes={"venue": "Bar", "days": ["mon"]})
    own = Coupons(coupons.shop, coupons.database, campaign["id"])
    (made,) = await own.make("DEFAULTS", attributes={"venue": "Inn"})
    assert made["attributes"] == {"venue": "Inn", "days": ["mon"]}


async def test_attributes_of_other_applications_are_unknown(coupons: Coupons) -> None:
    elsewhere = await coupons.shop.create("/v1/applications", {"name": "B", "timezone": "UTC", "currency": "USD"})
    await define(coupons.shop, "venue", subscribedApplicationsIds=[elsewhere["id"]])
    await define(coupons.shop, "colour", restrictedBySuggestions=True, suggestions=["red"])
    sent = {"venue": "Bar", "colour": "blue"}
    answer = await coupons.post({"numberOfCoupons": 1, "attributes": sent})
    errors = [(error["title"], error["source"]["pointer"]) for error in answer.json()["errors"]]
    assert errors == [("Unknown", "/attributes/venue"), ("Invalid value", "/attributes/colour")]


async def test_a_coupon_is_deleted_with_its_reservations_and_its_code_is_free_again(coupons: Coupons) -> None:
    (made,) = await coupons.make("GONE")
    account_id = coupons.shop.staff.account_id
    async with coupons.database.transaction() as db:
        await db.run(RESERVE, account_id, coupons.shop.application_id, made["id"])
    path = f"{coupons.path}/{made['id']}"
    assert [(await coupons.shop.manage("DELETE", path)).status_code for _ in range(2)] == [204, 404]
    assert (await coupons.shop.manage("PUT", path, {})).status_code == 404
    async with coupons.database.transaction() as db:
        assert await db.value(RESERVATIONS, account_id) == 0
    await coupons.make("GONE")


@pytest.mark.parametrize("coupon_id", ["0", "-1", "abc", "9" * 19, "1.0", "%20"])
async def test_what_is_no_id_names_no_coupon(coupons: Coupons, coupon_id: str) -> None:
    for method, body in (("PUT", {}), ("DELETE", None)):
        assert (await coupons.shop.manage(method, f"{coupons.path}/{coupon_id}", body)).status_code == 404


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({}, []),
        ({"value": "old1"}, ["OLD-2", "USED", "BOBS"]),
        ({"valid": "expired"}, ["USED", "BOBS"]),
        ({"usable": "false"}, ["OLD-1", "OLD-2", "BOBS"]),
        ({"recipientIntegrationId": "bob"}, ["OLD-1", "OLD-2", "USED"]),
        ({"expiresBefore": "2021-06-01"}, ["OLD-2", "USED", "BOBS"]),
        ({"startsAfter": PAST}, ["USED", "BOBS"]),
        ({"createdBefore": PAST}, ["OLD-1", "OLD-2", "USED", "BOBS"]),
        ({"batchId": "aaaaaaaa"}, ["OLD-1", "OLD-2", "USED", "BOBS"]),
    ],
)
async def test_deletion_goes_as_far_as_its_filters(coupons: Coupons, query: dict[str, str], left: list[str]) -> None:
    neighbour = Coupons(coupons.shop, coupons.database, (await coupons.shop.campaign(name="Next"))["id"])
    await neighbour.make("OLD-1-NEXT", startDate=PAST, expiryDate="2021-01-01T00:00:00Z")
    await coupons.make("OLD-1", startDate=PAST, expiryDate="2021-01-01T00:00:00Z")
    await coupons.make("OLD-2", startDate=PAST, expiryDate="2022-01-01T00:00:00Z")
    await coupons.make("USED")
    await coupons.use("USED", 1)
    await coupons.make("BOBS", recipientIntegrationId="bob")
    assert (await coupons.shop.manage("DELETE", coupons.path, query=query)).status_code == 204
    assert await coupons.find() == left
    assert await neighbour.find() == ["OLD-1-NEXT"]


async def test_another_account_changes_nothing(coupons: Coupons, other_shop: Shop) -> None:
    (made,) = await coupons.make("SAFE")
    crossed = coupons.path.replace(coupons.shop.path, other_shop.path)
    for path in (coupons.path, crossed):
        for method, place, body in (
            ("PUT", f"/{made['id']}", {}),
            ("DELETE", f"/{made['id']}", None),
            ("PUT", "", {"usageLimit": 9}),
            ("DELETE", "", None),
        ):
            assert (await other_shop.manage(method, path + place, body)).status_code == 404
    assert await coupons.read("SAFE") == made


async def test_a_key_for_another_application_may_not_touch_coupons(coupons: Coupons) -> None:
    elsewhere = await coupons.shop.create("/v1/applications", {"name": "B", "timezone": "UTC", "currency": "USD"})
    for application_id, status in ((coupons.shop.application_id, 200), (elsewhere["id"], 403)):
        settings = {"name": "Key", "expiryDate": FAR_FUTURE, "endpoints": [{"path": "*"}]}
        key = await coupons.shop.create("/v1/management_keys", settings | {"allowedApplicationIds": [application_id]})
        answer = await coupons.shop.manage("GET", f"{coupons.path}/no_total", key=f"ManagementKey-v1 {key['key']}")
        assert answer.status_code == status
