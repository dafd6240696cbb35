"""The band that talks to PostgreSQL: connections, transactions, named SQL, migrations and the server that comes along.

Only this folder knows the driver. Rings above see `Database` (a pool for one process), `Transaction` (what statements
run in), `Query` (SQL with a name, kept in `.sql` files) and the errors below; no driver type or exception leaves the
folder.

Dispatch and the worker open transactions and thereby commit; everything else is handed a `Transaction`.
"""

from largesse.plumbing.database.connections import CONNECTIONS_MAX, Database
from largesse.plumbing.database.embedded import EmbeddedServer
from largesse.plumbing.database.errors import (
    Crowded,
    DataFolderInUse,
    EmbeddedServerFailed,
    MigrationRefused,
    UniqueViolation,
)
from largesse.plumbing.database.migrations import migrate
from largesse.plumbing.database.queries import Query, load_queries
from largesse.plumbing.database.transaction import Record, Transaction

__all__ = [
    "CONNECTIONS_MAX",
    "Crowded",
    "DataFolderInUse",
    "Database",
    "EmbeddedServer",
    "EmbeddedServerFailed",
    "MigrationRefused",
    "Query",
    "Record",
    "Transaction",
    "UniqueViolation",
    "load_queries",
    "migrate",
]
