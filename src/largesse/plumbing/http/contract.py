"""Comparing what we document with what the contract publishes, field by field, on their outlines.

Only operations that both sides have are compared; what we lack is counted, not listed. Where the two may differ:

* A property or parameter of ours that is marked as an extension, and an operation of ours that is.
* A read-only property need not be named in a request: it is ignored there.
* In an answer we may be more exact than the contract: where it says "anything", "an object" or any text, and know fewer
  kinds of a union. In a request we may not.
* Bodies of problems are not compared: all of ours have one shape that contains both of the contract's. Statuses of
  problems that we list beyond the contract's are true, and so no difference.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from largesse.plumbing.http.outline import LIMITS, Outline, mapping, sequence

Direction = Literal["request", "answer"]
Schema = Mapping[str, object]

_SIMPLE = ("format", "enum", "media", "nullable", *LIMITS)
_MARKS = frozenset({"readOnly", "extension"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a built operation that is not as published."""

    operation_id: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.place}: {self.what}"


def compare(published: Outline, ours: Outline) -> list[Difference]:
    """Every difference in the operations that both have, and every operation of ours that is wrongly marked."""
    known = mapping(published["operations"])
    found: list[Difference] = []
    for name, one in mapping(ours["operations"]).items():
        built = mapping(one)
        is_extension = bool(built.get("extension"))
        if (name in known) == is_extension:
            what = "is published, but marked as an extension" if is_extension else "is not published"
            found.append(Difference(name, "operation", what))
        elif not is_extension:
            comparison = _Comparison(mapping(published["schemas"]), mapping(ours["schemas"]))
            differences = comparison.operation(mapping(known[name]), built)
            found += [Difference(name, place, what) for place, what in dict.fromkeys(differences)]
    return found


class _Comparison:
    """Compares the schemas of one operation; each pair of named schemas once, however often it is met."""

    def __init__(self, published: Schema, ours: Schema) -> None:
        self._published = published
        self._ours = ours
        self._seen: set[tuple[object, object, Direction]] = set()

    def operation(self, theirs: Schema, ours: Schema) -> Iterator[tuple[str, str]]:
        for fact in ("method", "path"):
            if theirs[fact] != ours[fact]:
                yield fact, _instead(ours[fact], theirs[fact])
        yield from self._parameters(mapping(theirs["parameters"]), mapping(ours["parameters"]))
        yield from self._content("body", theirs["body"], ours["body"], "request")
        their_replies, our_replies = mapping(theirs["replies"]), mapping(ours["replies"])
        for status in sorted(their_replies.keys() ^ our_replies.keys()):
            yield f"status {status}", "missing" if status in their_replies else "not published"
        for status in sorted(their_replies.keys() & our_replies.keys()):
            yield from self._content(f"status {status}", their_replies[status], our_replies[status], "answer")
        for problem in sequence(theirs["problems"]):
            if problem not in sequence(ours["problems"]):
                yield f"status {problem}", "missing"

    def _parameters(self, theirs: Schema, ours: Schema) -> Iterator[tuple[str, str]]:
        for name in sorted(theirs.keys() - ours.keys()):
            yield name, "missing"
        for name in sorted(ours.keys() - theirs.keys()):
            if not mapping(ours[name]).get("extension"):
                yield name, "not published"
        for name in sorted(theirs.keys() & ours.keys()):
            their, our = mapping(theirs[name]), mapping(ours[name])
            for fact in ("required", "commas"):
                if their.get(fact) != our.get(fact):
                    yield name, f"{fact} {_instead(our.get(fact), their.get(fact))}"
            yield from self._schemas(name, mapping(their["schema"]), mapping(our["schema"]), "request")

    def _content(self, place: str, theirs: object, ours: object, direction: Direction) -> Iterator[tuple[str, str]]:
        if theirs is None or ours is None:
            if theirs is not ours:
                yield place, "missing" if ours is None else "not published"
        else:
            yield from self._schemas(place, mapping(theirs), mapping(ours), direction)

    def _schemas(self, place: str, theirs: Schema, ours: Schema, direction: Direction) -> Iterator[tuple[str, str]]:
        if "ref" in theirs and "ref" in ours:
            pair = (theirs["ref"], ours["ref"], direction)
            if pair in self._seen:
                return
            self._seen.add(pair)
        theirs, ours = _resolved(theirs, self._published), _resolved(ours, self._ours)
        if not theirs.keys() - _MARKS:
            if direction == "request" and ours.keys() - _MARKS:
                yield place, "anything is published, ours is narrower"
        elif "oneOf" in theirs or "oneOf" in ours:
            yield from self._unions(place, theirs, ours, direction)
        elif theirs.get("type") != ours.get("type"):
            yield place, f"type {_instead(ours.get('type'), theirs.get('type'))}"
        else:
            for fact in _SIMPLE:
                is_exact = fact == "enum" and direction == "answer" and fact not in theirs
                if theirs.get(fact) != ours.get(fact) and not is_exact:
                    yield place, f"{fact} {_instead(ours.get(fact), theirs.get(fact))}"
            yield from self._properties(place, theirs, ours, direction)
            for fact, step in (("items", "[]"), ("values", "{}")):
                if fact in theirs or (fact in ours and direction == "request"):
                    their, our = mapping(theirs.get(fact)), mapping(ours.get(fact))
                    yield from self._schemas(f"{place}/{step}", their, our, direction)

    def _properties(self, place: str, theirs: Schema, ours: Schema, direction: Direction) -> Iterator[tuple[str, str]]:
        if "properties" not in theirs:
            if direction == "request" and "properties" in ours:
                yield place, "a free object is published, ours has properties"
            return
        their, our = mapping(theirs["properties"]), mapping(ours.get("properties"))
        their_required, our_required = sequence(theirs.get("required")), sequence(ours.get("required"))
        for name, one in their.items():
            is_ignored = direction == "request" and bool(_resolved(mapping(one), self._published).get("readOnly"))
            if name not in our:
                if not is_ignored:
                    yield f"{place}/{name}", "missing"
                continue
            if (name in their_required) != (name in our_required) and not is_ignored:
                yield f"{place}/{name}", "must be required" if name in their_required else "must not be required"
            yield from self._schemas(f"{place}/{name}", mapping(one), mapping(our[name]), direction)
        for name in our.keys() - their.keys():
            if not mapping(our[name]).get("extension"):
                yield f"{place}/{name}", "not published"

    def _unions(self, place: str, theirs: Schema, ours: Schema, direction: Direction) -> Iterator[tuple[str, str]]:
        """In an answer every kind of ours must be one of theirs; in a request every kind of theirs one of ours."""
        if bool(theirs.get("nullable")) != bool(ours.get("nullable")):
            yield place, f"nullable {_instead(ours.get('nullable'), theirs.get('nullable'))}"
        their_kinds = [mapping(kind) for kind in sequence(theirs.get("oneOf")) or [theirs]]
        our_kinds = [mapping(kind) for kind in sequence(ours.get("oneOf")) or [ours]]
        if direction == "answer":
            for kind in our_kinds:
                yield from self._closest(place, [(theirs, kind) for theirs in their_kinds], direction)
        else:
            for kind in their_kinds:
                yield from self._closest(place, [(kind, ours) for ours in our_kinds], direction)

    def _closest(self, place: str, pairs: list[tuple[Schema, Schema]], direction: Direction) -> list[tuple[str, str]]:
        """The differences of the pair that agrees best; none where one agrees. A pair of one name is the one that is
        meant: kinds may hold each other, and comparing each with each would never end."""
        for theirs, ours in pairs:
            if "ref" in theirs and theirs["ref"] == ours.get("ref"):
                return list(self._schemas(f"{place}<{theirs['ref']}>", theirs, ours, direction))
        best: list[tuple[str, str]] | None = None
        for theirs, ours in pairs:
            seen = set(self._seen)
            name = theirs.get("ref") or ours.get("ref") or ours.get("type")
            differences = list(self._schemas(f"{place}<{name}>", theirs, ours, direction))
            self._seen = seen
            if best is None or len(differences) < len(best):
                best = differences
        return best or []


def _resolved(schema: Schema, named: Schema) -> Schema:
    """A schema behind its references; marks beside a reference stay."""
    marks: Schema = {}
    while "ref" in schema:
        marks = {**marks, **{key: value for key, value in schema.items() if key in _MARKS}}
        schema = mapping(named.get(str(schema["ref"])))
    return {**schema, **marks}


def _instead(ours: object, theirs: object) -> str:
    return f"is {ours!r}, published is {theirs!r}"
