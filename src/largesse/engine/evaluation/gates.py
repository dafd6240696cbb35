"""Gates: cheap facts without which a rule surely does not fire, read off its conditions.

A rule that asks for a valid coupon cannot fire where no coupon of its campaign is in the session, one that asks for an
item of category shoes not where the cart holds none. Gates only ever close when some condition would fail; whatever
they cannot understand leaves a rule open.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from largesse.engine.effects.catalogue import EFFECT_FUNCTIONS
from largesse.engine.functions.events import snake
from largesse.engine.shopping.events import BUILT_IN
from largesse.language import Binding, Call, Group, Literal, Node, Rule, Ruleset
from largesse.language.syntax import walk


class Gate(NamedTuple):
    """What must be there: a kind of fact, and its value."""

    kind: str
    value: str = ""


COUPON, STORE = Gate("coupon"), Gate("store")
EVENT, CATEGORY, SKU = "event", "category", "sku"
MEMBER, JOINED, LEFT = "member", "joined", "left"

_ITEM_FIELDS = {"category": CATEGORY, "sku": SKU}
_AUDIENCE_GATES = {"audiencemember": MEMBER, "audiencejustjoined": JOINED, "audiencejustleft": LEFT}
_ACTING = frozenset({function.name.lower() for function in EFFECT_FUNCTIONS} | {"onfailure", "onerror", "!"})
"""Functions after which a condition has done something even if a later one fails; macros may hide them."""

_DEPTH_MAX = 8
"""Filters of filters that are looked through; beyond, a rule is left open."""


def gates_of(ruleset: Ruleset) -> frozenset[Gate] | None:
    """Gates of which at least one must be open for any rule to fire; None when there is a rule without one."""
    gates = [_gate(rule, ruleset) for rule in ruleset.rules]
    known = [gate for gate in gates if gate is not None]
    return frozenset(known) if len(known) == len(gates) else None


def event_word(event_type: str) -> str:
    """What all names have in common that a rule may call one event by."""
    return snake(event_type).removeprefix(BUILT_IN)


def audiences_joined_by(ruleset: Ruleset) -> Iterator[int | None]:
    """The audiences that rules bring the customer into while they run; None where that is computed."""
    for rule in ruleset.rules:
        if "addtoaudience" not in rule.functions:
            continue
        roots = [binding.node for binding in (*ruleset.bindings, *rule.bindings)]
        roots += [condition.node for condition in rule.conditions]
        calls = [each for root in (*roots, *rule.effects) for each in walk(root) if isinstance(each, Call)]
        for call in calls:
            match call.name.lower(), call.arguments:
                case "addtoaudience", (_, Literal(Decimal() as audience)):
                    yield int(audience)
                case (("addtoaudience" | "!"), _):
                    yield None
                case _:
                    pass


def _gate(rule: Rule, ruleset: Ruleset) -> Gate | None:
    """The first gate among the conditions, as long as those before it do nothing but ask."""
    bindings = {binding.name: binding for binding in (*ruleset.bindings, *rule.bindings)}
    if any(name.lower() in ("session", "event") for name in bindings):
        return None
    for condition in _flat(each.node for each in rule.conditions):
        gate = _gate_in(condition, bindings)
        if gate is not None:
            return gate
        if _acts(condition, bindings):
            return None
    return None


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """Conditions in order, those inside `and` among them."""
    for node in nodes:
        if isinstance(node, Call) and node.name.lower() == "and":
            yield from _flat(node.arguments)
        else:
            yield node


def _acts(node: Node, bindings: Mapping[str, Binding]) -> bool:
    for each in walk(node):
        if isinstance(each, Call):
            if each.name.lower() in _ACTING:
                return True
            path = _path(each)
            if path and path[0] in bindings and bindings[path[0]].reads.functions & _ACTING:
                return True
    return False


def _gate_in(node: Node, bindings: Mapping[str, Binding]) -> Gate | None:
    """The gate that one condition is."""
    if not isinstance(node, Call):
        return None
    match node.name.lower(), node.arguments:
        case (("couponvalid" | "couponvalidnoredeem"), ()):
            return COUPON
        case "eventis", (Literal(str() as event),):
            return Gate(EVENT, event_word(event))
        case name, (Literal("Current"), Literal(Decimal() as audience)) if name in _AUDIENCE_GATES:
            return Gate(_AUDIENCE_GATES[name], str(audience))
        case "exists", (items, block):
            return _gate_of_items(items, bindings) or (_gate_of_block(block) if _is_cart(items) else None)
        case "not", (Call(name, (items,)),) if name.lower() == "isempty":
            return _gate_of_items(items, bindings)
        case ">", (Call(name, (items,)), Literal(Decimal() as bound)) if name.lower() == "count" and bound >= 0:
            return _gate_of_items(items, bindings)
        case ">=", (Call(name, (items,)), Literal(Decimal() as bound)) if name.lower() == "count" and bound > 0:
            return _gate_of_items(items, bindings)
        case "catch", (Literal(False), inner):
            return _gate_in(inner, bindings)
        case _:
            return None


def _gate_of_items(items: Node, bindings: Mapping[str, Binding], depth: int = 0) -> Gate | None:
    """Without what a list of cart items is surely empty."""
    path = _path(items)
    if depth == _DEPTH_MAX:
        return None
    if len(path) == 1 and path[0] in bindings:
        return _gate_of_items(bindings[path[0]].node, bindings, depth + 1)
    match items:
        case Call(name, (inner, block)) if name.lower() == "filter":
            return _gate_of_items(inner, bindings, depth + 1) or (_gate_of_block(block) if _is_cart(inner) else None)
        case _:
            return None


def _gate_of_block(block: Node) -> Gate | None:
    """What an item must be for a block to hold of it."""
    match block:
        case Group(members=(Call(parameter, ()), body)):
            return _gate_of_body(body, parameter)
        case _:
            return None


def _gate_of_body(body: Node, parameter: str) -> Gate | None:
    match body:
        case Call("catch", (Literal(False), inner)):
            return _gate_of_body(inner, parameter)
        case Call("and", parts):
            found = (_gate_of_body(part, parameter) for part in parts)
            return next((gate for gate in found if gate is not None), None)
        case Call("=", (Call() as read, Literal(str() as value))) | Call(
            "=", (Literal(str() as value), Call() as read)
        ):
            path = _path(read)
            kind = _ITEM_FIELDS.get(path[1].lower()) if len(path) == 2 and path[0] == parameter else None
            return None if kind is None else Gate(kind, value)
        case _:
            return None


def _is_cart(node: Node) -> bool:
    return [name.lower() for name in _path(node)] == ["session", "cartitems"]


def _path(node: Node) -> tuple[str, ...]:
    """The names a node walks along; none when it does something else."""
    if not isinstance(node, Call) or node.name != ".":
        return ()
    names = [argument.value for argument in node.arguments if isinstance(argument, Literal)]
    return tuple(name for name in names if isinstance(name, str)) if len(names) == len(node.arguments) else ()
