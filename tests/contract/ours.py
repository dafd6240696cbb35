"""The table of operations as it stands."""

from largesse.api.nouns import NOUNS
from largesse.plumbing.http.operation import AnyOperation

OPERATIONS: tuple[AnyOperation, ...] = tuple(operation for noun in NOUNS for operation in noun)
