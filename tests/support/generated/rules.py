"""Generated expressions: well-typed ones in the small world of `rules`, and any tree at all."""

from collections.abc import Callable
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from largesse.language import CORE, Function, Json
from tests.support.rules import Coupon, Item, Session, Shop

Tree = SearchStrategy[Json]

WORDS = ("shoes", "Runner", "red", "a", "b", "", "7")
NUMBERS = tuple(map(Decimal, ("0", "1", "2", "10", "-3", "0.01", "19.99", "20.5", "1e29")))
DEPTH = 4
"""Nesting of generated programs: enough for a block in a block in a condition."""


def _call(name: str, *arguments: Tree) -> Tree:
    return st.tuples(*arguments).map(lambda values: [name, *values])


def _path(*names: str) -> Tree:
    return st.just([".", *names])


def _either(*choices: Tree) -> Tree:
    return st.one_of(*choices)


def _reads(kind: str, items: tuple[str, ...]) -> list[Tree]:
    """Reads of a kind from the items in scope and from the session; some of them may fail."""
    of_item = {
        "number": (("Price",), ("Attributes", "weight"), ("Attributes", "extra")),
        "text": (("SKU",), ("Category",), ("Name",), ("Attributes", "color")),
        "truth": (),
        "items": (),
    }[kind]
    of_session = {
        "number": (("Session", "Total"), ("Session", "Attributes", "points")),
        "text": (("Session", "Attributes", "tier"), ("Coupon", "Value")),
        "truth": (),
        "items": (("Session", "CartItems"),),
    }[kind]
    from_items = [_path(item, *names) for item in items for names in of_item]
    return [*from_items, *(_path(*names) for names in of_session)]


def numbers(depth: int, items: tuple[str, ...] = ()) -> Tree:
    """Expressions that are numbers."""
    leaves = [st.sampled_from(NUMBERS), *_reads("number", items)]
    if depth == 0:
        return _either(*leaves)
    inner = numbers(depth - 1, items)
    block = _block(items, lambda inside: numbers(depth - 1, inside))
    arithmetic = [_call(name, inner, inner) for name in "+-*/"]
    return _either(
        *leaves,
        *arithmetic,
        _call("+", inner, inner, inner),
        _call("catch", inner, inner),
        _call("count", lists(depth - 1, items)),
        _call("sum", lists(depth - 1, items), block),
        _call("do", inner, _block_of_number(depth, items)),
    )


def texts(depth: int, items: tuple[str, ...] = ()) -> Tree:
    """Expressions that are texts."""
    leaves = [st.sampled_from(WORDS), *_reads("text", items)]
    if depth == 0:
        return _either(*leaves)
    inner = texts(depth - 1, items)
    return _either(
        *leaves,
        _call("concat", inner, inner),
        _call("catch", inner, inner),
        _call("toString", numbers(depth - 1, items)),
    )


def truths(depth: int, items: tuple[str, ...] = ()) -> Tree:
    """Expressions that are truth values."""
    leaves: list[Tree] = [st.booleans()]
    if depth == 0:
        return _either(*leaves, _call("=", texts(0, items), texts(0, items)))
    inner, number, text = truths(depth - 1, items), numbers(depth - 1, items), texts(depth - 1, items)
    block = _block(items, lambda inside: truths(depth - 1, inside))
    return _either(
        *leaves,
        *(_call(name, text, text) for name in ("=", "!=", "contains", "startsWith")),
        *(_call(name, number, number) for name in ("=", "!=", "<", ">=")),
        _call("=", text, number, text),
        _call("between", number, number, number),
        *(_call(name, inner, inner) for name in ("and", "or")),
        *(_call(name, inner, inner, inner) for name in ("and", "or")),
        _call("not", inner),
        *(_call("catch", st.booleans(), inner) for _ in range(4)),
        _call("isEmpty", lists(depth - 1, items)),
        *(_call(name, lists(depth - 1, items), block) for name in ("exists", "every")),
    )


def lists(depth: int, items: tuple[str, ...] = ()) -> Tree:
    """Expressions that are lists of items."""
    leaves = _reads("items", items)
    if depth == 0:
        return _either(*leaves)
    inner = lists(depth - 1, items)
    block = _block(items, lambda inside: truths(depth - 1, inside))
    return _either(*leaves, _call("filter", inner, block), _call("reverse", inner), _call("tail", inner))


def _block(items: tuple[str, ...], body: Callable[[tuple[str, ...]], Tree]) -> Tree:
    name = f"Item{len(items)}"
    return body((*items, name)).map(lambda tree: [[name], tree])


def _block_of_number(depth: int, items: tuple[str, ...]) -> Tree:
    return numbers(depth - 1, items).map(lambda tree: [["x"], ["+", [".", "x"], tree]])


def programs() -> Tree:
    """Well-typed expressions of any type. They may fail on values, never on types."""
    return _either(numbers(DEPTH), texts(DEPTH), truths(DEPTH))


def shops() -> SearchStrategy[Shop]:
    """Frames with carts in which optional fields come and go."""
    word = st.one_of(st.none(), st.sampled_from(WORDS))
    number = st.sampled_from(NUMBERS)
    attributes = st.fixed_dictionaries(
        {}, optional={"color": st.sampled_from(WORDS), "weight": number, "extra": number}
    )
    item = st.builds(Item, st.sampled_from(WORDS), number, word, word, attributes)
    session_attributes = st.fixed_dictionaries({}, optional={"points": number, "tier": st.sampled_from(WORDS)})
    session = st.builds(Session, st.lists(item, max_size=4), session_attributes)
    coupon = st.one_of(st.none(), st.builds(Coupon, st.sampled_from(WORDS)))
    return st.builds(lambda session, coupon: Shop(session, None, coupon), session, coupon)


def any_json() -> Tree:
    """Any JSON, with the heads of arrays often names that mean something."""
    names = st.sampled_from([*(function.name for function in CORE), ".", "set", "kv", "!", "#", "setTemplate", "Item"])
    atoms = st.one_of(st.none(), st.booleans(), st.integers(), st.decimals(), st.text(max_size=5), names)
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.tuples(names, st.lists(inner, max_size=4)).map(lambda call: [call[0], *call[1]]),
            st.dictionaries(st.text(max_size=3), inner, max_size=2),
        ),
        max_leaves=25,
    )


_ITEMS: Json = [".", "Session", "CartItems"]
_PAIRS: Json = ["bundle", "Pairs", _ITEMS, 2]
_ITEM_LISTS: tuple[Json, ...] = (_ITEMS, [".", "Mapped"], ["reverse", _ITEMS])
_BUNDLE_LISTS: tuple[Json, ...] = ([".", "Pairs"], _PAIRS, ["targetItem", _PAIRS, 1])
_READS: tuple[Json, ...] = ([".", "Item", "Price"], [".", "Item", "MappedValue"], [".", "Item", "SKU"], [".", "Item"])


def calls(functions: tuple[Function, ...]) -> Tree:
    """Calls of these functions with whatever fits now and then: items, bundles, other lists, values and blocks. Some
    have the shape of most effects: a list, a name, a value or a block."""
    values: Tree = st.one_of(st.sampled_from([*WORDS, "price", "Things", *NUMBERS, True, None]), st.integers(-1, 3))
    lists_ = st.sampled_from((*_ITEM_LISTS, *_BUNDLE_LISTS, ["list", "a"]))
    bodies = st.one_of(values, st.sampled_from(_READS))
    blocks = st.tuples(st.sampled_from(["Item", "Bundle"]), bodies).map(lambda pair: [[pair[0]], pair[1]])
    names = st.sampled_from([function.name for function in functions])
    amounts = st.one_of(st.sampled_from(NUMBERS), st.sampled_from(_READS).map(lambda read: [["Item"], read]))
    usual = names.flatmap(
        lambda name: st.tuples(
            st.just(name),
            st.sampled_from(_BUNDLE_LISTS if "Bundle" in name else _ITEM_LISTS),
            *([st.just("a")] if "Cost" in name else []),
            st.just("x"),
            amounts,
        ).map(list)
    )
    any_ = st.recursive(
        st.one_of(lists_, values, blocks),
        lambda inner: st.tuples(names, st.lists(inner, min_size=1, max_size=5)).map(lambda call: [call[0], *call[1]]),
        max_leaves=8,
    )
    return st.one_of(usual, any_)
