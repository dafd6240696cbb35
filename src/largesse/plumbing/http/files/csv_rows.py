"""The rows of a CSV file that was sent, and what is wrong with them, line by line.

    wrong = WrongLines()
    for row in read_rows(request.body, COLUMNS, required=("value",), wrong=wrong):
        try:
            limit = integer_cell("limitval", row.cells[0])
        except WrongCell as cell:
            wrong.add(row.line, cell.title, cell.details)
    wrong.settle()

Columns stand in any order and case; those of the header that nobody knows are refused, because a date in a misspelled
column would otherwise be no date. Cells are taken without the blanks around them; an empty one says nothing.
"""

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from largesse.plumbing.http.bodies.numbers import is_oversized
from largesse.plumbing.http.codec import BodyReader
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.query import read_time
from largesse.plumbing.problems import FieldError, Invalid

if TYPE_CHECKING:
    import _csv

T = TypeVar("T")

ERRORS_MAX = 100
"""Told at once: whoever has made more mistakes than that has made one, a hundred times."""

HEADER_LINE = 1

_INTEGER_DIGITS_MAX = 15
"""As of integers among the parameters; all limits of whole numbers have fewer."""

_object_reader = BodyReader(dict[str, object])


class CsvRow(NamedTuple):
    """One row: the line of the file it begins on, and its cells in the order of the columns asked for."""

    line: int
    cells: list[str]


class WrongCell(Exception):  # noqa: N818 - a finding about a file
    """A cell cannot be what it should be."""

    def __init__(self, title: str, details: str) -> None:
        super().__init__(details)
        self.title = title
        self.details = details


class WrongLines:
    """The mistakes found in a file so far."""

    def __init__(self) -> None:
        self._errors: list[FieldError] = []

    def __bool__(self) -> bool:
        return bool(self._errors)

    def add(self, line: int, title: str, details: str) -> None:
        """One more. Raises `Invalid` with all of them when nobody would read on."""
        self._errors.append(FieldError(title=title, details=details, line=str(line)))
        if len(self._errors) >= ERRORS_MAX:
            self.settle()

    def settle(self) -> None:
        """Raises `Invalid` if anything was wrong."""
        if self._errors:
            raise Invalid(errors=self._errors)


def read_rows(
    upload: Upload,
    columns: Sequence[str],
    *,
    required: Collection[str],
    wrong: WrongLines,
    ignored: Collection[str] = (),
) -> Iterator[CsvRow]:
    """The rows below the header; what cannot be read as a row of its columns goes to `wrong`.

    `columns` are those that are read, `ignored` others that may be there, in lower case. Raises `Invalid` for a file
    that is not CSV in UTF-8, whose header lacks a required column, or that holds no row at all.
    """
    reader = csv.reader(_texts(upload), strict=True)
    header = [name.strip().lower() for name in _next_row(reader) or ()]
    _check_header(header, columns, required, ignored)
    places = [header.index(name) if name in header else -1 for name in columns]
    begins, is_empty = reader.line_num + 1, True
    while (cells := _next_row(reader)) is not None:
        if cells:
            is_empty = False
            if len(cells) == len(header):
                yield CsvRow(begins, [cells[place].strip() if place >= 0 else "" for place in places])
            else:
                wrong.add(begins, "Invalid value", f"the header has {len(header)} columns, this line {len(cells)}")
        begins = reader.line_num + 1
    if is_empty:
        raise _refusal(HEADER_LINE, "Required", "the file has no line below its header")


def in_chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The same rows, so many at a time."""
    remaining = iter(rows)
    while chunk := list(islice(remaining, size)):
        yield chunk


def time_cell(column: str, text: str) -> datetime | None:
    """A moment in UTC, None where nothing is said. Raises `WrongCell`."""
    if not text:
        return None
    moment = read_time(text)
    if moment is None:
        raise WrongCell(
            "Invalid type", f"{column} must be a time in the form of RFC 3339, such as 2030-12-31T23:59:59Z"
        )
    return moment


def integer_cell(column: str, text: str) -> int | None:
    """A whole number of 0 or more, None where nothing is said. Raises `WrongCell`."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _INTEGER_DIGITS_MAX):
        raise WrongCell("Invalid type", f"{column} must be a whole number of 0 or more")
    return int(text)


def decimal_cell(column: str, text: str) -> Decimal | None:
    """An exact number, None where nothing is said. Raises `WrongCell`."""
    if not text:
        return None
    digits = text.removeprefix("-")
    whole, point, fraction = digits.partition(".")
    if not (digits.isascii() and whole.isdigit() and (fraction.isdigit() or not point)) or is_oversized(text):
        raise WrongCell("Invalid type", f"{column} must be a number")
    return Decimal(text)


def object_cell(column: str, text: str) -> dict[str, object]:
    """A JSON object, an empty one where nothing is said. Raises `WrongCell`."""
    if not text:
        return {}
    try:
        return _object_reader.read(text.encode())
    except Invalid as invalid:
        raise WrongCell("Invalid type", f"{column} must be a JSON object: {invalid.errors[0].details}") from None


def _check_header(
    header: list[str], columns: Sequence[str], required: Collection[str], ignored: Collection[str]
) -> None:
    errors = [("Required", f"the column {name} is missing") for name in required if name not in header]
    errors += [
        ("Unknown", f'there is no column "{name}"') for name in header if name not in columns and name not in ignored
    ]
    errors += [("Invalid value", f"the column {name} is there twice") for name in columns if header.count(name) > 1]
    if errors:
        line = str(HEADER_LINE)
        raise Invalid(errors=[FieldError(title=title, details=details, line=line) for title, details in errors])


def _texts(upload: Upload) -> Iterator[str]:
    """The lines as texts, without the mark that some programs put before them."""
    for number, line in enumerate(upload.lines(), start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise _refusal(number, "Invalid value", "this line is not UTF-8") from None
        if "\0" in text:
            raise _refusal(number, "Invalid value", "this line holds a NUL character")
        yield text


def _next_row(reader: "_csv.Reader") -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise _refusal(reader.line_num, "Malformed CSV", f"this line is not CSV: {error}") from None


def _refusal(line: int, title: str, details: str) -> Invalid:
    return Invalid(errors=(FieldError(title=title, details=details, line=str(line)),))
