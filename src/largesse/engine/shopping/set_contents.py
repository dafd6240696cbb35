"""What rules look up in sets that may be very large: which texts are in collections, which numbers SKUs are mapped to.

Of such a set an evaluation is told only what it needs. A shop in memory keeps its sets whole, with its definitions.
"""

from collections.abc import Mapping

from msgspec import Struct

from largesse.engine.shopping.collections import NO_MEMBERSHIPS, Memberships
from largesse.engine.shopping.value_maps import Mapped


class SetQuestions(Struct, frozen=True):
    """Which of some texts are in which collections, and what the value maps of some campaigns say of some SKUs."""

    collection_ids: frozenset[int] = frozenset()
    texts: frozenset[str] = frozenset()
    mapping_campaign_ids: frozenset[int] = frozenset()
    skus: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.collection_ids or self.mapping_campaign_ids)


class SetContents(Struct, frozen=True):
    """What is known of collections, and the values of maps by the id of their campaign."""

    memberships: Memberships = NO_MEMBERSHIPS
    mapped: Mapping[int, Mapped] = {}


NO_QUESTIONS = SetQuestions()
NO_CONTENTS = SetContents()
