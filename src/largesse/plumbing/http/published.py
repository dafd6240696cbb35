"""The operations the contract publishes, as facts the running program needs: those we have not built answer 501.

`published.json` beside this file is generated from the contract by `python -m tests.contract --published`; it holds
methods, paths, ids and headings.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec


class PublishedOperation(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One operation of the published contract."""

    api: Literal["integration", "management"]
    method: str
    path: str
    operation_id: str
    tag: str


@cache
def published_operations() -> tuple[PublishedOperation, ...]:
    """All of them, in the contract's order."""
    data = files("largesse.plumbing.http").joinpath("published.json").read_bytes()
    return msgspec.json.decode(data, type=tuple[PublishedOperation, ...])
