"""Time layouts in Joda's notation, as far as rules use it: `yyyy-MM-dd HH:mm`. [TL corefn/time]

A layout is runs of one letter, which stand for parts of a time, text in single quotes, and other characters, which
stand for themselves. The length of a run is the least width of a number, or chooses between short and long names.
"""

import functools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from largesse.language.errors import ExpressionError
from largesse.language.patterns import Pattern, reader

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PIECE: Final = re.compile(r"'(?P<quoted>[^']*)'|(?P<run>(?P<letter>[A-Za-z])(?P=letter)*)|(?P<other>.)", re.DOTALL)
_SYMBOLS: Final = frozenset("YyxMdDeEHkKhmsSa")
_SHORT: Final = 3
"""Letters of a short name, and the run length up to which a name is short."""

_LAYOUT_LENGTH_MAX: Final = 100
"""Characters in a layout: every part of a time written out with words between them."""


def format_layout(time: datetime, layout: str) -> str:
    """A time in a layout; raises ExpressionError for an unknown letter."""
    return "".join(_written(time, symbol, width) if symbol else text for symbol, width, text in _pieces(layout))


@functools.lru_cache(256)
def _pieces(layout: str) -> tuple[tuple[str, int, str], ...]:
    """The pieces of a layout: a symbol and its width, or no symbol and a text."""
    if len(layout) > _LAYOUT_LENGTH_MAX:
        raise ExpressionError(f"A time layout may have {_LAYOUT_LENGTH_MAX} characters")
    return tuple(_piece(match) for match in _PIECE.finditer(layout))


def _piece(match: re.Match[str]) -> tuple[str, int, str]:
    letter = match["letter"]
    if letter is None:
        return "", 0, match["other"] or match["quoted"] or "'"
    if letter not in _SYMBOLS:
        raise ExpressionError(f"`{letter}` means nothing in a time layout")
    return letter, len(match["run"]), ""


def _written(time: datetime, symbol: str, width: int) -> str:
    hour12 = time.hour % 12
    match symbol:
        case "Y" | "y" | "x":
            return f"{time.year % 100:02}" if width == 2 else f"{time.year:0{width}}"
        case "M" if width >= _SHORT:
            return _name(_MONTHS[time.month - 1], width)
        case "E":
            return _name(_DAYS[time.weekday()], width)
        case "a":
            return "AM" if time.hour < 12 else "PM"
        case "S":
            return f"{time.microsecond:06}"[:width].ljust(width, "0")
        case _:
            number = {
                "M": time.month,
                "d": time.day,
                "D": time.timetuple().tm_yday,
                "e": time.isoweekday(),
                "H": time.hour,
                "k": time.hour or 24,
                "K": hour12,
                "h": hour12 or 12,
                "m": time.minute,
                "s": time.second,
            }[symbol]
            return f"{number:0{width}}"


def _name(name: str, width: int) -> str:
    return name[:_SHORT] if width <= _SHORT else name


def parse_layout(text: str, layout: str) -> datetime:
    """The time a text in a layout means, in UTC; what the layout leaves out is that of 1 January 1970, midnight. Raises
    ExpressionError when the text is not in the layout. [C]"""
    match = _layout_reader(layout).fullmatch(text)
    if match is None:
        raise ExpressionError(f"`{text}` is not a time of the form `{layout}`")
    read = {name[0]: value for name, value in match.groupdict().items() if value is not None}
    try:
        return _assembled(read)
    except ValueError:
        raise ExpressionError(f"`{text}` is not a time") from None


@functools.lru_cache(256)
def _layout_reader(layout: str) -> Pattern:
    """What reads texts in a layout."""
    return reader(f"(?i){''.join(_readable(_pieces(layout)))}")


def _readable(pieces: tuple[tuple[str, int, str], ...]) -> Iterator[str]:
    names = {"M": _MONTHS, "E": _DAYS}
    for index, (symbol, width, text) in enumerate(pieces):
        if not symbol:
            yield re.escape(text)
        elif symbol == "a":
            yield f"(?P<a{index}>AM|PM)"
        elif symbol == "E" or (symbol == "M" and width >= _SHORT):
            yield f"(?P<{symbol}{index}>{'|'.join(_name(name, width) for name in names[symbol])})"
        else:
            year = symbol in "Yyx"
            digits = f"{{{width}}}" if width > 1 else "{1,4}" if year else "{1,9}" if symbol == "S" else "{1,3}"
            yield f"(?P<{symbol}{index}>[0-9]{digits})"


def _assembled(read: dict[str, str]) -> datetime:
    year = next((read[symbol] for symbol in "Yyx" if symbol in read), "1970")
    number = int(year) if len(year) != 2 else int(year) + (1900 if int(year) >= 69 else 2000)
    fraction = int(read.get("S", "0")[:6].ljust(6, "0"))
    minute, second = int(read.get("m", "0")), int(read.get("s", "0"))
    if "D" in read:
        day = datetime.strptime(f"{number:04} {read['D']}", "%Y %j").replace(tzinfo=UTC)
        return day.replace(hour=_hour(read), minute=minute, second=second, microsecond=fraction)
    return datetime(number, _month(read), int(read.get("d", "1")), _hour(read), minute, second, fraction, UTC)


def _month(read: dict[str, str]) -> int:
    month = read.get("M", "1")
    if month.isdigit():
        return int(month)
    short = month[:_SHORT].title()
    return next(index for index, name in enumerate(_MONTHS, 1) if name.startswith(short))


def _hour(read: dict[str, str]) -> int:
    if "H" in read or "k" in read:
        return int(read.get("H") or read["k"]) % 24 if "k" in read else int(read["H"])
    hour = int(read.get("K") or read.get("h") or "0")
    if hour > 12:
        raise ValueError("an hour of a half day is at most 12")
    return hour % 12 + (12 if read.get("a", "AM").upper() == "PM" else 0)
