"""Times as RFC 3339 writes them: the form in which the language shows times and recognises them in texts."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_SHAPE: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)


def parse_time(text: str) -> datetime | None:
    """The time an RFC 3339 text means, with its own offset, or None when it is not one. Digits beyond microseconds are
    dropped."""
    if len(text) > 40 or _SHAPE.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def format_time(time: datetime) -> str:
    """A time in RFC 3339: `Z` for a zero offset, a fraction only when there is one. A time without an offset is taken
    as UTC."""
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    text = aware.replace(tzinfo=None, microsecond=0).isoformat()
    if aware.microsecond:
        text += f".{aware.microsecond:06}".rstrip("0")
    offset = aware.utcoffset() or timedelta()
    if not offset:
        return text + "Z"
    minutes = int(offset.total_seconds()) // 60
    return f"{text}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
