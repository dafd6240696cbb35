"""How deeply a JSON text is nested, found on its bytes before anything is built from them."""

from largesse.plumbing.http.bodies.numbers import outside_strings

JSON_DEPTH_MAX = 64
"""Deeper than any published body by far; everything that later walks a value (rules, diffs, storage) may recurse."""

_NOT_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))

_COLLAPSES = 8
"""Rounds that each remove one level of innermost pairs: what is left of a wide and flat text is next to nothing."""


def is_nested_too_deeply(raw: bytes) -> bool:
    """Whether objects and lists stand inside each other more than `JSON_DEPTH_MAX` levels deep."""
    if raw.count(b"{") + raw.count(b"[") <= JSON_DEPTH_MAX:
        return False
    brackets = outside_strings(raw).translate(None, _NOT_BRACKETS)
    for _ in range(_COLLAPSES):
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket in b"{[" else -1
        if depth > JSON_DEPTH_MAX - _COLLAPSES:
            return True
    return False
