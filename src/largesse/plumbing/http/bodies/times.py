"""Times so early or so late that nobody can compute with them, on the raw bytes like oversized numbers.

At both ends of the calendar a time with an offset may have no equal in UTC, and the database's driver takes the very
first and the very last moment for infinity. Nothing real happens there: what is meant is "never", which is said by
leaving the property out, or a year that is merely far away.
"""

from datetime import UTC, datetime

import msgspec

EARLIEST = datetime(2, 1, 1, tzinfo=UTC)
LATEST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)

_EDGES = ("0001-", "9999-")
_EDGES_IN_JSON = tuple(f'"{edge}'.encode() for edge in _EDGES)


def may_hold_extreme_time(raw: bytes) -> bool:
    """Whether a JSON text might hold such a time; costs next to nothing, and is rarely true."""
    return any(edge in raw for edge in _EDGES_IN_JSON)


def is_extreme_time(value: object) -> bool:
    """Whether a value of a JSON text is a time before `EARLIEST` or after `LATEST`."""
    if not isinstance(value, str) or not value.startswith(_EDGES):
        return False
    try:
        time = msgspec.convert(value, datetime)
        return time.tzinfo is not None and not EARLIEST <= time.astimezone(UTC) <= LATEST
    except msgspec.ValidationError:
        return False
    except OverflowError:
        return True
