"""Bodies in: what is accepted, and for everything else the title, the sentence and the pointer. Bodies out: plain."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

import msgspec
import pytest
from msgspec import UNSET, Meta, Struct

from largesse.plumbing.http.bodies.trees import parse_tree
from largesse.plumbing.http.codec import BodyReader, Omittable, encode, given
from largesse.plumbing.http.outline import mapping
from largesse.plumbing.problems import Invalid
from tests.plumbing.http.toys import Cart, Line

READER = BodyReader(Cart)

GOOD = b'{"cartItems": [{"sku": "a", "quantity": 2, "price": 10.50}]}'


def refusal(raw: bytes, read: Callable[[bytes], object] = READER.read) -> tuple[str, str | None, str]:
    """Title, pointer and details of the one error of a refused body."""
    with pytest.raises(Invalid) as caught:
        read(raw)
    assert caught.value.message == "The submitted data was invalid"
    (error,) = caught.value.errors
    return error.title, error.pointer, error.details


def with_line(members: str) -> bytes:
    """A cart whose second line has these members."""
    return b'{"cartItems": [{"sku": "a", "quantity": 1}, {%s}]}' % members.encode()


def test_a_good_body_becomes_structs_with_exact_numbers() -> None:
    cart = READER.read(GOOD)
    assert cart == Cart(cart_items=[Line(sku="a", quantity=2, price=Decimal("10.50"))])
    assert str(given(cart.cart_items[0].price)) == "10.50"


def test_unknown_properties_are_ignored_and_null_means_omitted() -> None:
    cart = READER.read(b'{"cartItems": [], "codes": null, "total": "nonsense", "effects": [{"a": {}}]}')
    assert given(cart.codes) is None
    assert given(READER.read(b'{"cartItems": []}').codes) is None


def test_numbers_inside_attributes_are_exact() -> None:
    cart = READER.read(with_line('"sku": "b", "quantity": 1, "attributes": {"size": 0.1, "count": 3, "deep": [1.50]}'))
    attributes = given(cart.cart_items[1].attributes)
    assert attributes == {"size": Decimal("0.1"), "count": 3, "deep": [Decimal("1.50")]}
    assert not any(isinstance(value, float) for value in (attributes or {}).values())


@pytest.mark.parametrize(
    ("line", "title", "pointer", "details"),
    [
        ('"sku": "b", "quantity": "1"', "Invalid type", "quantity", "quantity must be an integer, not a string"),
        ('"sku": "b", "quantity": 1.5', "Invalid type", "quantity", "quantity must be an integer, not a number"),
        ('"sku": "b", "quantity": null', "Invalid type", "quantity", "quantity must be an integer, not null"),
        ('"sku": "b", "quantity": true', "Invalid type", "quantity", "quantity must be an integer, not a boolean"),
        ('"sku": 7, "quantity": 1', "Invalid type", "sku", "sku must be a string, not an integer"),
        ('"sku": "b", "quantity": 0', "Out of range", "quantity", "quantity must be an integer >= 1"),
        ('"quantity": 1', "Required", "sku", "sku is required"),
        ('"sku": "", "quantity": 1', "Too short", "sku", "sku must have at least 1 characters"),
        ('"sku": "elevenchars", "quantity": 1', "Too long", "sku", "sku must have at most 10 characters"),
        (
            '"sku": "b", "quantity": 1, "attributes": []',
            "Invalid type",
            "attributes",
            "attributes must be an object, not an array",
        ),
    ],
)
def test_wrong_lines(line: str, title: str, pointer: str, details: str) -> None:
    assert refusal(with_line(line)) == (title, f"/cartItems/1/{pointer}", details)


@pytest.mark.parametrize(
    ("raw", "title", "pointer", "details"),
    [
        (b"[]", "Invalid type", "", "The body must be an object, not an array"),
        (b"{}", "Required", "/cartItems", "cartItems is required"),
        (b'{"cartItems": {}}', "Invalid type", "/cartItems", "cartItems must be an array, not an object"),
        (b'{"cartItems": [3]}', "Invalid type", "/cartItems/0", "cartItems must be an object, not an integer"),
        (
            b'{"cartItems": [], "state": "shut"}',
            "enum",
            "/state",
            'state must be one of the following: "closed", "open"',
        ),
        (b'{"cartItems": [], "codes": ["1", "2", "3"]}', "Too long", "/codes", "codes must have at most 2 elements"),
        (
            b'{"cartItems": [], "closedAt": "yesterday"}',
            "Invalid value",
            "/closedAt",
            "closedAt must be a time in the form of RFC 3339, such as 2030-12-31T23:59:59Z",
        ),
    ],
)
def test_wrong_carts(raw: bytes, title: str, pointer: str, details: str) -> None:
    assert refusal(raw) == (title, pointer, details)


@pytest.mark.parametrize("quoted", ['"1.10"', '"NaN"', '" 7 "', '"\\u0031"', '"1_0"', '"ten"', '"\u0661"', '""'])
def test_a_number_in_quotes_is_no_number(quoted: str) -> None:
    title, pointer, details = refusal(with_line(f'"sku": "b", "quantity": 1, "price": {quoted}'))
    assert (title, pointer) == ("Invalid type", "/cartItems/1/price")
    assert details == "price must be a number, not a string"


def test_strings_that_look_like_numbers_may_be_strings() -> None:
    cart = READER.read(b'{"cartItems": [{"sku": "123", "quantity": 1, "attributes": {"gtin": "1234567890123456789"}}]}')
    assert cart.cart_items[0].sku == "123"


@pytest.mark.parametrize("keys", [["a"], ["a", "b", "c"], [f"cost-{number}" for number in range(40)]])
def test_the_key_of_a_mapping_is_found(keys: Sequence[str]) -> None:
    for wrong in keys:
        costs = {key: {"price": "1" if key == wrong else 1} for key in keys}
        raw = msgspec.json.encode({"cartItems": [], "additionalCosts": costs})
        assert refusal(raw)[:2] == ("Invalid type", f"/additionalCosts/{wrong}/price")


def test_keys_are_escaped_in_pointers() -> None:
    raw = b'{"cartItems": [], "additionalCosts": {"a/b~c": {}}}'
    assert refusal(raw) == ("Required", "/additionalCosts/a~1b~0c/price", "price is required")


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("9223372036854775807", True),
        ("-9223372036854775807", True),
        ("9223372036854775808", False),
        ("9999999999999999999.5", True),
        ("9999999999999999999", False),
        ("10000000000000000000", False),
        ("-10000000000000000000", False),
        ("1e14", True),
        ("1e19", False),
        ("1E400", False),
        ("1e999999999999", False),
        ("0.00000000000000000001", True),
        ("1e-20", True),
        ("1e-21", False),
        ("9" * 5000, False),
    ],
)
def test_numbers_have_a_largest_size(number: str, fits: bool) -> None:
    raw = with_line(f'"sku": "b", "quantity": 1, "attributes": {{"n": {number}}}')
    if fits:
        READER.read(raw)
        return
    title, pointer, _ = refusal(raw)
    if len(number) < 5000:  # the second look cannot read the longest to find their place
        assert (title, pointer) == ("Out of range", "/cartItems/1/attributes/n")


@pytest.mark.parametrize(
    "raw",
    [b"{", b'{"cartItems": [,]}', b'{"cartItems": []} x', b"\xff\xfe", b'{"a": "\\ud800"}', b"[" * 70_000, b"nope"],
)
def test_what_is_not_json(raw: bytes) -> None:
    title, pointer, _ = refusal(raw)
    assert title in {"Malformed JSON", "Out of range"}
    assert pointer == ""


@pytest.mark.parametrize("raw", [b"", b"  \n"])
def test_an_empty_body(raw: bytes) -> None:
    assert refusal(raw)[0] == "Required"


def test_a_nul_character_is_refused_where_it_stands() -> None:
    raw = with_line('"sku": "b", "quantity": 1, "attributes": {"a": ["x", "y\\u0000"]}')
    assert refusal(raw)[:2] == ("Invalid value", "/cartItems/1/attributes/a/1")
    backslash = with_line('"sku": "b", "quantity": 1, "attributes": {"a": "\\\\u0000"}')
    assert READER.read(backslash).cart_items[1].attributes == {"a": "\\u0000"}


def test_depth_has_a_limit() -> None:
    def nested(depth: int) -> bytes:
        return with_line('"sku": "b", "quantity": 1, "attributes": {"a": ' + "[" * depth + "]" * depth + "}")

    READER.read(nested(60))
    assert refusal(nested(61)) == ("Out of range", "", "The body is nested more than 64 levels deep")
    wide = with_line('"sku": "b", "quantity": 1, "attributes": {"a": [' + ",".join(["[[]]"] * 500) + ', "[[["]}')
    READER.read(wide)


class Shape(Struct, frozen=True, kw_only=True, tag_field="kind", tag="circle"):
    """One kind of a union."""

    radius: Decimal


class Square(Struct, frozen=True, kw_only=True, tag_field="kind", tag="square"):
    """The other."""

    side: Annotated[Decimal, Meta(description="Length")]
    unit: Literal["cm", "in"] = "cm"
    id: UUID | None = None


class Drawing(Struct, frozen=True, kw_only=True):
    """A union inside a list inside a mapping."""

    layers: dict[str, list[Shape | Square]] = {}
    scale: Decimal | bool | None = None


def test_unions_keep_their_kinds_when_numbers_are_checked() -> None:
    reader = BodyReader(Drawing)
    drawing = reader.read(b'{"layers": {"a": [{"kind": "circle", "radius": 1}, {"kind": "square", "side": 2.5}]}}')
    assert drawing.layers["a"] == [Shape(radius=Decimal(1)), Square(side=Decimal("2.5"))]
    assert reader.read(b'{"scale": true}').scale is True
    quoted = b'{"layers": {"a": [], "b": [{"kind": "circle", "radius": 1}, {"kind": "square", "side": "2.5"}]}}'
    assert refusal(quoted, reader.read)[:2] == ("Invalid type", "/layers/b/1/side")
    unknown = b'{"layers": {"a": [{"kind": "line"}]}}'
    assert refusal(unknown, reader.read) == (
        "enum",
        "/layers/a/0/kind",
        'kind must be one of the following: "circle", "square"',
    )


class Loop(Struct):
    """A struct whose twin would never end."""

    price: Decimal
    inner: "list[Loop]" = []


def test_a_struct_that_holds_itself_and_a_decimal_is_refused_at_start() -> None:
    with pytest.raises(TypeError, match="Loop contains itself"):
        BodyReader(Loop)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("10.00", "10"),
        ("1E+2", "100"),
        ("0.10", "0.1"),
        ("1E-8", "0.00000001"),
        ("-0.00", "0"),
        ("-0", "0"),
        ("-0.50", "-0.5"),
        ("0E+3", "0"),
        ("100", "100"),
        ("1234567890123456789012345.10", "1234567890123456789012345.1"),
    ],
)
def test_decimals_are_written_plainly(value: str, text: str) -> None:
    tricky = 'x":1.10,E+1 \\"-0,'
    written = encode({"a": Decimal(value), "b": [Decimal(value), tricky], tricky: Decimal(value)})
    assert f'{{"a":{text},"b":[{text},'.encode() in written
    assert mapping(parse_tree(written))["b"] == [Decimal(value), tricky]
    assert written.endswith(f":{text}}}".encode())


def test_times_are_written_in_utc_and_absent_properties_are_not_written() -> None:
    class Answer(Struct, rename="camel"):
        closed_at: datetime
        note: Omittable[str] = UNSET

    assert encode(Answer(closed_at=datetime(2030, 1, 31, tzinfo=UTC))) == b'{"closedAt":"2030-01-31T00:00:00Z"}'
