"""How often somebody may try to sign in: guessing a password must take longer than a password lasts.

Checking one is slow on purpose, so that a flood of tries must not take all hands either. Kept by each process for
itself: several together let through several times as much, and the published limit is a range for that reason.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from largesse.plumbing.problems import TooManyRequests

# Published: 3 to 6 logins a second, depending on the setup.
LOGINS_PER_SECOND = 3

# Passwords checked at the same time; each holds a thread, a connection and 16 MiB, and carts need those too.
CHECKS_AT_ONCE_MAX = 4

# Addresses remembered; each is forgotten after a second anyway, so this only bounds a flood of different ones.
ADDRESSES_MAX = 10_000

WINDOW = timedelta(seconds=1)


class Pace:
    """The latest tries of each address, whether or not anybody has it, and how many are being checked."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, list[datetime]] = OrderedDict()
        self._checking = 0

    @contextmanager
    def attempt(self, address: str, now: datetime) -> Iterator[None]:
        """One try, while it is being checked. Raises `TooManyRequests` when there are too many."""
        if self._checking >= CHECKS_AT_ONCE_MAX or not self._allows(address.strip().lower(), now):
            raise TooManyRequests("Too many attempts to sign in; try again in a moment")
        self._checking += 1
        try:
            yield
        finally:
            self._checking -= 1

    def _allows(self, address: str, now: datetime) -> bool:
        recent = [moment for moment in self._tries.get(address, ()) if now - moment < WINDOW]
        allowed = len(recent) < LOGINS_PER_SECOND
        self._tries[address] = [*recent, now] if allowed else recent
        self._tries.move_to_end(address)
        while len(self._tries) > ADDRESSES_MAX:
            self._tries.popitem(last=False)
        return allowed
