"""What an evaluation has overwritten, so that it can be undone, and done again.

Each entry keeps one value. Exchanging it with the present one undoes what was written; exchanging again writes it
again. Entries are undone from the last to the first, and done again from the first to the last.
"""

from collections.abc import MutableMapping
from typing import Final, Generic, Protocol, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Written(Protocol):
    """One entry."""

    def swap(self) -> None:
        """Exchange the value kept here with the present one."""


class Absent:
    """The class of ABSENT: the value of a key that a mapping does not have."""

    __slots__ = ()


ABSENT: Final = Absent()


class WrittenKey(Generic[Key, Value]):
    """A key of a mapping; made before it is written."""

    __slots__ = ("_kept", "_key", "_mapping")

    def __init__(self, mapping: MutableMapping[Key, Value], key: Key) -> None:
        self._mapping = mapping
        self._key = key
        self._kept: Value | Absent = mapping.get(key, ABSENT)

    def swap(self) -> None:
        """Exchange the values; a key that was absent is so again."""
        present = self._mapping.get(self._key, ABSENT)
        if isinstance(self._kept, Absent):
            del self._mapping[self._key]
        else:
            self._mapping[self._key] = self._kept
        self._kept = present


class WrittenAttribute:
    """An attribute of a view; made before it is written."""

    __slots__ = ("_kept", "_name", "_view")

    def __init__(self, view: object, name: str) -> None:
        self._view = view
        self._name = name
        self._kept: object = getattr(view, name)

    def swap(self) -> None:
        """Exchange the values."""
        present = getattr(self._view, self._name)
        setattr(self._view, self._name, self._kept)
        self._kept = present
