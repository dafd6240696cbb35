"""From the JSON library's one-line complaint to a `FieldError` a caller can act on.

The library stops at the first mistake and says where in its own notation (`$.cartItems[0].price`). Here that becomes a
JSON pointer, a title from a short list and a sentence. Two things it does not say are found by a second look, which
only a refused request pays for: which key of a mapping was meant (it writes `[...]`), and what values an enum allows.
"""

import re
from collections.abc import Callable, Sequence

import msgspec
from msgspec import inspect

from largesse.plumbing.http.bodies.trees import ANY_KEY, Step, parse_tree, pointer_of, with_keys
from largesse.plumbing.problems import FieldError, at_pointer

_PLACE = re.compile(r" - at `(?:key` in `)?\$(?P<path>.*)`$", re.DOTALL)
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+)\]|(?P<any>\[\.\.\.\])")
_EXPECTED = re.compile(r"Expected `(?P<expected>[^`]+)`, got `(?P<got>[^`]+)`")
_BOUND = re.compile(r"Expected `(?P<kind>[^`]+)` (?P<bound>[<>]=? .+|that's a multiple of .+)")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]+)`")

KINDS = {
    "int": "an integer",
    "float": "a number",
    "decimal": "a number",
    "str": "a string",
    "bool": "a boolean",
    "null": "null",
    "array": "an array",
    "object": "an object",
    "datetime": "a time",
    "date": "a date",
    "uuid": "a UUID",
}
"""The library's names of types in words that stand in JSON's own vocabulary."""


def explain(complaint: str, raw: bytes, wire: object, decode: Callable[[bytes], object]) -> FieldError:
    """What is wrong with `raw`, about which decoding into `wire` with `decode` complained."""
    reason, steps = read_complaint(complaint)
    if ANY_KEY in steps:
        steps = with_keys(steps, complaint, parse_tree(raw), decode)
    missing = _MISSING.match(reason)
    if missing is not None:
        return at_pointer("Required", f"{missing['name']} is required", pointer_of([*steps, missing["name"]]))
    title, details = describe(reason, _named(steps), allowed_values(wire, steps))
    return at_pointer(title, details, pointer_of(steps))


def read_complaint(complaint: str) -> tuple[str, list[Step]]:
    """The reason and the path of a complaint; an unknown key of a mapping is `ANY_KEY`."""
    place = _PLACE.search(complaint)
    if place is None:
        return complaint, []
    steps: list[Step] = []
    for step in _STEP.finditer(place["path"]):
        if step["index"] is not None:
            steps.append(int(step["index"]))
        else:
            steps.append(step["name"] or ANY_KEY)
    return complaint[: place.start()], steps


def describe(reason: str, name: str, allowed: Sequence[object]) -> tuple[str, str]:
    """Title and sentence for a reason about the value called `name`."""
    if reason.startswith(("Invalid enum value", "Invalid value")):
        values = ", ".join(msgspec.json.encode(value).decode() for value in allowed)
        return "enum", f"{name} must be one of the following: {values}"
    if match := _EXPECTED.match(reason):
        return "Invalid type", f"{name} must be {_kinds(match['expected'])}, not {_kinds(match['got'])}"
    if reason == "Invalid decimal string":
        return "Invalid type", f"{name} must be a number, not a string"
    if match := _BOUND.match(reason):
        return "Out of range", f"{name} must be {_kinds(match['kind'])} {match['bound']}"
    if " of length " in reason or " length " in reason:
        return _describe_length(reason, name)
    if "out of range" in reason:
        return "Out of range", f"{name} is out of range"
    if reason.startswith("Invalid RFC3339 encoded"):
        return "Invalid value", f"{name} must be a time in the form of RFC 3339, such as 2030-12-31T23:59:59Z"
    if reason == "Invalid UUID":
        return "Invalid value", f"{name} must be a UUID"
    if " matching regex " in reason:
        return "Invalid value", f"{name} must match the pattern {reason.partition(' matching regex ')[2]}"
    return "Invalid value", reason


def allowed_values(wire: object, steps: Sequence[Step]) -> list[object]:
    """The values an enum or the tags a union allows at a path of a wire type; empty where it is neither."""
    nodes = [inspect.type_info(wire)]
    for step in steps:
        nodes = [child for node in nodes for child in _children(node, step)]
    values: list[object] = []
    for node in nodes:
        for member in _members(node):
            if isinstance(member, inspect.LiteralType):
                values += member.values
            elif isinstance(member, inspect.EnumType):
                values += [value.value for value in member.cls]
    return values


def _describe_length(reason: str, name: str) -> tuple[str, str]:
    at_least = ">=" in reason or "at least" in reason
    size = re.search(r"\d+", reason)
    unit = "characters" if "`str`" in reason else "elements"
    amount = size[0] if size else "0"
    if at_least:
        return "Too short", f"{name} must have at least {amount} {unit}"
    return "Too long", f"{name} must have at most {amount} {unit}"


def _named(steps: Sequence[Step]) -> str:
    for step in reversed(steps):
        if isinstance(step, str):
            return step
    return "The body"


def _kinds(names: str) -> str:
    words = [KINDS.get(name, name) for name in names.split(" | ") if name != "null" or names == "null"]
    return " or ".join(dict.fromkeys(words))


def _members(node: inspect.Type) -> list[inspect.Type]:
    """The alternatives of a type, through annotations and unions."""
    match node:
        case inspect.Metadata(type=inner):
            return _members(inner)
        case inspect.UnionType(types=types):
            return [member for one in types for member in _members(one)]
        case _:
            return [node]


def _children(node: inspect.Type, step: Step) -> list[inspect.Type]:
    """The types that may stand at one step below a type."""
    found: list[inspect.Type] = []
    for member in _members(node):
        match member:
            case inspect.StructType():
                found += [field.type for field in member.fields if field.encode_name == step]
                if member.tag_field == step:
                    found.append(inspect.LiteralType((member.tag,)))
            case inspect.DictType():
                found.append(member.value_type)
            case inspect.ListType() | inspect.VarTupleType() | inspect.SetType():
                found.append(member.item_type)
            case _:
                continue
    return found
