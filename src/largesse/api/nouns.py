"""NOUNS: every operation there is, noun by noun.

Adding an endpoint is a row in its noun's module; adding a noun is a line here.
"""

from largesse.api.profiles import integration as profiles
from largesse.api.sessions import integration as sessions
from largesse.plumbing.http.operation import AnyOperation

NOUNS: tuple[tuple[AnyOperation, ...], ...] = (
    profiles.OPERATIONS,
    sessions.OPERATIONS,
)

OPERATIONS: tuple[AnyOperation, ...] = tuple(operation for noun in NOUNS for operation in noun)
