"""Statements as they went to the database, and the same ones as a script for pgbench."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import msgspec

from largesse.plumbing.database import Query, Record, Transaction

SESSION = "bench-capture"
"""The session id of the captured request; in the script every transaction has one of its own."""


@dataclass(frozen=True)
class Captured:
    """One statement with its arguments."""

    query: Query
    arguments: tuple[object, ...]


class Recording(Transaction):
    """A transaction that remembers what it was asked to run."""

    __slots__ = ("captured",)

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction._connection)
        self.captured: list[Captured] = []

    async def rows(self, query: Query, *arguments: object) -> list[Record]:
        """As of a Transaction."""
        self.captured.append(Captured(query, arguments))
        return await super().rows(query, *arguments)

    async def row(self, query: Query, *arguments: object) -> Record | None:
        """As of a Transaction."""
        self.captured.append(Captured(query, arguments))
        return await super().row(query, *arguments)


def pgbench_script(statements: Sequence[Captured]) -> str:
    """One transaction with these statements, on a session of its own."""
    body = [_with_literals(statement) for statement in statements]
    return "\n".join(["\\set n random(1, 9000000000000000)", "BEGIN;", *body, "END;"]) + "\n"


def _with_literals(statement: Captured) -> str:
    literals = [_literal(argument) for argument in statement.arguments]
    text = re.sub(r"/\*.*?\*/", "", statement.query.text)
    text = re.sub(r"\$(\d+)", lambda found: literals[int(found[1]) - 1], text)
    return " ".join(text.split()) + ";"


def _literal(value: object) -> str:
    if value == SESSION:
        return f"('{SESSION}-' || :n)"
    match value:
        case None:
            return "NULL"
        case bool() | int() | Decimal():
            return str(value).upper()
        case bytes():
            return f"'\\x{value.hex()}'::bytea"
        case datetime():
            return f"'{value.isoformat()}'::timestamptz"
        case list():
            return _quoted("{" + ",".join(_element(each) for each in value) + "}")
        case _:
            return _quoted(str(value))


def _element(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bytes():
            text = f"\\x{value.hex()}"
        case dict():
            text = msgspec.json.encode(value).decode()
        case _:
            text = value.isoformat() if isinstance(value, datetime) else str(value)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
