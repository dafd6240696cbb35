"""What opens the demo: kept in a file that only its owner can read, because the server stores keys as hashes.

The file is written twice: with the password before the account is made, so that a start that was interrupted can go on,
and with everything once the shop is complete.
"""

import os
from contextlib import suppress
from pathlib import Path

import msgspec

FILE_NAME = "demo.json"


class Credentials(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The demo's account, Application and keys; the names are those of `largesse demo --json`."""

    account_id: int
    application_id: int
    integration_key: str
    management_key: str
    admin_email: str
    admin_password: str


class Draft(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What is decided before the shop exists."""

    admin_email: str
    admin_password: str


def read(folder: Path) -> Credentials | Draft | None:
    """What the file in the data folder holds; None when there is none or it is damaged."""
    try:
        content = (folder / FILE_NAME).read_bytes()
    except FileNotFoundError:
        return None
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(content, type=Credentials)
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(content, type=Draft)
    return None


def write(folder: Path, content: Credentials | Draft) -> None:
    """Replaces the file as a whole, so that a power cut leaves the old one or the new one."""
    temporary = folder / f"{FILE_NAME}.new"
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(content)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / FILE_NAME)
