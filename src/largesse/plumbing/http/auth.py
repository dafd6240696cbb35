"""Who calls, and may they: from the Authorization header to a `Caller`.

Each access has its schemes. A shop's key opens the integration paths and nothing else; staff keys and tokens open the
management paths and nothing else: a good key at the wrong door is as unknown as a bad one (401). Where a caller is
known but may not use a path or touch an Application, that is another answer (403).
"""

from collections import OrderedDict
from datetime import datetime
from typing import Literal, Protocol

from largesse.plumbing.clock import monotonic_seconds
from largesse.plumbing.context import ANONYMOUS, Caller
from largesse.plumbing.http.operation import Access, AnyOperation
from largesse.plumbing.problems import Forbidden, Unauthorized
from largesse.plumbing.secrets import hash_key

Scheme = Literal["ApiKey-v1", "ManagementKey-v1", "Bearer"]

SCHEMES: dict[Access, tuple[Scheme, ...]] = {
    Access.INTEGRATION: ("ApiKey-v1",),
    Access.MANAGEMENT: ("ManagementKey-v1", "Bearer"),
    Access.PUBLIC: (),
}

SECRET_CHARACTERS_MAX = 256
"""Four times our own keys; longer ones are not even hashed."""

KEY_CACHE_SECONDS = 5.0
"""How long a shop's key is trusted without asking the database, and so how long a deleted one may still work."""

KEY_CACHE_ENTRIES_MAX = 10_000
"""A few megabytes; the key unused for longest leaves first."""


class Authenticator(Protocol):
    """Where keys and tokens are known; an outer ring implements it on its storage."""

    async def find_caller(self, scheme: Scheme, secret: str, now: datetime) -> Caller | None:
        """The caller with this secret, or None when it is unknown, expired or disabled at `now`."""
        ...


class KeyCache:
    """Callers of shops' keys by the hash of the key, for a few seconds each.

    Only integration keys are kept: they come with every cart, while staff keys and tokens are rare and must stop
    working the moment their owner logs out.
    """

    def __init__(self) -> None:
        self._entries: OrderedDict[str, tuple[Caller, float]] = OrderedDict()

    def find(self, key_hash: str, now: datetime) -> Caller | None:
        """The remembered caller, unless that was too long ago or the key has expired since."""
        entry = self._entries.get(key_hash)
        if entry is None:
            return None
        caller, until = entry
        if monotonic_seconds() > until or has_expired(caller, now):
            del self._entries[key_hash]
            return None
        self._entries.move_to_end(key_hash)
        return caller

    def remember(self, key_hash: str, caller: Caller) -> None:
        """Keeps a caller that was just found."""
        self._entries[key_hash] = (caller, monotonic_seconds() + KEY_CACHE_SECONDS)
        self._entries.move_to_end(key_hash)
        while len(self._entries) > KEY_CACHE_ENTRIES_MAX:
            self._entries.popitem(last=False)


def has_expired(caller: Caller, now: datetime) -> bool:
    """Whether the caller's key or token has stopped working."""
    return caller.expires is not None and caller.expires <= now


async def identify(
    access: Access, header: str | None, now: datetime, authenticator: Authenticator, cache: KeyCache
) -> Caller:
    """The caller behind an Authorization header. Raises `Unauthorized` when there is none that fits this access."""
    if access is Access.PUBLIC:
        return ANONYMOUS
    scheme, secret = read_authorization(access, header)
    if scheme != "ApiKey-v1":
        return _unexpired(await authenticator.find_caller(scheme, secret, now), now)
    key_hash = hash_key(secret)
    caller = cache.find(key_hash, now)
    if caller is None:
        caller = _unexpired(await authenticator.find_caller(scheme, secret, now), now)
        cache.remember(key_hash, caller)
    return caller


def read_authorization(access: Access, header: str | None) -> tuple[Scheme, str]:
    """The scheme and the secret of a header. Raises `Unauthorized` for a scheme that this access does not know."""
    accepted = SCHEMES[access]
    if not header:
        raise Unauthorized(f"This path needs an Authorization header with {_listed(accepted)}")
    name, _, secret = header.strip().partition(" ")
    secret = secret.strip()
    for scheme in accepted:
        if name.lower() == scheme.lower():
            if not 0 < len(secret) <= SECRET_CHARACTERS_MAX:
                raise Unauthorized("Invalid API key or token")
            return scheme, secret
    raise Unauthorized(f"This path needs an Authorization header with {_listed(accepted)}")


def check_access(operation: AnyOperation, caller: Caller, application_id: int | None) -> None:
    """Whether the caller may use this operation, on this Application where its path names one; raises `Forbidden`."""
    if operation.admin_only and not caller.is_admin:
        raise Forbidden("Only an administrator may do this")
    if caller.kind != "management_key":
        return
    if caller.endpoints is not None and shape_of(operation.path) not in map(shape_of, caller.endpoints):
        raise Forbidden("This management key does not give access to this path")
    allowed = caller.allowed_application_ids
    if allowed and application_id is not None and application_id not in allowed:
        raise Forbidden("This management key does not give access to this Application")


def shape_of(path: str) -> str:
    """A path template without the names of its parameters, so that templates can be compared."""
    return "/".join("{}" if part.startswith("{") else part for part in path.rstrip("/").split("/"))


def _unexpired(caller: Caller | None, now: datetime) -> Caller:
    if caller is None or has_expired(caller, now):
        raise Unauthorized("Invalid API key or token")
    return caller


def _listed(schemes: tuple[Scheme, ...]) -> str:
    return " or ".join(f"'{scheme} <secret>'" for scheme in schemes)
