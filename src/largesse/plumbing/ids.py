"""Random names: of requests here, of keys in `secrets`. Identities of stored things come from the database instead."""

import os
import re
import uuid

REQUEST_ID_RANDOM_BYTES = 16
REQUEST_ID_CHARACTERS_MAX = 128
"""A longer one from a caller is replaced: the id stands in every log line and must not fill the disk."""

_ACCEPTABLE_REQUEST_ID = re.compile(rf"[A-Za-z0-9._:/+=-]{{1,{REQUEST_ID_CHARACTERS_MAX}}}")


def new_request_id() -> str:
    """A fresh id of 32 hexadecimal characters."""
    return os.urandom(REQUEST_ID_RANDOM_BYTES).hex()


def accept_request_id(given: str | None) -> str:
    """The caller's own request id where it is short and harmless in a log, else a fresh one."""
    if given is not None and _ACCEPTABLE_REQUEST_ID.fullmatch(given):
        return given
    return new_request_id()


def random_bytes(count: int) -> bytes:
    """Fresh random bytes, fit for what must not be guessed; whoever needs codes makes them from these."""
    return os.urandom(count)


def new_message_id() -> str:
    """A fresh id of a message to another system, as a UUID."""
    return str(uuid.uuid4())
