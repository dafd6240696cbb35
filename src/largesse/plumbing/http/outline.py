"""An OpenAPI document without its prose: what is left when only names, types and limits count.

`allOf` is merged, wording is dropped, and everything that can be said in two ways is said in one. Ours and the
published document can then be compared, and the published one kept as a small file. The form, as plain JSON values:

    {"operations": {id: {"method", "path", "parameters", "body", "replies", "problems"}}, "schemas": {name: S}}

    S is {"ref": name} or any of {"type", "nullable", "format", "enum", "properties", "required", "items", "values",
    "oneOf", "media", "readOnly", "extension"} and the limits by their JSON Schema names. {} is anything.
"""

from collections.abc import Mapping, Sequence

from largesse.plumbing.http.codec import EXTENSION_MARK

Outline = dict[str, object]

METHODS = ("get", "put", "post", "delete", "patch")

LIMITS = (
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
    "uniqueItems",
)

MEANINGLESS_FORMATS = frozenset({"float", "double", "int32", "int64", "string", "acl", "csv"})
"""They name a width or repeat the type; nothing on the wire follows from them."""

_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def outline(document: Mapping[str, object]) -> Outline:
    """The outline of an OpenAPI 3.1 document."""
    reading = _Reading(mapping(document.get("components")))
    operations: Outline = {}
    for path, item in mapping(document.get("paths")).items():
        for method in METHODS:
            if operation := mapping(mapping(item).get(method)):
                operations[str(operation["operationId"])] = {
                    "method": method.upper(),
                    "path": path,
                    **reading.operation(operation),
                }
    schemas = {name: reading.schema(mapping(one)) for name, one in reading.part("schemas").items()}
    return {"operations": operations, "schemas": schemas}


def mapping(value: object) -> Mapping[str, object]:
    """A JSON object as such; empty for anything else."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: object) -> Sequence[object]:
    """A JSON list as such; empty for anything else."""
    return value if isinstance(value, list) else ()


class _Reading:
    """Reads the parts of one document, following its references."""

    def __init__(self, components: Mapping[str, object]) -> None:
        self._components = components

    def part(self, kind: str) -> Mapping[str, object]:
        return mapping(self._components.get(kind))

    def operation(self, written: Mapping[str, object]) -> Outline:
        responses = mapping(written.get("responses"))
        told: Outline = {
            "parameters": dict(self._parameter(mapping(one)) for one in sequence(written.get("parameters"))),
            "body": self._content(self._followed(mapping(written.get("requestBody")))),
            "replies": {
                status: self._content(self._followed(mapping(reply)))
                for status, reply in sorted(responses.items())
                if status.startswith("2")
            },
            "problems": sorted(status for status in responses if status[0] in "45"),
        }
        return told | _marks(written)

    def schema(self, written: Mapping[str, object]) -> Outline:
        if "$ref" in written:
            return {"ref": _last(written["$ref"]), **_marks(written)}
        parts = [mapping(part) for part in sequence(written.get("allOf"))]
        if len(parts) == 1 and "$ref" in parts[0] and "properties" not in written:
            return {"ref": _last(parts[0]["$ref"]), **_marks(written)}
        return self._plain(self._merged(written))

    def _plain(self, written: Mapping[str, object]) -> Outline:
        told: Outline = {limit: written[limit] for limit in LIMITS if limit in written}
        kinds = _kinds(written)
        alternatives = [mapping(one) for one in sequence(written.get("oneOf") or written.get("anyOf"))]
        if "null" in kinds or {"type": "null"} in alternatives:
            told["nullable"] = True
        told |= self._union([one for one in alternatives if one != {"type": "null"}])
        kinds = [kind for kind in kinds if kind != "null"]
        if len(kinds) == 1:
            told["type"] = kinds[0]
        if (shape := written.get("format")) is not None and shape not in MEANINGLESS_FORMATS:
            told["format"] = shape
        if "enum" in written or "const" in written:
            told["enum"] = sorted([*sequence(written.get("enum")), *_given(written, "const")], key=repr)
        if "properties" in written:
            properties = mapping(written["properties"])
            told["properties"] = {name: self.schema(mapping(one)) for name, one in properties.items()}
            told["required"] = sorted(str(name) for name in sequence(written.get("required")) if name in properties)
        if "items" in written:
            told["items"] = self.schema(mapping(written["items"]))
        if values := mapping(written.get("additionalProperties")):
            told["values"] = self.schema(values)
        return told | _marks(written)

    def _union(self, alternatives: list[Mapping[str, object]]) -> Outline:
        if not alternatives:
            return {}
        if len(alternatives) == 1:
            return self.schema(alternatives[0])
        return {"oneOf": [self.schema(one) for one in alternatives]}

    def _merged(self, written: Mapping[str, object]) -> Mapping[str, object]:
        """A schema and everything it takes over with `allOf`, as one."""
        properties: Outline = {}
        required: list[object] = []
        rest: Outline = {}
        for part in (*(mapping(one) for one in sequence(written.get("allOf"))), written):
            whole = part if part is written else self._merged(self._followed(part))
            properties |= mapping(whole.get("properties"))
            required += sequence(whole.get("required"))
            rest |= {key: value for key, value in whole.items() if key not in ("allOf", "properties", "required")}
        # A part may require what another part defines, so what is required is kept even beside no properties.
        rest |= {"properties": properties} if properties else {}
        return rest | ({"required": required} if required else {})

    def _parameter(self, written: Mapping[str, object]) -> tuple[str, Outline]:
        written = self._followed(written)
        told: Outline = {
            "required": bool(written.get("required")),
            "schema": self.schema(mapping(written.get("schema"))),
        }
        if written.get("explode") is False:
            told["commas"] = True
        return f"{written['in']} {written['name']}", told | _marks(written)

    def _content(self, written: Mapping[str, object]) -> Outline | None:
        content = mapping(written.get("content"))
        if "application/json" in content:
            return self.schema(mapping(mapping(content["application/json"]).get("schema")))
        return {"media": next(iter(content))} if content else None

    def _followed(self, written: Mapping[str, object]) -> Mapping[str, object]:
        reference = written.get("$ref")
        if not isinstance(reference, str):
            return written
        kind, name = reference.split("/")[-2:]
        return mapping(self.part(kind).get(name))


def _last(reference: object) -> str:
    return str(reference).rpartition("/")[2]


def _marks(written: Mapping[str, object]) -> Outline:
    told: Outline = {"readOnly": True} if written.get("readOnly") else {}
    return told | ({"extension": True} if written.get(EXTENSION_MARK) else {})


def _given(written: Mapping[str, object], key: str) -> list[object]:
    return [written[key]] if key in written else []


def _kinds(written: Mapping[str, object]) -> Sequence[object]:
    """The types a schema names, or those that its values or properties imply."""
    named = written.get("type")
    if named is not None:
        return list(sequence(named)) or [named]
    values = [*sequence(written.get("enum")), *_given(written, "const")]
    if values:
        return sorted({_TYPES[type(value)] for value in values})
    return ["object"] if "properties" in written else []
