"""Second looks at a refused JSON body: walking it as a plain tree to find the value or the key that was meant.

Nothing here runs for a good request.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

import msgspec

Step = str | int
Tree = object
Decode = Callable[[bytes], object]

ANY_KEY = "[...]"
"""How the JSON library writes a step into a mapping, whose key it does not tell."""

TOO_FAR = Decimal("Infinity")
"""Stands for a number whose exponent passes what a decimal can hold; whoever looks at it sees that it is oversized."""


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return TOO_FAR


_decoder = msgspec.json.Decoder(float_hook=_number)
_encoder = msgspec.json.Encoder(decimal_format="number")


def parse_tree(raw: bytes) -> Tree:
    """A JSON text as dicts, lists and plain values. Raises `msgspec.DecodeError` where it is none."""
    return _decoder.decode(raw)


def pointer_of(steps: Sequence[Step]) -> str:
    """The JSON pointer (RFC 6901) of a path; the whole body is the empty string."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def find_value(raw: bytes, is_meant: Callable[[object], bool]) -> list[Step]:
    """The path of the first value or key of a JSON text that `is_meant`; empty when there is none."""
    return _find(parse_tree(raw), is_meant, []) or []


def with_keys(steps: list[Step], complaint: str, tree: Tree, decode: Decode) -> list[Step]:
    """The path of a complaint with every `ANY_KEY` replaced by the key that was meant."""
    known: list[Step] = []
    for step in steps:
        if step == ANY_KEY and isinstance(mapping := _at(tree, known), dict):
            known.append(_first_wrong_key(tree, known, list(mapping.items()), complaint, decode))
        else:
            known.append(step)
    return known


def _find(tree: Tree, is_meant: Callable[[object], bool], above: list[Step]) -> list[Step] | None:
    if isinstance(tree, dict):
        for key, value in tree.items():
            path = [*above, key]
            if is_meant(key):
                return path
            if (found := _find(value, is_meant, path)) is not None:
                return found
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            if (found := _find(value, is_meant, [*above, index])) is not None:
                return found
    elif is_meant(tree):
        return above
    return None


def _first_wrong_key(
    tree: Tree, above: list[Step], items: list[tuple[str, Tree]], complaint: str, decode: Decode
) -> str:
    """The library reads in order, so the shortest beginning of a mapping that still complains ends with the culprit."""
    low, high = 1, len(items)
    while low < high:
        middle = (low + high) // 2
        if _complaint_about(_replaced(tree, above, dict(items[:middle])), decode) == complaint:
            high = middle
        else:
            low = middle + 1
    return items[low - 1][0]


def _complaint_about(tree: Tree, decode: Decode) -> str | None:
    try:
        decode(_encoder.encode(tree))
    except msgspec.ValidationError as error:
        return str(error)
    return None


def _at(tree: Tree, steps: Sequence[Step]) -> Tree:
    for step in steps:
        match tree, step:
            case dict(), _ if step in tree:
                tree = tree[step]
            case list(), int() if step < len(tree):
                tree = tree[step]
            case _:
                return None
    return tree


def _replaced(tree: Tree, steps: Sequence[Step], value: Tree) -> Tree:
    """A copy of a tree with the value at a path exchanged."""
    if not steps:
        return value
    if isinstance(tree, dict):
        return {**tree, steps[0]: _replaced(tree[steps[0]], steps[1:], value)}
    if isinstance(tree, list) and isinstance(steps[0], int):
        index = steps[0]
        return [*tree[:index], _replaced(tree[index], steps[1:], value), *tree[index + 1 :]]
    return tree
