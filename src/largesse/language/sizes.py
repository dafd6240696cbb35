"""How much a value holds."""

from largesse.language.kinds import Value
from largesse.language.limits import LIST_LENGTH_MAX


def size(value: Value) -> int:
    """The values inside a list or map, those in lists and maps inside it included; stops counting when it is too much,
    because lists that hold one list twice grow fast."""
    count, waiting = -1, [value]
    while waiting and count <= LIST_LENGTH_MAX:
        current = waiting.pop()
        count += 1
        if isinstance(current, list | tuple):
            waiting.extend(current)
        elif isinstance(current, dict):
            waiting.extend(current.values())
    return count


def extent(value: Value) -> int:
    """The characters of a text, the elements of a list, the keys of a map."""
    return len(value) if isinstance(value, str | list | tuple | dict) else 0
