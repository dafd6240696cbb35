"""What an operation knows besides its request: who calls, in which account, at what moment, inside which transaction.

Everything here is decided once, by dispatch, before the operation starts; an operation that is run again after a
conflict gets the same caller, request id and moment with a fresh transaction.
"""

from datetime import datetime, timedelta
from typing import Generic, Literal, TypeVar

import msgspec

from largesse.plumbing.database import Transaction
from largesse.plumbing.problems import Unauthorized

R = TypeVar("R")
"""The process-wide things an outer ring hands through (caches of compiled programs and the like)."""

CallerKind = Literal["application", "management_key", "user", "anonymous"]


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who sent a request.

    * `application`: an integration key; `application_id` is its shop, `time_offset` is added to now when rules run.
    * `management_key`: `endpoints` are the path templates it may call (None = all, an empty tuple = none),
      `allowed_application_ids` the shops it may touch (empty = all) [MA].
    * `user`: a person signed in with a token.
    * `anonymous`: paths that need no key; `account_id` is 0 then.

    `expires` is the moment the key or token stops working, None for never (UTC).
    """

    kind: CallerKind
    account_id: int
    application_id: int | None = None
    user_id: int | None = None
    key_id: int | None = None
    endpoints: tuple[str, ...] | None = None
    allowed_application_ids: tuple[int, ...] = ()
    is_admin: bool = False
    time_offset: timedelta = timedelta(0)
    expires: datetime | None = None

    @property
    def application(self) -> int:
        """The id of the Application whose key was sent. Raises `Unauthorized` where the key is not one of these."""
        if self.application_id is None:
            raise Unauthorized
        return self.application_id


ANONYMOUS = Caller(kind="anonymous", account_id=0)


class Call(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """One run of one operation.

    `now` is read from the clock once per request and is aware UTC. `db` is the only transaction of the request;
    dispatch opens, commits or rolls it back. `resources` is opaque here: an outer ring names its type.
    """

    caller: Caller
    request_id: str
    now: datetime
    db: Transaction
    resources: R
