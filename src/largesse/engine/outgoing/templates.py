"""Templates: texts and JSON with places to fill in, written `${$name}`.

A name is that of a parameter or, with a dot in it, the path of an attribute: `${$Session.Total}`. In JSON a place may
also stand where a value stands, without quotes.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

import msgspec

from largesse.engine.attributes import JSON
from largesse.engine.outgoing.parameters import Parameter, spellings
from largesse.engine.views.values import as_json
from largesse.language import Call, Literal, parse_formula, text_of

ValueOf: TypeAlias = Callable[[str], JSON]

_PLACE = re.compile(r'\$\{\s*\$?(?P<name>[^{}"]*?)\s*\}')
_STRING_OR_PLACE = re.compile(r'(?P<string>"(?:\\.|[^"\\])*")|' + _PLACE.pattern, re.DOTALL)
_JSON = msgspec.json.Decoder(float_hook=Decimal)
_WRITE = msgspec.json.Encoder(decimal_format="number")


def names_in(text: str) -> tuple[str, ...]:
    """The names of all places of a template, each once."""
    return tuple(dict.fromkeys(place["name"] for place in _PLACE.finditer(text)))


def references_in(texts: Iterable[str], parameters: Sequence[Parameter]) -> tuple[str, ...]:
    """The attributes that templates read: all names that are no parameter's."""
    meant = spellings(parameters)
    found = (name for text in texts for name in names_in(text) if name not in meant)
    return tuple(dict.fromkeys(found))


def path_of(reference: str) -> tuple[str, ...] | None:
    """The names of an attribute's path; None for anything else."""
    node, mistakes = parse_formula(f"${reference}")
    if mistakes or not isinstance(node, Call) or node.name != ".":
        return None
    names = tuple(each.value for each in node.arguments if isinstance(each, Literal) and isinstance(each.value, str))
    return names if len(names) == len(node.arguments) > 1 else None


def json_of_template(text: str) -> JSON:
    """The JSON of a template, with places as texts; raises ValueError where it is none."""
    return _JSON.decode(_STRING_OR_PLACE.sub(lambda part: part["string"] or f'"{part[0]}"', text))


def is_json(text: str) -> bool:
    """Whether a template is JSON once it is filled in."""
    try:
        json_of_template(text)
    except ValueError:
        return False
    return True


def fill_json(template: JSON, value_of: ValueOf) -> JSON:
    """JSON with its places filled in: a text that is nothing but a place becomes the value itself."""
    match template:
        case str():
            whole = _PLACE.fullmatch(template)
            return as_json(value_of(whole["name"])) if whole else fill_text(template, value_of)
        case list():
            return [fill_json(each, value_of) for each in template]
        case dict():
            return {key: fill_json(each, value_of) for key, each in template.items()}
        case _:
            return template


def fill_text(text: str, value_of: ValueOf, write: Callable[[str], str] = str) -> str:
    """A text with its places filled in, each value as text and then as `write` makes it."""
    return _PLACE.sub(lambda place: write(written(value_of(place["name"]))), text)


def fill_json_text(text: str, value_of: ValueOf) -> str:
    """The text of a JSON document with its places filled in: as part of a text inside quotes, as JSON elsewhere."""

    def part(found: re.Match[str]) -> str:
        if found["string"] is None:
            return _WRITE.encode(as_json(value_of(found["name"]))).decode()
        return fill_text(found["string"], value_of, lambda value: _WRITE.encode(value).decode()[1:-1])

    return _STRING_OR_PLACE.sub(part, text)


def written(value: JSON) -> str:
    """A value as text; lists and maps as JSON."""
    if isinstance(value, list | tuple | Mapping):
        return _WRITE.encode(as_json(value)).decode()
    return text_of(value)
