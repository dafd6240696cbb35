"""Which members of a group need to be visited: an index over the gates of its campaigns.

A shop may have ten thousand campaigns of which ten concern a cart. The index finds those by what is in the session, so
that an evaluation costs what these ten cost. It is only asked when nobody wants to know why the others gave nothing.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from largesse.engine.evaluation.gates import CATEGORY, COUPON, EVENT, JOINED, LEFT, MEMBER, SKU, STORE, Gate, event_word
from largesse.engine.state import State


class GroupIndex(Struct, frozen=True):
    """Positions in a group's members: those always visited, those behind each gate, those of campaigns by id."""

    always: tuple[int, ...]
    behind: Mapping[Gate, tuple[int, ...]]
    campaigns: Mapping[int, int]

    def candidates(self, opened: Iterable[Gate], named: Iterable[int]) -> list[int]:
        """The positions to visit, in order; `named` are the ids of campaigns whose codes or whose store the session
        names."""
        found = set(self.always)
        for gate in opened:
            found.update(self.behind.get(gate, ()))
        found.update(self.campaigns[each] for each in named if each in self.campaigns)
        return sorted(found)


def group_index(campaigns: Mapping[int, tuple[int, frozenset[Gate] | None]], members: int) -> GroupIndex:
    """The index of a group with so many members; `campaigns` are those that are campaigns, by position: id and gates.

    What asks for a coupon alone, or is for stores alone, stands behind nothing: it is visited for its codes or its
    store.
    """
    always: list[int] = []
    behind: dict[Gate, list[int]] = {}
    for position in range(members):
        _, gates = campaigns.get(position, (0, None))
        if gates is None:
            always.append(position)
        else:
            for gate in gates - {COUPON, STORE}:
                behind.setdefault(gate, []).append(position)
    return GroupIndex(
        tuple(always),
        {gate: tuple(positions) for gate, positions in behind.items()},
        {campaign_id: position for position, (campaign_id, _) in campaigns.items()},
    )


def open_gates(state: State, event: str, joinable: Iterable[int]) -> frozenset[Gate]:
    """The gates that an evaluation opens at its start, but for those of coupons, which their campaigns open.

    `joinable` are the audiences that rules may yet bring the customer into.
    """
    session = state.session
    gates = {Gate(EVENT, event_word(event))}
    gates.update(Gate(SKU, sku) for sku in {unit.sku for unit in session.cart_items})
    categories = {unit.category for unit in session.cart_items}
    gates.update(Gate(CATEGORY, category) for category in categories if category is not None)
    gates.update(Gate(MEMBER, str(each)) for each in state.facts.audiences.get(session.profile_id, ()))
    gates.update(Gate(MEMBER, str(each)) for each in joinable)
    gates.update(Gate(JOINED, str(each)) for each in state.moves.joined)
    gates.update(Gate(LEFT, str(each)) for each in state.moves.left)
    return frozenset(gates)
