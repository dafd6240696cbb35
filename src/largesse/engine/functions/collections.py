"""Comparing with a collection."""

from collections.abc import Mapping
from decimal import Decimal

from largesse.engine.frame import EvaluationFrame
from largesse.engine.shopping.collections import CollectionDefinition, find_collection
from largesse.language import UNSET, Example, ExpressionError, Function, Known, Value, text_of


def in_collection(frame: EvaluationFrame, value: Value, named: Value) -> bool:
    """Whether a value is in a collection; what nobody has asked about yet is noted, and the evaluation is repeated."""
    state = frame.state
    collection = find_collection(frame.definitions.collections, named, frame.campaign.id)
    if collection is None:
        raise ExpressionError(_unknown(named))
    text = text_of(value)
    whole = frame.definitions.contents.memberships
    memberships = whole if whole.is_complete else state.facts.sets.memberships
    if not memberships.knows(text):
        state.unanswered.add(text)
    return memberships.holds(collection.id, text)


def refuse_unknown_collection(
    arguments: tuple[Known, ...], definitions: Mapping[int, CollectionDefinition]
) -> str | None:
    """Refuse a collection that the Application does not have."""
    named = arguments[1].value
    known = any(named in (each.id, each.name) for each in definitions.values())
    return None if named is UNSET or known else _unknown(named)


def _refuse_computed(arguments: tuple[Known, ...]) -> str | None:
    named = arguments[1].value
    if named is UNSET:
        return "a collection is named by its id or its name, and not computed"
    if isinstance(named, Decimal) and named != int(named):
        return _unknown(named)
    return None


def _unknown(named: object) -> str:
    return f"the Application has no collection {named}"


_DOC = (
    "Whether a value is in a collection, which is named by its id or its name; a campaign's own comes before one of "
    "the account."
)

COLLECTION_FUNCTIONS = (
    Function(
        "inCollection(Atom, Decimal|String)Boolean",
        in_collection,
        _DOC,
        (Example(["inCollection", "hat", "headwear"], True), Example(["inCollection", "shoe", 1], False)),
        needs_frame=True,
        refuses=_refuse_computed,
    ),
)
