"""PostgreSQL refuses to run as root. Where the program is root, the server runs as a system user of its own.

That user must get to the server's programs and to the data, so folders above them that are closed to others are
opened for passing through (not for listing). A data folder of its own outside of home folders avoids even that.
"""

import logging
import os
import pwd
import stat
import subprocess
from pathlib import Path
from typing import NamedTuple, TypedDict

from largesse.plumbing.database.errors import EmbeddedServerFailed

SYSTEM_USER = "largesse"
"""Created at the first start as root; it owns the database's files and nothing else, and nobody can log in as it."""

log = logging.getLogger(__name__)


class ProcessArguments(TypedDict, total=False):
    """Who a child process runs as, in the words of `subprocess`."""

    user: int
    group: int
    extra_groups: list[int]


class Identity(NamedTuple):
    """The user and group a server process takes on; both None means: stay who we are."""

    user_id: int | None = None
    group_id: int | None = None

    def as_arguments(self) -> ProcessArguments:
        """Arguments for `subprocess` that start a child under this identity."""
        if self.user_id is None or self.group_id is None:
            return {}
        return {"user": self.user_id, "group": self.group_id, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Makes `path` belong to this identity."""
        if self.user_id is not None and self.group_id is not None:
            os.chown(path, self.user_id, self.group_id)


def server_identity(cluster: Path) -> Identity:
    """Who the server of `cluster` runs as: we ourselves, or where we are root the owner of the data, which for a new
    cluster is the system user, created when it is missing.

    Raises `EmbeddedServerFailed` when the data belongs to somebody else than us, and we are not root.
    """
    owner = cluster.stat() if cluster.exists() else None
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise EmbeddedServerFailed(f"the data in {cluster} belongs to another user (number {owner.st_uid})")
        return Identity()
    if owner is not None and owner.st_uid != 0:
        return Identity(owner.st_uid, owner.st_gid)
    try:
        return _look_up()
    except KeyError:
        _create()
    try:
        return _look_up()
    except KeyError:
        raise EmbeddedServerFailed(
            f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} could not be created: "
            "create it, or start Largesse as another user than root"
        ) from None


def _look_up() -> Identity:
    entry = pwd.getpwnam(SYSTEM_USER)
    return Identity(entry.pw_uid, entry.pw_gid)


def _create() -> None:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    try:
        ended = subprocess.run([*command, SYSTEM_USER], check=False, capture_output=True)  # noqa: S603 - fixed words
    except OSError as error:
        log.warning("useradd cannot be run: %s", error)
        return
    if ended.returncode == 0:
        log.warning("created the system user %s, which the database runs as because root may not", SYSTEM_USER)


def make_passable(path: Path, identity: Identity) -> None:
    """Lets `identity` pass through the folder `path` and all folders above it, opening those that are closed to
    others."""
    if identity.user_id is None:
        return
    for folder in [path, *path.parents]:
        status = folder.stat()
        if status.st_uid == identity.user_id or status.st_mode & stat.S_IXOTH:
            continue
        try:
            folder.chmod(status.st_mode | stat.S_IXOTH)
        except OSError as error:
            raise EmbeddedServerFailed(
                f"the user {SYSTEM_USER}, which the database runs as, cannot pass through {folder}: {error}"
            ) from error
        log.warning("opened %s for passing through, so that the database's user gets to its files", folder)
