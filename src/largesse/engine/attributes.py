"""Custom attributes: what an account has defined, and whether a value sent for one is acceptable.

An attribute must exist before a request may set it. Values arrive as JSON (numbers as int or Decimal, never float)
and leave here normalised: numbers as Decimal, everything else as it came. Source: semantics, section 7.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import copy
from decimal import Decimal
from itertools import count
from typing import Any, Literal, TypeAlias

from msgspec import Struct, structs

from largesse.engine.money import shortest
from largesse.engine.refusals import INVALID_TYPE, INVALID_VALUE, UNKNOWN, Refusal
from largesse.language import parse_time

# JSON itself: the one place where the brain cannot know more about a value.
JSON: TypeAlias = Any

Entity = Literal[
    "Application",
    "Campaign",
    "CustomerProfile",
    "CustomerSession",
    "CartItem",
    "Coupon",
    "Event",
    "Giveaway",
    "LoyaltyCard",
    "Referral",
    "Store",
]
AttributeType = Literal[
    "string",
    "number",
    "boolean",
    "time",
    "(list string)",
    "(list number)",
    "(list time)",
    "location",
    "(list location)",
]


class RelyOnAttributes(Struct, frozen=True, tag=True):
    """Change: nothing, but all of it is refused where these attributes are no longer as they were when it was decided;
    null is one that was not set. `key` is the integration id of a profile, or the id of a code."""

    entity: Literal["CustomerProfile", "Coupon", "Referral"]
    key: str
    attributes: dict[str, JSON]


# A value of an attribute with an allowed list: the attribute's id, and the value as a text.
ListedValue: TypeAlias = tuple[int, str]

# Of degrees, to either side.
LATITUDE_MAX = 90
LONGITUDE_MAX = 180

# Who may use an attribute of cart items.
Subscription = Literal["application", "catalog"]


class AttributeDefinition(Struct, frozen=True):
    """One attribute an account has defined; one of events may be for one type of them, `event_type`.

    `suggestions` are the only values allowed when `restricted_by_suggestions`, beside those of its allowed list if it
    has one, which is looked up. `subscribed_applications_ids` names the Applications that may use it,
    `subscribed_catalogs_ids` the catalogs; empty means all. `allowed_subscriptions` says which of both may use it at
    all; empty means both.
    """

    id: int
    entity: Entity
    name: str
    type: AttributeType
    restricted_by_suggestions: bool = False
    suggestions: tuple[str, ...] = ()
    subscribed_applications_ids: tuple[int, ...] = ()
    subscribed_catalogs_ids: tuple[int, ...] = ()
    allowed_subscriptions: tuple[Subscription, ...] = ()
    event_type: str | None = None
    has_allowed_list: bool = False

    @property
    def is_listed(self) -> bool:
        """Whether its values are restricted to an allowed list, beside its suggestions."""
        return self.has_allowed_list and self.restricted_by_suggestions

    @property
    def may_be_sent(self) -> bool:
        """Whether a request may set it; some attributes of cart items are for catalogs alone."""
        return not self.allowed_subscriptions or "application" in self.allowed_subscriptions


_ADDRESS = ("Name", "Address1", "Address2", "Address3", "Address4", "City", "PostalCode", "Country")
_ADDRESSES = tuple(f"{whose}{part}" for whose in ("Billing", "Shipping") for part in _ADDRESS)
_LIBRARY: tuple[tuple[Entity, AttributeType, tuple[str, ...]], ...] = (
    ("CustomerProfile", "string", ("Name", "Email", "Language", *_ADDRESSES)),
    ("CustomerProfile", "time", ("BirthDate", "SignupDate")),
    ("CustomerSession", "string", ("ShippingMethod", "PaymentMethod", *_ADDRESSES)),
    ("CustomerSession", "number", ("ShippingCost",)),
)


def _library() -> Iterator[AttributeDefinition]:
    numbers = count(1)
    for entity, kind, names in _LIBRARY:
        for name in names:
            yield AttributeDefinition(-next(numbers), entity, name, kind)


LIBRARY = tuple(_library())
"""What shops usually know of their customers and orders: defined for everybody, with ids below zero, unless the account
has defined an attribute of this name itself."""


class AttributeDefinitions:
    """The attributes that one Application may use, by entity and exact name: those of the library and its own."""

    __slots__ = ("_allowed", "_by_entity", "has_lists")

    def __init__(self, definitions: Iterable[AttributeDefinition], application_id: int) -> None:
        self._allowed: frozenset[ListedValue] | None = None
        self.has_lists = False
        self._by_entity: dict[str, dict[str, AttributeDefinition]] = {}
        for definition in (*LIBRARY, *definitions):
            if not definition.subscribed_applications_ids or application_id in definition.subscribed_applications_ids:
                self._by_entity.setdefault(definition.entity, {})[definition.name] = definition
                self.has_lists |= definition.is_listed

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AttributeDefinitions):
            return NotImplemented
        return (self._by_entity, self._allowed) == (other._by_entity, other._allowed)

    def __hash__(self) -> int:
        return hash((frozenset(self._by_entity), self._allowed))

    def of(self, entity: Entity) -> Mapping[str, AttributeDefinition]:
        """The attributes of one entity by name."""
        return self._by_entity.get(entity, {})

    def listed(self, entity: Entity, sent: Mapping[str, JSON]) -> Iterator[ListedValue]:
        """What has to be looked up in allowed lists to accept these attributes."""
        known = self.of(entity)
        for name, value in sent.items():
            definition = known.get(name)
            if definition is not None and definition.is_listed and value is not None:
                yield from ((definition.id, text) for text in texts_of(value))

    def allowing(self, found: Collection[ListedValue]) -> "AttributeDefinitions":
        """The same attributes, for one request: of what it asked for, this was found in allowed lists."""
        known = copy(self)
        known._allowed = frozenset(found)
        return known

    def allows(self, definition: AttributeDefinition, value: JSON) -> bool:
        """Whether a restricted attribute may have a value. Where nothing was looked up, as in rules, any value that a
        list might hold may be set."""
        if definition.is_listed and self._allowed is None:
            return True
        found = self._allowed or ()
        texts = texts_of(value)
        return all(text in definition.suggestions or (definition.id, text) in found for text in texts)


def definitions_of_catalog(definitions: Iterable[AttributeDefinition], catalog_id: int) -> AttributeDefinitions:
    """The attributes that the items of a catalog may have, whichever Applications may use them."""
    usable = [
        structs.replace(definition, subscribed_applications_ids=(), allowed_subscriptions=())
        for definition in definitions
        if definition.entity == "CartItem"
        and (not definition.allowed_subscriptions or "catalog" in definition.allowed_subscriptions)
        and (not definition.subscribed_catalogs_ids or catalog_id in definition.subscribed_catalogs_ids)
    ]
    return AttributeDefinitions(usable, 0)


def accept(
    entity: Entity, sent: Mapping[str, JSON], definitions: AttributeDefinitions, pointer: str
) -> tuple[dict[str, JSON], list[Refusal]]:
    """Check the attributes sent for one entity.

    Returns the normalised values (None stays None: it clears the attribute) and every refusal, each with the JSON
    pointer `pointer`/<name>.
    """
    known = definitions.of(entity)
    accepted: dict[str, JSON] = {}
    refusals: list[Refusal] = []
    for name, value in sent.items():
        definition = known.get(name)
        where = f"{pointer}/{escape(name)}"
        if definition is None or not definition.may_be_sent:
            refusals.append(
                Refusal(UNKNOWN, f'The attribute "{name}" is not defined on {entity} entities.', where),
            )
        elif value is None:
            accepted[name] = None
        elif not _CHECKS[definition.type](value):
            article = "an" if definition.type[0] in "aeiou" else "a"
            shown = definition.type.strip("()")
            refusals.append(
                Refusal(INVALID_TYPE, f'Value of "{name}" attribute ({show(value)}) is not {article} {shown}', where),
            )
        elif definition.restricted_by_suggestions and not definitions.allows(definition, value):
            refusals.append(
                Refusal(
                    INVALID_VALUE, f'Value of "{name}" attribute ({show(value)}) is not one of those allowed', where
                ),
            )
        else:
            accepted[name] = normalise(value)
    return accepted, refusals


def merge(stored: Mapping[str, JSON], sent: Mapping[str, JSON]) -> dict[str, JSON]:
    """The attributes after an update: sent keys overwrite, null clears, the others stay."""
    merged = {**stored, **sent}
    return {name: value for name, value in merged.items() if value is not None}


def normalise(value: JSON) -> JSON:
    """The value with every number as a Decimal."""
    match value:
        case bool():
            return value
        case int():
            return Decimal(value)
        case list():
            return [normalise(element) for element in value]
        case dict():
            return {key: normalise(element) for key, element in value.items()}
        case _:
            return value


def escape(name: str) -> str:
    """A map key as one step of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def show(value: JSON) -> str:
    """A value as a short text for an error message."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= SHOWN_CHARACTERS_MAX else text[: SHOWN_CHARACTERS_MAX - 3] + "..."


# Error messages quote what was sent; a megabyte of it helps nobody.
SHOWN_CHARACTERS_MAX = 100


def texts_of(value: JSON) -> list[str]:
    """A value, or each element of a list, as the text that suggestions and allowed lists know it by."""
    return [_text_of(element) for element in (value if isinstance(value, list) else [value])]


def _text_of(value: JSON) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | Decimal():
            return f"{shortest(Decimal(value)):f}"
        case _:
            return str(value)


def _is_string(value: JSON) -> bool:
    return isinstance(value, str)


def _is_number(value: JSON) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_boolean(value: JSON) -> bool:
    return isinstance(value, bool)


def is_time(value: JSON) -> bool:
    """Whether a value is an RFC 3339 time with an offset."""
    return isinstance(value, str) and parse_time(value) is not None


def _is_location(value: JSON) -> bool:
    """Whether a value is a place on Earth: rules measure distances from it."""
    match value:
        case {"lat": latitude, "lon": longitude} if len(value) == 2:
            pass
        case [latitude, longitude]:
            pass
        case _:
            return False
    return _is_within(latitude, LATITUDE_MAX) and _is_within(longitude, LONGITUDE_MAX)


def _is_within(degrees: JSON, most: int) -> bool:
    return _is_number(degrees) and -most <= degrees <= most


def _list_of(check: Callable[[JSON], bool]) -> Callable[[JSON], bool]:
    return lambda value: isinstance(value, list) and all(check(element) for element in value)


_CHECKS: Mapping[AttributeType, Callable[[JSON], bool]] = {
    "string": _is_string,
    "number": _is_number,
    "boolean": _is_boolean,
    "time": is_time,
    "(list string)": _list_of(_is_string),
    "(list number)": _list_of(_is_number),
    "(list time)": _list_of(is_time),
    "location": _is_location,
    "(list location)": _list_of(_is_location),
}
