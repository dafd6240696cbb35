"""Collections: long lists of texts that rules compare with, of the whole account or of one campaign.

A collection may hold half a million texts, so that rules are never given all of them: of the texts at hand, and of
those that rules come up with, it is asked which of them are in it. Source: semantics, section 23.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.shopping.sessions import Session
from largesse.language import Call, Literal, Node, Ruleset
from largesse.language.syntax import walk

IN_COLLECTION = "inCollection"


class CollectionDefinition(Struct, frozen=True):
    """A collection that an Application may use, of one campaign unless it is the account's."""

    id: int
    name: str
    campaign_id: int | None = None


class Memberships(Struct, frozen=True):
    """Which texts are in which collections: of those that were asked about, or (`is_complete`) of all."""

    asked: frozenset[str] = frozenset()
    members: Mapping[int, frozenset[str]] = {}
    is_complete: bool = False

    def knows(self, text: str) -> bool:
        """Whether this text was asked about."""
        return self.is_complete or text in self.asked

    def holds(self, collection_id: int, text: str) -> bool:
        """Whether the text, if it was asked about, is in the collection."""
        return text in self.members.get(collection_id, ())

    def and_of(self, other: "Memberships") -> "Memberships":
        """What is known from both."""
        ids = self.members.keys() | other.members.keys()
        nothing: frozenset[str] = frozenset()
        both = {each: self.members.get(each, nothing) | other.members.get(each, nothing) for each in ids}
        return Memberships(self.asked | other.asked, both, self.is_complete or other.is_complete)


NO_MEMBERSHIPS = Memberships()


def find_collection(
    definitions: Mapping[int, CollectionDefinition], named: object, campaign_id: int
) -> CollectionDefinition | None:
    """The collection a rule of a campaign means by its id or by its name; its own comes before the account's."""
    usable = [each for each in definitions.values() if each.campaign_id in (None, campaign_id)]
    if isinstance(named, str):
        same = [each for each in usable if each.name == named]
        return max(same, key=lambda each: each.campaign_id is not None, default=None)
    return next((each for each in usable if each.id == named), None)


def collections_in(
    ruleset: Ruleset, definitions: Mapping[int, CollectionDefinition], campaign_id: int
) -> frozenset[int]:
    """The ids of the collections that a campaign's rules compare with."""
    if IN_COLLECTION.lower() not in ruleset.reads.functions:
        return frozenset()
    found = (find_collection(definitions, named, campaign_id) for named in _named(_nodes(ruleset)))
    return frozenset(each.id for each in found if each is not None)


def _named(nodes: Iterable[Node]) -> Iterator[object]:
    for node in nodes:
        for each in walk(node):
            match each:
                case Call(name, (_, Literal(value))) if name.lower() == IN_COLLECTION.lower():
                    yield value
                case _:
                    pass


def _nodes(ruleset: Ruleset) -> Iterator[Node]:
    yield from (binding.node for binding in ruleset.bindings)
    for rule in ruleset.rules:
        yield from (binding.node for binding in rule.bindings)
        yield from (condition.node for condition in rule.conditions)
        yield from rule.effects


def texts_at_hand(session: Session) -> frozenset[str]:
    """Every text of a session that rules are likely to compare."""
    found = {session.profile_id, session.store_integration_id or "", *session.coupon_codes, *session.identifiers}
    found.update(_texts(session.attributes))
    for item in session.cart_items:
        found.update((item.sku, item.category or "", item.name or ""))
        found.update(_texts(item.attributes))
    found.discard("")
    return frozenset(found)


def _texts(attributes: Mapping[str, JSON]) -> Iterator[str]:
    for value in attributes.values():
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, str):
                yield each
