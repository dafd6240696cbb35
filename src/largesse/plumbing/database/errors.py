"""What can go wrong between us and PostgreSQL, in our own words.

The driver's exceptions stop here: `raise_translated` turns those that mean something to the rings above into one of
these, and lets the rest pass, because anything else is a bug in our SQL and must be seen as one:

    Conflict          the facts changed under a decision; dispatch runs the operation again (from plumbing.problems)
    Unavailable       the database does not answer; a problem with status 503 (from plumbing.problems)
    UniqueViolation   a row with this key exists
    Crowded           too many requests at one gate
"""

from typing import NoReturn

import asyncpg

from largesse.plumbing.problems import Conflict, Unavailable

# Our own SQLSTATE class: the standard keeps classes that begin with 0-4 or A-H for itself.
STATE_CONFLICT = "LG001"
"""Raised by our SQL when a guarded statement found that the facts have changed since they were read."""
STATE_CROWDED = "LG002"
"""Raised by our SQL when too many requests already run or wait at a gate; the message is the gate."""

STATE_SERIALIZATION_FAILURE = "40001"
STATE_DEADLOCK = "40P01"
STATES_CONFLICT = frozenset({STATE_CONFLICT, STATE_SERIALIZATION_FAILURE, STATE_DEADLOCK})

# Too many connections, shutting down, crashed, starting up: true now, untrue in a moment.
STATES_UNAVAILABLE = frozenset({"53300", "57P01", "57P02", "57P03"})
STATE_CLASS_CONNECTION = "08"

DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
"""All the driver raises while a statement runs; catch these around a call and hand them to `raise_translated`."""


class UniqueViolation(Exception):  # noqa: N818 - named as PostgreSQL names it
    """A row with this key exists already. `constraint` is the name of the violated constraint or unique index."""

    def __init__(self, constraint: str) -> None:
        super().__init__(f"a row violates the unique constraint {constraint}")
        self.constraint = constraint


class Crowded(Exception):  # noqa: N818 - a finding about the traffic, not an error of the program
    """Too many requests run or wait at `gate`; the caller is asked to come back later."""

    def __init__(self, gate: str) -> None:
        super().__init__(f"too many requests at {gate}")
        self.gate = gate


class MigrationRefused(Exception):  # noqa: N818 - a decision to touch nothing
    """The database was migrated by other files than ours; nothing was changed. The message says what differs."""


class EmbeddedServerFailed(Exception):  # noqa: N818 - reads as a sentence where it is caught
    """The server that comes along could not be found, created, started or stopped. The message says what to do."""


class DataFolderInUse(EmbeddedServerFailed):
    """Another program already runs the server of this data folder."""


def translate(error: BaseException, *, connection_lost: bool = False) -> BaseException:
    """What the rings above should see instead of a driver's `error`; the error itself where it means a bug of ours.

    `connection_lost` tells whether the connection was closed when the error arose: the driver uses one exception for
    wrong use (a bug) and for a lost connection (not one).
    """
    if isinstance(error, asyncpg.UniqueViolationError):
        return UniqueViolation(error.constraint_name or "")
    state = error.sqlstate or "" if isinstance(error, asyncpg.PostgresError) else ""
    if state in STATES_CONFLICT:
        return Conflict(str(error))
    if state == STATE_CROWDED:
        return Crowded(str(error))
    lost = connection_lost or isinstance(error, (TimeoutError, OSError))
    if lost or state in STATES_UNAVAILABLE or state.startswith(STATE_CLASS_CONNECTION):
        return Unavailable("The database does not answer")
    return error


def raise_translated(error: BaseException, *, connection_lost: bool = False) -> NoReturn:
    """Raises what `translate` makes of a driver's `error`, which stays visible as the cause."""
    translated = translate(error, connection_lost=connection_lost)
    if translated is error:
        raise error
    raise translated from error
