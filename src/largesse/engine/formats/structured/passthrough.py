"""passthrough: expressions as they are, and whether one is a condition or an effect."""

from largesse.engine.effects.catalogue import EFFECT_FUNCTIONS
from largesse.engine.formats.structured.blocks import PassthroughBlock
from largesse.engine.formats.structured.notes import Notes
from largesse.language import Call, Group, Literal, Node, from_json

_EFFECTS = frozenset(function.name.lower() for function in EFFECT_FUNCTIONS)
_SILENT = frozenset({"noop", "set"})


def passed_through(block: PassthroughBlock, notes: Notes, pointer: str) -> Node:
    """The expression of the block. What stands alone in its array, and is no name of a function, is the expression."""
    match block.expression:
        case (alone,) if not isinstance(alone, str):
            return notes.taken(from_json(alone, f"{pointer}/expression/0"))
        case _:
            return notes.taken(from_json(list(block.expression), f"{pointer}/expression"))


def is_effect(node: Node) -> bool:
    """Whether an expression gives an effect, or does nothing. What stands in the place of a failed condition does not
    make the condition an effect."""
    match node:
        case Literal():
            return False
        case Group(members):
            return any(map(is_effect, members))
        case Call(name, arguments):
            lowered = name.lower()
            if lowered in _EFFECTS or lowered in _SILENT:
                return True
            return any(map(is_effect, arguments[:1] if lowered == "onfailure" else arguments))
