"""SQL kept as SQL: statements live in `<noun>.sql` files, each under a name, and are loaded once.

A file is a list of blocks. A block opens with one comment line that gives the name and says in one line what it is for:

    -- find_coupon -- The coupon with this code, if the application has one.
    SELECT ... FROM coupons WHERE account_id = $1 AND application_id = $2 AND value = $3

The name travels in the text as a comment, so that an operator who looks at `pg_stat_activity` or a slow statement log
can find the block.
"""

import re
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

HEADER = re.compile(r"^-- (?P<name>[a-z][a-z0-9_]*) -- (?P<description>\S.*)$")


class Query(NamedTuple):
    """One SQL statement with the name it is known by in logs, errors and metrics."""

    name: str
    text: str


def load_queries(package: str, file: str) -> Mapping[str, Query]:
    """The statements of `file` (such as "coupons.sql") inside `package`, by name.

    Raises `ValueError` if the file does not follow the form: text before the first header, a name used twice, or a
    block without a statement.
    """
    return parse_queries(files(package).joinpath(file).read_text("utf-8"), origin=f"{package}/{file}")


def parse_queries(text: str, *, origin: str) -> Mapping[str, Query]:
    """The blocks of one file's `text`; `origin` names the file in error messages."""
    blocks: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        header = HEADER.match(line)
        if header is not None:
            name = header["name"]
            if name in blocks:
                raise ValueError(f"{origin}: the query {name} is defined twice")
            current = blocks[name] = []
        elif current is not None:
            current.append(line)
        elif line.strip() and not line.startswith("--"):
            raise ValueError(f"{origin}: SQL before the first '-- name -- description' line: {line}")
    return MappingProxyType({name: _query(name, lines, origin) for name, lines in blocks.items()})


def _query(name: str, lines: list[str], origin: str) -> Query:
    statement = "\n".join(lines).strip().removesuffix(";")
    if not any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
        raise ValueError(f"{origin}: the query {name} has no statement")
    return Query(name, f"/* {name} */\n{statement}")
