"""Types: what the checker knows beyond kinds.

A kind says "a list"; a type says "a list of items, and an item has a Price". Knowing that before a rule runs is what
lets `[".", "Item", "Price"]` become `item.price`. Where nothing is known (`AnyType`: a custom attribute nobody
declared) the kind is looked at while the rule runs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

from largesse.language.kinds import Kind


@dataclass(frozen=True, slots=True)
class DecimalType:
    """An exact number."""


@dataclass(frozen=True, slots=True)
class StringType:
    """A text."""


@dataclass(frozen=True, slots=True)
class BooleanType:
    """True or false."""


@dataclass(frozen=True, slots=True)
class TimeType:
    """A moment with an offset."""


@dataclass(frozen=True, slots=True)
class NullType:
    """Only Null: what effects return."""


@dataclass(frozen=True, slots=True)
class AnyType:
    """Anything but a block; looked at while the rule runs."""


@dataclass(frozen=True, slots=True)
class TokenType:
    """A lazy argument; `result` is the type of its value once it is evaluated."""

    result: "Type" = AnyType()


@dataclass(frozen=True, slots=True)
class OptionalType:
    """A value of type `inner`, or Null: the head of a list that may be empty."""

    inner: "Type"


@dataclass(frozen=True, slots=True)
class ListType:
    """A list whose elements all have one type."""

    element: "Type"


@dataclass(frozen=True, slots=True)
class MapType:
    """Values by exact key. With `known`, only those keys exist and each has its own type; without, any key may be
    asked for and has type `value`."""

    value: "Type"
    known: Mapping[str, "Type"] | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One readable field of a record.

    name: as rules spell it ("Category"). attribute: the attribute of the Python object that holds it ("category").
    optional: it may be None, and reading it then fails with "Unable to find". varies: it may change while one
    evaluation runs, although its root is constant, so that nothing computed from it is shared.
    """

    name: str
    type: "Type"
    attribute: str
    optional: bool = False
    doc: str = ""
    varies: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RecordType:
    """An object of the engine; `fields` by lower-cased name, because built-in attributes are found whatever their
    letter case. Equal only to itself."""

    name: str
    fields: Mapping[str, Field] = field(repr=False)


Type: TypeAlias = (
    DecimalType
    | StringType
    | BooleanType
    | TimeType
    | NullType
    | AnyType
    | TokenType
    | OptionalType
    | ListType
    | RecordType
    | MapType
)

ResultRule: TypeAlias = Callable[[tuple[Type, ...]], Type]
"""The type of a call, from the types of its arguments (a lazy argument is a TokenType)."""

BindRule: TypeAlias = Callable[[tuple[Type, ...]], tuple[Type, ...]]
"""The types of the values a block receives, from the types of the call's arguments."""

DECIMAL: Final = DecimalType()
STRING: Final = StringType()
BOOLEAN: Final = BooleanType()
TIME: Final = TimeType()
NULL: Final = NullType()
ANY: Final = AnyType()


def record(name: str, *fields: Field) -> RecordType:
    """A record type from its fields."""
    return RecordType(name, MappingProxyType({each.name.lower(): each for each in fields}))


def kinds_of(type_: Type) -> Kind:
    """The kinds a value of this type may have."""
    match type_:
        case DecimalType():
            return Kind.DECIMAL
        case StringType():
            return Kind.STRING
        case BooleanType():
            return Kind.BOOLEAN
        case TimeType():
            return Kind.TIME
        case NullType():
            return Kind.NULL
        case AnyType():
            return Kind.ATOM | Kind.COLLECTION
        case TokenType():
            return Kind.TOKEN
        case OptionalType(inner):
            return kinds_of(inner) | Kind.NULL
        case ListType():
            return Kind.LIST
        case RecordType() | MapType():
            return Kind.MAP
        case _:
            assert_never(type_)


_TYPE_OF_KIND: Final[Mapping[Kind, Type]] = MappingProxyType(
    {
        Kind.DECIMAL: DECIMAL,
        Kind.STRING: STRING,
        Kind.BOOLEAN: BOOLEAN,
        Kind.TIME: TIME,
        Kind.NULL: NULL,
        Kind.LIST: ListType(ANY),
        Kind.MAP: MapType(ANY),
    }
)


def type_of_kinds(kinds: Kind) -> Type:
    """The best type known from a signature alone."""
    return _TYPE_OF_KIND.get(kinds, ANY)


def join(left: Type, right: Type) -> Type:
    """The narrowest type that holds the values of both."""
    if left == right:
        return left
    if isinstance(left, NullType | OptionalType) or isinstance(right, NullType | OptionalType):
        return _optional(_without_null(left), _without_null(right))
    if isinstance(left, ListType) and isinstance(right, ListType):
        return ListType(join(left.element, right.element))
    return ANY


def _without_null(type_: Type) -> Type | None:
    match type_:
        case NullType():
            return None
        case OptionalType(inner):
            return inner
        case _:
            return type_


def _optional(left: Type | None, right: Type | None) -> Type:
    inner = left if right is None else right if left is None else join(left, right)
    if inner is None:
        return NULL
    return inner if isinstance(inner, AnyType) else OptionalType(inner)


def type_text(type_: Type) -> str:
    """A type in the words of a message: `Decimal`, `list of Item`, `String or Null`."""
    match type_:
        case OptionalType(inner):
            return f"{type_text(inner)} or Null"
        case ListType(AnyType()):
            return "List"
        case ListType(element):
            return f"list of {type_text(element)}"
        case RecordType(name):
            return name
        case TokenType():
            return "block"
        case AnyType():
            return "Any"
        case _:
            return str(kinds_of(type_).name).title()
