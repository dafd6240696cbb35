"""JSON schemas (draft 2020-12, as OpenAPI 3.1 uses it) of wire types.

The JSON library can write schemas too, but it calls a decimal a string and shows every null that a request may hold.
Ours say what the contract says: decimals are numbers, and the null of an optional property, which we read as its
absence, is not advertised. A required property that may be null says so.

`Meta(extra_json_schema={...})` is merged last, so a noun can add what types cannot say (a minimum of a decimal, a
read-only property, `EXTENSION`) or say it differently.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from inspect import cleandoc
from typing import get_args

import msgspec
from msgspec import inspect

Schema = dict[str, object]

_ONE_OF = "one_of"
_REFERENCE = "#/components/schemas/"
_NULL: Schema = {"type": "null"}

_PLAIN: Mapping[type[inspect.Type], Schema] = {
    inspect.AnyType: {},
    inspect.RawType: {},
    inspect.NoneType: _NULL,
    inspect.BoolType: {"type": "boolean"},
    inspect.DecimalType: {"type": "number"},
    inspect.DateTimeType: {"type": "string", "format": "date-time"},
    inspect.DateType: {"type": "string", "format": "date"},
    inspect.UUIDType: {"type": "string", "format": "uuid"},
}

_NUMBER_LIMITS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
_TEXT_LIMITS = {"min_length": "minLength", "max_length": "maxLength", "pattern": "pattern"}


def one_of(structs: Iterable[type[msgspec.Struct]]) -> msgspec.Meta:
    """Tells the documents that a free value is one of these structs: `Annotated[object, one_of([A, B])]`.

    For unions that the JSON library cannot tell apart, because what tells them apart stands outside of them.
    """
    return msgspec.Meta(extra={_ONE_OF: tuple(structs)})


class SchemaBook:
    """The named schemas of one document, filled as types are asked for."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}
        self._classes: dict[str, object] = {}

    def schema_of(self, wire: object) -> Schema:
        """The schema of a wire type; structs become references to named schemas.

        Raises `TypeError` for a type that has no place on the wire, and when two structs have the same name.
        """
        return self._schema(inspect.type_info(wire))

    def properties_of(self, struct: object) -> tuple[dict[str, Schema], frozenset[str]]:
        """The schemas of a struct's fields by wire name, and the names of the required ones."""
        node = inspect.type_info(struct)
        if not isinstance(node, inspect.StructType):
            raise TypeError(f"{struct!r} is not a struct")
        return self._properties(node)

    def _schema(self, node: inspect.Type) -> Schema:
        match node:
            case inspect.Metadata(type=inner, extra_json_schema=told, extra=extra):
                structs = (extra or {}).get(_ONE_OF, ())
                schema = {"oneOf": [self.schema_of(struct) for struct in structs]} if structs else self._schema(inner)
                return {**schema, **_numbers_restored(told or {})}
            case inspect.UnionType(types=members):
                return _any_of([self._schema(member) for member in members])
            case inspect.StructType():
                return self._reference(node)
            case inspect.DictType(value_type=value):
                anything = self._schema(value)
                return {"type": "object", "additionalProperties": anything} if anything else {"type": "object"}
            case inspect.ListType() | inspect.VarTupleType() | inspect.SetType():
                limits = _limits(node, {"min_length": "minItems", "max_length": "maxItems"})
                return {"type": "array", "items": self._schema(node.item_type), **limits}
            case _:
                return _plain(node)

    def _reference(self, node: inspect.StructType) -> Schema:
        title = _name(node.cls)
        if self._classes.setdefault(title, node.cls) != node.cls:
            raise TypeError(f"two wire structs are called {title}")
        if title not in self.components:
            schema = self.components[title] = {"type": "object"}
            if doc := getattr(node.cls, "__doc__", None):
                schema["description"] = cleandoc(doc)
            properties, required = self._properties(node)
            schema["properties"] = properties
            if required:
                schema["required"] = [name for name in properties if name in required]
        return {"$ref": _REFERENCE + title}

    def _properties(self, node: inspect.StructType) -> tuple[dict[str, Schema], frozenset[str]]:
        properties: dict[str, Schema] = {}
        if node.tag_field is not None:
            properties[node.tag_field] = {"type": "string", "enum": [node.tag]}
        for field in node.fields:
            schema = self._schema(field.type)
            if not field.required:
                schema = _without_null(schema)
                if isinstance(field.default, str | int | Decimal):
                    schema = {**schema, "default": field.default}
            properties[field.encode_name] = schema
        required = {field.encode_name for field in node.fields if field.required}
        return properties, frozenset(required | ({node.tag_field} if node.tag_field else set()))


def _plain(node: inspect.Type) -> Schema:
    """The schema of a type without parts."""
    if (known := _PLAIN.get(type(node))) is not None:
        return known
    match node:
        case inspect.CustomType(cls=custom) if custom is object:
            return {}
        case inspect.IntType():
            return {"type": "integer", **_limits(node, _NUMBER_LIMITS)}
        case inspect.StrType():
            return {"type": "string", **_limits(node, _TEXT_LIMITS)}
        case inspect.LiteralType(values=values):
            return _enum(list(values))
        case inspect.EnumType(cls=enum):
            return _enum([member.value for member in enum])
        case _:
            raise TypeError(f"{node} has no place on the wire")


def _limits(node: inspect.Type, names: Mapping[str, str]) -> Schema:
    found = {keyword: getattr(node, name) for name, keyword in names.items()}
    return {keyword: limit for keyword, limit in found.items() if limit is not None}


def _numbers_restored(told: Mapping[str, object]) -> Schema:
    """What a noun added, with its decimal limits as numbers again: the library keeps them as strings."""
    limits = set(_NUMBER_LIMITS.values())
    return {key: Decimal(value) if key in limits and isinstance(value, str) else value for key, value in told.items()}


def _enum(values: list[object]) -> Schema:
    # A type next to the values helps generators of clients; a null among them would contradict it.
    kinds = {"string" if isinstance(value, str) else "integer" for value in values if value is not None}
    told: Schema = {"type": kinds.pop()} if len(kinds) == 1 and None not in values else {}
    return {**told, "enum": values}


def _any_of(schemas: list[Schema]) -> Schema:
    """One schema for several, without repetition (an `int | Decimal` is just a number twice)."""
    kinds = [schema.get("type") for schema in schemas]
    if {"type": "number"} in schemas:
        schemas = [schema for schema, kind in zip(schemas, kinds, strict=True) if kind != "integer"]
    unique = [schema for index, schema in enumerate(schemas) if schema not in schemas[:index]]
    unique.sort(key=lambda schema: schema == _NULL)
    return unique[0] if len(unique) == 1 else {"anyOf": unique}


def _without_null(schema: Schema) -> Schema:
    alternatives = schema.get("anyOf")
    if not isinstance(alternatives, list):
        return schema
    rest = {keyword: value for keyword, value in schema.items() if keyword != "anyOf"}
    return {**_any_of([one for one in alternatives if one != _NULL]), **rest}


def _name(struct: object) -> str:
    """A struct's own name; a generic one carries the names of what it was made for: `Page[Coupon]` is PageOfCoupon."""
    arguments = get_args(struct)
    origin = getattr(struct, "__origin__", struct)
    name: str = getattr(origin, "__name__", str(origin))
    return name + "".join(f"Of{_name(argument)}" for argument in arguments)
