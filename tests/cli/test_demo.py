"""`largesse demo`: the shop it makes, the line it prints, the request it offers."""

import json
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.program import Program, ask, run_largesse, running, short_folder

README = Path(__file__).parents[2] / "README.md"
KEYS = {"url", "accountId", "applicationId", "integrationKey", "managementKey", "adminEmail", "adminPassword"}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A demo's data folder; the tests of this module use it one after the other."""
    with short_folder() as place:
        yield place / "demo"


@pytest.fixture(scope="module")
def opened(folder: Path) -> dict[str, Any]:
    """What the first start printed, after it has ended."""
    with running("demo", "--data", str(folder), "--port", "0", "--json") as program:
        program.says(r"\{.*\}\n")
        told: dict[str, Any] = json.loads(program.output)
        assert ask(told["url"], "/readyz").status == 200
    assert program.output.count("\n") == 1
    return told


@pytest.fixture(scope="module")
def demo(folder: Path, opened: dict[str, Any]) -> Iterator[Program]:
    """A later start of the same shop, talking to a person."""
    assert opened
    with running("demo", "--data", str(folder), "--port", "0") as program:
        program.says("Ctrl-C stops the demo")
        yield program


def staff(program: Program, path: str, opened: dict[str, Any]) -> Any:
    """What the demo's management key reads at a path of its Application."""
    place = f"/v1/applications/{opened['applicationId']}{path}"
    reply = ask(program.url(), place, key=f"ManagementKey-v1 {opened['managementKey']}")
    assert reply.status == 200, reply.text
    return reply.json


def test_the_line_has_what_a_client_needs(opened: dict[str, Any]) -> None:
    assert set(opened) == KEYS
    assert isinstance(opened["accountId"], int)
    assert isinstance(opened["applicationId"], int)


def test_the_credentials_are_kept_for_their_owner_only(folder: Path, opened: dict[str, Any]) -> None:
    file = folder / "demo.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text()) == {name: value for name, value in opened.items() if name != "url"}


def test_a_later_start_shows_the_same_shop(demo: Program, opened: dict[str, Any]) -> None:
    for name in KEYS - {"url", "accountId"}:
        assert str(opened[name]) in demo.output
    login = {"email": opened["adminEmail"], "password": opened["adminPassword"]}
    assert ask(demo.url(), "/v1/sessions", method="POST", body=login).status == 201
    assert len(staff(demo, "/campaigns", opened)["data"]) == 11


def test_the_shop_has_a_thousand_coupons_and_campaigns_in_every_state(demo: Program, opened: dict[str, Any]) -> None:
    campaigns = {one["name"]: one for one in staff(demo, "/campaigns", opened)["data"]}
    assert {one["frontendState"] for one in campaigns.values()} == {"running", "scheduled", "disabled"}
    assert all(one["activeRulesetId"] for one in campaigns.values())
    place = f"/campaigns/{campaigns['Welcome coupon']['id']}/coupons/no_total?pageSize=1000"
    codes = [*staff(demo, place, opened)["data"], *staff(demo, f"{place}&skip=1000", opened)["data"]]
    assert len({one["value"] for one in codes}) == 1001


def test_the_request_on_offer_gives_the_answer_beside_it(demo: Program) -> None:
    command, answer = offered(demo.output)
    arguments = shlex.split(command)
    place = urlsplit(arguments[arguments.index("-X") + 2])
    headers = [arguments[index + 1] for index, argument in enumerate(arguments) if argument == "-H"]
    key = next(header.removeprefix("Authorization: ") for header in headers if header.startswith("Authorization"))
    body = arguments[arguments.index("-d") + 1]
    reply = ask(f"{place.scheme}://{place.netloc}", place.path, method="PUT", body=body, key=key)
    assert reply.status == 200
    assert reply.text == answer
    effects = [effect["effectType"] for effect in reply.json["effects"]]
    assert effects == ["acceptCoupon", "setDiscount", "setDiscountPerItem", "setDiscountPerItem"]


def test_the_readme_shows_the_same_request_and_answer(demo: Program, opened: dict[str, Any]) -> None:
    command, answer = offered(demo.output)
    command = command.replace(demo.url(), "http://127.0.0.1:9000")
    command = command.replace(opened["integrationKey"], "<the key it printed>")
    readme = README.read_text()
    assert command in readme
    shown = readme[readme.index(command) :].split("```json\n")[1].split("```")[0]
    assert json.loads(shown) == json.loads(answer)


def offered(text: str) -> tuple[str, str]:
    """The curl command and the answer in what a demo prints."""
    command, rest = text[text.index("curl ") :].split("\n\nIt answers:\n\n")
    return command, rest.split("\n\n")[0]


CARTS = [
    ("15 off from 100", {"sku": "STOOL", "category": "Furniture", "price": 120}, {}, [("setDiscount", 15)]),
    (
        "the cheapest of three candles",
        [
            {"sku": "CANDLE-A", "category": "Candles", "quantity": 2, "price": 9},
            {"sku": "CANDLE-B", "category": "Candles", "price": 7},
        ],
        {},
        [("setDiscountPerItem", 7)],
    ),
    (
        "free shipping from 60",
        {"sku": "VASE", "price": 70},
        {"additionalCosts": {"shipping": {"price": 5.5}}},
        [("setDiscountPerAdditionalCost", 5.5)],
    ),
    (
        "a free bag from 150, and 15 off",
        {"sku": "LAMP", "price": 150},
        {},
        [("setDiscount", 15), ("addFreeItem", "TOTE-CANVAS")],
    ),
    (
        "gold customers",
        {"sku": "STOOL", "price": 100},
        {"profileId": "ada"},
        [("setDiscount", 15), ("updateAttribute", "priority"), ("showNotification", "Info")],
    ),
    (
        "5 % in the app, 20 a day at most",
        {"sku": "RUG", "price": 90, "quantity": 10},
        {"profileId": "ben", "attributes": {"Channel": "app"}},
        [("setDiscount", 15), ("addFreeItem", "TOTE-CANVAS"), ("setDiscount", 20)],
    ),
    (
        "clearance is left out",
        {"sku": "C", "category": "Textiles", "price": 9, "attributes": {"Clearance": True}},
        {},
        [],
    ),
]


@pytest.mark.parametrize(("what", "items", "more", "expected"), CARTS, ids=[cart[0] for cart in CARTS])
def test_each_campaign_does_what_it_says(
    demo: Program, opened: dict[str, Any], what: str, items: Any, more: dict[str, Any], expected: list[tuple[str, Any]]
) -> None:
    lines = [{"name": "x", "quantity": 1, **item} for item in (items if isinstance(items, list) else [items])]
    body = {"customerSession": {"cartItems": lines, **more}}
    path = f"/v2/customer_sessions/{what.replace(' ', '-').replace('%', '')}"
    reply = ask(demo.url(), path, method="PUT", body=body, key=f"ApiKey-v1 {opened['integrationKey']}")
    assert reply.status == 200, reply.text
    seen = [(effect["effectType"], telling(effect["props"])) for effect in reply.json["effects"]]
    assert seen == expected


def telling(props: dict[str, Any]) -> Any:
    """The value of an effect, or what it has instead."""
    return next((props[name] for name in ("value", "sku", "notificationType") if name in props), props)


def test_a_gift_card_pays_until_it_is_used_up(demo: Program, opened: dict[str, Any]) -> None:
    campaigns = {one["name"]: one["id"] for one in staff(demo, "/campaigns", opened)["data"]}
    codes = staff(demo, f"/campaigns/{campaigns['Gift cards']}/coupons/no_total?pageSize=1", opened)
    code = codes["data"][0]["value"]
    paid = []
    for number in (1, 2):
        session = {
            "couponCodes": [code],
            "cartItems": [{"name": "Vase", "sku": "VASE", "quantity": 1, "price": 30}],
            "state": "closed",
        }
        reply = ask(
            demo.url(),
            f"/v2/customer_sessions/gift-{number}",
            method="PUT",
            body={"customerSession": session},
            key=f"ApiKey-v1 {opened['integrationKey']}",
        )
        paid += [e["props"]["value"] for e in reply.json["effects"] if e["effectType"] == "setDiscount"]
    assert paid == [30, 20]


def test_a_folder_that_lost_its_credentials_is_not_taken_over(folder: Path, opened: dict[str, Any]) -> None:
    """Runs last: it takes the file away."""
    assert opened
    with short_folder() as place:
        lost = place / "demo"
        with running("demo", "--data", str(lost), "--port", "0", "--json") as program:
            program.says(r"\{.*\}\n")
        (lost / "demo.json").unlink()
        ended = run_largesse("demo", "--data", str(lost), "--port", "0")
        assert ended.status == 1
        assert "demo.json is gone" in ended.errors
        assert not (lost / "demo.json").exists()
    assert folder.exists()


def test_an_interrupted_first_start_goes_on_where_it_ended() -> None:
    with short_folder() as place:
        data = place / "demo"
        draft = {"adminEmail": "robin@hazel-and-hearth.example", "adminPassword": "decided before"}
        created = run_largesse(
            "create-admin", "--data", str(data), "--email", draft["adminEmail"], "--password", draft["adminPassword"]
        )
        assert created.status == 0
        (data / "demo.json").write_text(json.dumps(draft))
        with running("demo", "--data", str(data), "--port", "0", "--json") as program:
            program.says(r"\{.*\}\n")
            told = json.loads(program.output)
        assert told["adminPassword"] == draft["adminPassword"]
        assert told["accountId"] == 1
