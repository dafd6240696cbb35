"""Stored rulesets as the language compiles them, with what they may read although it is not written in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from largesse.engine.attributes import JSON
from largesse.engine.definitions import Definitions
from largesse.engine.shopping.cart_item_filters import CartItemFilter
from largesse.engine.shopping.value_maps import MAPPED_ITEMS, VALUE_MAP_FILTER
from largesse.language import BindingSource, RulesetSource, RuleSource

FILTER = "cartItemFilter"
"""The type of bindings that are cart item filters."""


def ruleset_source(
    rules: list[JSON], bindings: list[JSON], definitions: Definitions, campaign_id: int = 0
) -> RulesetSource:
    """A stored ruleset of a campaign in the shape the language compiles."""
    filters = (*_mapped_items(definitions, campaign_id), *definitions.cart_item_filters)
    said = frozenset(_texts([rules, bindings]))
    lists = provided(said, filters)
    return RulesetSource(
        rules=tuple(
            RuleSource(rule["title"], rule["condition"], rule["effects"], _bindings(rule.get("bindings") or [], said))
            for rule in rules
        ),
        bindings=_bindings(bindings, said),
        provided=(*lists, *_item_counts(lists, said)),
    )


def _mapped_items(definitions: Definitions, campaign_id: int) -> Iterator[CartItemFilter]:
    """The items in the campaign's value map, if it has one."""
    map_id = definitions.value_maps.get(campaign_id)
    if map_id is not None:
        yield CartItemFilter(0, MAPPED_ITEMS, [VALUE_MAP_FILTER, [".", "Session", "CartItems"], map_id])


def provided(json: JSON, filters: Sequence[CartItemFilter]) -> tuple[BindingSource, ...]:
    """The filters of the Application that some rules may read, and those that these filters read, in their order.

    Whether they do is only known for sure where names are looked up; here it is enough that the name occurs.
    """
    if not filters:
        return ()
    said = frozenset(_texts(json))
    wanted: list[CartItemFilter] = []
    for each in reversed(filters):
        if each.name in said or item_count_of(each.name) in said:
            wanted.insert(0, each)
            said |= frozenset(_texts(each.expression))
    return tuple(BindingSource(each.name, each.expression, FILTER) for each in wanted)


def _texts(json: JSON) -> Iterable[str]:
    """Every text in some JSON."""
    waiting: list[JSON] = [json]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case Mapping() as mapping:
                waiting.extend(mapping.values())
            case list() | tuple() | frozenset() as members:
                waiting.extend(members)
            case _:
                pass


def item_count_of(name: str) -> str:
    """What the number of items in a list is called, by the name of the list."""
    return f"{name} item count ({name})"


def _bindings(bindings: list[JSON], said: Collection[str]) -> tuple[BindingSource, ...]:
    """The bindings as written and after them, so that they keep their places, how many bundles each definition
    makes, and how many items there are in the lists of which that is said."""
    written = [BindingSource(each["name"], each["expression"], each.get("type")) for each in bindings]
    return (*written, *_counts(written), *_item_counts(written, said))


def _item_counts(lists: Iterable[BindingSource], said: Collection[str]) -> Iterator[BindingSource]:
    for each in lists:
        if each.kind == FILTER and item_count_of(each.name) in said:
            yield BindingSource(item_count_of(each.name), ["count", [".", each.name]])


def _counts(bindings: list[BindingSource]) -> Iterator[BindingSource]:
    for binding in bindings:
        match binding.expression:
            case [str() as function, *_] if function.lower() == "bundle":
                yield BindingSource(f"Count ({binding.name})", ["count", [".", binding.name]])
            case _:
                pass
