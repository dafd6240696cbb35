"""Bytes to structs and back.

How a noun writes its structs:

    class NewCoupon(Struct, frozen=True, kw_only=True, rename="camel"):
        usage_limit: Annotated[int, Meta(ge=0, le=999999)]            # required; on the wire `usageLimit`
        state: Literal["open", "closed"] = "open"                     # an enum with a default
        start_date: Omittable[datetime] = UNSET                       # optional; null means the same as leaving it out
        price: Decimal | None                                         # required, and null is a published value
        catalog_item_id: int | UnsetType = field(default=UNSET, name="catalogItemID")   # another spelling
        attributes: dict[str, object] | UnsetType = UNSET             # free JSON: int, Decimal, str, bool, None, ...

* Optional in an answer: `T | UnsetType = UNSET`; the key is left out. Optional in a request: `Omittable[T] = UNSET`;
  read it with `given(...)`, which is None for both ways of saying nothing.
* Numbers are `int` or `Decimal`, never float. The library has no limits for decimals: check those in the noun and show
  them in the document with `Meta(extra_json_schema={"minimum": 0})`.
* Limits that the contract does not publish are checked in the noun too, so that the documents do not drift.
* `Annotated[..., EXTENSION]` marks a property of ours that the contract does not know.
* Unknown properties are ignored, because clients send back whole objects they have read. Wrong ones are refused.
"""

from decimal import Decimal
from typing import Generic, TypeVar, Union

import msgspec
from msgspec import UnsetType

from largesse.plumbing.http.bodies.blame import explain
from largesse.plumbing.http.bodies.depth import JSON_DEPTH_MAX, is_nested_too_deeply
from largesse.plumbing.http.bodies.numbers import (
    FRACTION_DIGITS_MAX,
    INTEGER_MAX,
    WHOLE_DIGITS_MAX,
    has_oversized_number,
    is_oversized,
    plain_numbers,
)
from largesse.plumbing.http.bodies.quoted import decimals_only
from largesse.plumbing.http.bodies.times import EARLIEST, LATEST, is_extreme_time, may_hold_extreme_time
from largesse.plumbing.http.bodies.trees import find_value, pointer_of
from largesse.plumbing.problems import FieldError, Invalid, at_pointer

T = TypeVar("T")
B = TypeVar("B")

Omittable = Union[T, None, UnsetType]  # noqa: UP007 - the operator cannot make a generic alias
"""The type of an optional property of a request whose null means the same as its absence."""

EXTENSION_MARK = "x-largesse-extension"
EXTENSION = msgspec.Meta(extra_json_schema={EXTENSION_MARK: True})
"""Marks a property or parameter the published contract does not have."""


def given(value: T | UnsetType | None) -> T | None:
    """The value of an `Omittable` property, or None where nothing was said."""
    return None if isinstance(value, UnsetType) else value


class BodyReader(Generic[B]):
    """Decodes the bodies of one operation. Made once, when the program starts, and used for every request."""

    __slots__ = ("_decode", "_decode_unquoted", "_wire")

    def __init__(self, wire: type[B]) -> None:
        self._wire = wire
        self._decode = msgspec.json.Decoder(wire, float_hook=Decimal).decode
        twin = decimals_only(wire)
        self._decode_unquoted = None if twin is None else msgspec.json.Decoder(twin).decode

    def read(self, raw: bytes) -> B:
        """The body in `raw`. Raises `Invalid` with the place of the first mistake."""
        if not raw.strip():
            raise _refusal("Required", "This operation needs a JSON body")
        if is_nested_too_deeply(raw):
            raise _refusal("Out of range", f"The body is nested more than {JSON_DEPTH_MAX} levels deep")
        try:
            return self._read(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _refusal("Malformed JSON", f"The body is not valid JSON: {error}") from None

    def _read(self, raw: bytes) -> B:
        if has_oversized_number(raw):
            raise Invalid(errors=(_oversized(raw),))
        if b"\\u0000" in raw and (place := find_value(raw, _holds_nul)):
            raise Invalid(errors=(at_pointer("Invalid value", "A string holds a NUL character", pointer_of(place)),))
        if may_hold_extreme_time(raw) and (place := find_value(raw, is_extreme_time)):
            details = f"A time must lie between the years {EARLIEST.year} and {LATEST.year}"
            raise Invalid(errors=(at_pointer("Out of range", details, pointer_of(place)),))
        try:
            body = self._decode(raw)
        except msgspec.ValidationError as error:
            raise Invalid(errors=(explain(str(error), raw, self._wire, self._decode),)) from None
        if self._decode_unquoted is not None:
            try:
                self._decode_unquoted(raw)
            except msgspec.ValidationError as error:
                raise Invalid(errors=(explain(str(error), raw, self._wire, self._decode_unquoted),)) from None
        return body


_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(value: object) -> bytes:
    """The JSON text of wire structs, lists and mappings of them: numbers plain and exact, absent properties omitted."""
    return plain_numbers(_encoder.encode(value))


def _refusal(title: str, details: str) -> Invalid:
    return Invalid(errors=(at_pointer(title, details, ""),))


def _holds_nul(value: object) -> bool:
    return isinstance(value, str) and "\x00" in value


def _is_oversized_value(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and is_oversized(str(value))


def _oversized(raw: bytes) -> FieldError:
    digits = f"{WHOLE_DIGITS_MAX} digits before its point and {FRACTION_DIGITS_MAX} after it"
    details = f"A number may have {digits}, an integer be {INTEGER_MAX} at most"
    try:
        place = find_value(raw, _is_oversized_value)
    except msgspec.ValidationError:
        # An integer of thousands of digits, which nobody reads, not even to find it.
        place = []
    return at_pointer("Out of range", details, pointer_of(place))
