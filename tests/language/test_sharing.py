"""Sharing: what depends on constant roots only is computed once per evaluation, whichever rule asks."""

from largesse.language import BindingSource, Json, RulesetSource, RuleSource
from tests.support.rules import Shop, cart, compiled

ITEMS: Json = [".", "Session", "CartItems"]


def shoes(name: str, *, price: bool = False) -> Json:
    """The shoes in the cart, or those below the total, with a parameter of any name."""
    test: Json = ["<", [".", name, "Price"], [".", "Session", "Total"]] if price else ["=", [".", name, "SKU"], "a"]
    return ["filter", ITEMS, [[name], test]]


def shared_after(*conditions: Json, constant: bool = True, bindings: tuple[BindingSource, ...] = ()) -> int:
    """How many values the frames of one evaluation share after checking rules with these conditions, each in a ruleset
    of its own."""
    shared: dict[str, object] = {}
    for condition in conditions:
        ruleset = compiled(RulesetSource((RuleSource("", condition, []),), bindings), constant=constant)
        frame = Shop(cart(), ruleset)
        frame.shared = shared
        ruleset.rules[0].check(frame)
    return len(shared)


def count_of(items: Json) -> Json:
    """A condition over a list."""
    return [">", ["count", items], 0]


def test_equal_filters_are_shared_whatever_their_parameters_are_called() -> None:
    assert shared_after(count_of(shoes("Item")), count_of(shoes("x")), ["not", ["isEmpty", shoes("y")]]) == 1


def test_different_filters_are_not_confused() -> None:
    other: Json = ["filter", ITEMS, [["Item"], ["=", [".", "Item", "SKU"], "b"]]]
    assert shared_after(count_of(shoes("Item")), count_of(other)) == 2


def test_nothing_is_shared_without_constant_roots_or_where_fields_vary() -> None:
    assert shared_after(count_of(shoes("Item")), constant=False) == 0
    assert shared_after(count_of(shoes("Item", price=True))) == 0


def test_a_filter_of_a_binding_is_known_by_what_is_bound() -> None:
    same = (BindingSource("Shoes", shoes("Item")),)
    other = (BindingSource("Shoes", ["filter", ITEMS, [["Item"], ["=", [".", "Item", "SKU"], "b"]]]),)
    once: Json = count_of(["filter", [".", "Shoes"], [["x"], ["=", [".", "x", "SKU"], "b"]]])
    assert shared_after(once, bindings=same) == 2
    keys = [compiled(RulesetSource((), bindings), constant=True).bindings[0].key for bindings in (same, other)]
    assert keys[0] != keys[1]


def test_what_a_block_around_gives_is_not_shared_but_what_it_does_not_is() -> None:
    inner_free: Json = ["exists", ITEMS, [["y"], ["=", [".", "y", "SKU"], "c"]]]
    inner_bound: Json = ["exists", ITEMS, [["y"], ["=", [".", "y", "SKU"], [".", "x", "SKU"]]]]
    assert shared_after(["exists", ITEMS, [["x"], ["and", inner_free, inner_bound]]]) == 2
    assert shared_after(["exists", ITEMS, [["x"], inner_bound]]) == 1


def test_keys_stay_short_when_bindings_double_each_other() -> None:
    first = BindingSource("b0", shoes("Item"))
    doubled = [BindingSource(f"b{n}", ["push", [".", f"b{n - 1}"], [".", f"b{n - 1}"]]) for n in range(1, 60)]
    ruleset = compiled(RulesetSource((), (first, *doubled)), constant=True)
    assert all(len(binding.key) <= 300 for binding in ruleset.bindings)
    assert len({binding.key for binding in ruleset.bindings}) == 60
