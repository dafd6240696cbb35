"""Which items a rule speaks of, in words: "item of category shoes" for the filter that keeps them."""

from collections.abc import Mapping

from largesse.engine.evaluation.why.words import path_of, spoken
from largesse.language import Call, Group, Literal, Node, format_node

_DEPTH_MAX = 8
"""Filters of filters of filters: nobody says more than that in one breath."""

_PASSED_THROUGH = frozenset({"filter", "sortbynumber", "sortbystring", "sortby", "sort", "reverse", "take", "catch"})


def item_noun(node: Node, bindings: Mapping[str, Node], depth: int = 0) -> str | None:
    """The items a list holds, as a noun in the singular; None when it does not hold cart items."""
    path = path_of(node)
    if path.lower() == "session.cartitems":
        return "item"
    if depth == _DEPTH_MAX:
        return None
    if path in bindings:
        return item_noun(bindings[path], bindings, depth + 1)
    match node:
        case Call(name, (first, *more)) if name.lower() in _PASSED_THROUGH:
            inner = item_noun(more[-1] if name.lower() == "catch" else first, bindings, depth + 1)
            if inner is None or name.lower() != "filter" or not more:
                return inner
            return f"{inner} {kept(more[0])}"
        case _:
            return None


def kept(block: Node) -> str:
    """What a block demands of an item: "of category shoes"."""
    match block:
        case Group(members=(Call(_, ()), body)):
            return _demanded(body)
        case Call(_, (body,)):
            return _demanded(body)
        case _:
            return f"for which {format_node(block)}"


def _demanded(body: Node) -> str:
    match body:
        case Call("catch", (_, inner)):
            return _demanded(inner)
        case Call("and", parts):
            return " and ".join(map(_demanded, parts))
        case Call("=", (Call() as read, Literal(value))) | Call("=", (Literal(value), Call() as read)):
            field = _field(read)
            if field:
                return f"of {field} {spoken(value)}"
        case Call(">=" | ">" | "<=" | "<" as name, (Call() as read, Literal(value))):
            field = _field(read)
            if field:
                return f"with {field} {_BOUNDS[name]} {spoken(value)}"
        case _:
            pass
    return f"for which {format_node(body)}"


_BOUNDS = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}


def _field(read: Node) -> str:
    """The field of the item that is read, in words."""
    _, _, field = path_of(read).partition(".")
    name = field.rpartition(".")[2]
    return name if name.isupper() or "." in field else name.lower()
