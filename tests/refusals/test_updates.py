"""Updates of a session that are refused: each with its status, message and place, and none leaves a trace."""

import pytest

from tests.refusals.refused import CLOSED, KEPT, NEW, Keys, Refused, items, price, session
from tests.support.program import ask
from tests.support.server import Server

MALFORMED = [
    Refused("a brace that is missing", b'{"customerSession": {', errors=(("Malformed JSON", ""),)),
    Refused("no body", b"", errors=(("Required", ""),)),
    Refused("a body of blanks", b" \n", errors=(("Required", ""),)),
    Refused("null", b"null", errors=(("Invalid type", ""),)),
    Refused("a list", b"[]", errors=(("Invalid type", ""),)),
    Refused("a string", b'"customerSession"', errors=(("Invalid type", ""),)),
    Refused("a number", b"17", errors=(("Invalid type", ""),)),
    Refused("an empty object", b"{}", errors=(("Required", "/customerSession"),)),
    Refused("a null session", b'{"customerSession": null}', errors=(("Invalid type", "/customerSession"),)),
    Refused("two values", b'{"customerSession": {}} {}', errors=(("Malformed JSON", ""),)),
    Refused("bytes that are no UTF-8", b'{"customerSession": {"profileId": "\xff"}}', errors=(("Malformed JSON", ""),)),
    Refused("half a surrogate", b'{"customerSession": {"profileId": "\\ud800"}}', errors=(("Malformed JSON", ""),)),
    Refused("NUL", session(profileId="a\x00b"), errors=(("Invalid value", "/customerSession/profileId"),)),
    Refused("NaN", price("NaN"), errors=(("Malformed JSON", ""),)),
    Refused("Infinity", price("-Infinity"), errors=(("Malformed JSON", ""),)),
    Refused("nested 65 deep", b'{"a":' + b"[" * 65 + b"]" * 65 + b"}", errors=(("Out of range", ""),)),
]
PRICE = "/customerSession/cartItems/0/price"
NUMBERS = [
    Refused("1e400", price("1e400"), errors=(("Out of range", PRICE),)),
    Refused("1e-400", price("1e-400"), errors=(("Out of range", PRICE),)),
    Refused("an endless exponent", price("1e" + "9" * 5000), errors=(("Out of range", PRICE),)),
    Refused("an endless integer", price("9" * 5000), errors=(("Out of range", ""),)),
    Refused("twenty digits", price("12345678901234567890"), errors=(("Out of range", PRICE),)),
    Refused("a quoted price", price('"10"'), errors=(("Invalid type", PRICE),)),
    Refused("a quoted NaN", price('"NaN"'), errors=(("Invalid type", PRICE),)),
    Refused("a price that is a boolean", price("true"), errors=(("Invalid type", PRICE),)),
    Refused("a negative price", price("-0.01"), errors=(("Out of range", PRICE),)),
    Refused("a missing price", price("null"), errors=(("Required", PRICE),)),
    Refused(
        "a quoted quantity",
        items({"quantity": "1"}),
        errors=(("Invalid type", "/customerSession/cartItems/0/quantity"),),
    ),
    Refused(
        "half a piece", items({"quantity": 1.5}), errors=(("Invalid type", "/customerSession/cartItems/0/quantity"),)
    ),
    Refused(
        "quantity 0", items({}, {"quantity": 0}), errors=(("Out of range", "/customerSession/cartItems/1/quantity"),)
    ),
    Refused(
        "a negative weight", items({"weight": -1}), errors=(("Out of range", "/customerSession/cartItems/0/weight"),)
    ),
    Refused(
        "a quoted cost",
        session(additionalCosts={"shipping": {"price": "5"}}),
        errors=(("Invalid type", "/customerSession/additionalCosts/shipping/price"),),
    ),
]
CONTENTS = [
    Refused("a cart that is no list", session(cartItems={}), errors=(("Invalid type", "/customerSession/cartItems"),)),
    Refused(
        "a SKU that is a number", items({"sku": 1}), errors=(("Invalid type", "/customerSession/cartItems/0/sku"),)
    ),
    Refused("an empty SKU", items({"sku": ""}), errors=(("Too short", "/customerSession/cartItems/0/sku"),)),
    Refused("1,001 items", items(*[{}] * 1001), errors=(("Too many", "/customerSession/cartItems"),)),
    Refused("10,001 pieces", items({"quantity": 10_001}), errors=(("Too many", "/customerSession/cartItems"),)),
    Refused(
        "1,001 coupon codes",
        session(couponCodes=[f"CODE-{number}" for number in range(1001)]),
        errors=(("Too many", "/customerSession/couponCodes"),),
    ),
    Refused(
        "an unknown attribute",
        session(attributes={"colour": "red"}),
        errors=(("Unknown", "/customerSession/attributes/colour"),),
    ),
    Refused(
        "an attribute of the wrong type",
        session(attributes={"channel": 1}),
        errors=(("Invalid type", "/customerSession/attributes/channel"),),
    ),
    Refused(
        "two faults at once",
        items({"quantity": 0, "attributes": {"size": "43", "a/b": 1}}),
        errors=(
            ("Out of range", "/customerSession/cartItems/0/quantity"),
            ("Invalid type", "/customerSession/cartItems/0/attributes/size"),
            ("Unknown", "/customerSession/cartItems/0/attributes/a~1b"),
        ),
    ),
    Refused(
        "an unknown cost",
        session(additionalCosts={"gift": {"price": 1}}),
        errors=(("Unknown", "/customerSession/additionalCosts/gift"),),
    ),
    Refused("an unknown state", session(state="paid"), errors=(("enum", "/customerSession/state"),)),
    Refused(
        "an unknown part of the answer",
        b'{"customerSession": {}, "responseContent": ["weather"]}',
        errors=(("enum", "/responseContent/0"),),
    ),
    Refused(
        "a store that does not exist",
        session(storeIntegrationId="nowhere"),
        errors=(("Invalid value", "/customerSession/storeIntegrationId"),),
    ),
]
TRANSITION = (("Invalid state transition", "/customerSession/state"),)
TIMES = [
    Refused("a new session that is cancelled", session(state="cancelled"), path=NEW, errors=TRANSITION),
    Refused("a closed session that is opened", session(state="open"), path=CLOSED, errors=TRANSITION),
    Refused("a closed session that is changed", items({}), path=CLOSED, errors=TRANSITION),
    Refused("a closed session that is closed", session(state="closed"), path=CLOSED, errors=TRANSITION),
    Refused("now without dry", session(), path=f"{KEPT}?now=2099-01-01T00:00:00Z", errors=(("Invalid value", "?now"),)),
    Refused(
        "now in the past",
        session(),
        path=f"{KEPT}?dry=true&now=2020-01-01T00:00:00Z",
        errors=(("Out of range", "?now"),),
    ),
    Refused("now that is no time", session(), path=f"{KEPT}?dry=true&now=noon", errors=(("Invalid type", "?now"),)),
    Refused("dry that is no boolean", session(), path=f"{KEPT}?dry=maybe", errors=(("Invalid type", "?dry"),)),
    Refused(
        "an id of 1,001 characters",
        session(),
        path=f"/v2/customer_sessions/{'s' * 1001}",
        errors=(("Too long", "?customerSessionId"),),
    ),
    Refused(
        "an id that is no UTF-8",
        session(),
        path="/v2/customer_sessions/%FF",
        errors=(("Invalid value", "?customerSessionId"),),
    ),
]
ROWS = [*MALFORMED, *NUMBERS, *CONTENTS, *TIMES]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)
def test_an_update_is_refused(row: Refused, server: Server, keys: Keys) -> None:
    reply = ask(server.url, row.path, method=row.method, body=row.body, key=keys.header(row.key))
    row.expect(reply)
