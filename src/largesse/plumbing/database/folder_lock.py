"""The lock on a data folder: whoever holds it is the only one to start, stop or repair the server there.

It is the operating system's lock on an open file, so it ends with its holder however that ends, and needs no clearing
up.
"""

import fcntl
import os
from pathlib import Path
from typing import Self

from largesse.plumbing.database.errors import DataFolderInUse, EmbeddedServerFailed


class FolderLock:
    """A lock held; made by `take`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> Self:
        """Takes the lock on the file `path`, which is made when missing.

        Raises `DataFolderInUse`, naming the holder's process, when somebody else holds it.
        """
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise EmbeddedServerFailed(
                f"the data folder {path.parent} cannot be written to: {error.strerror}"
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(descriptor, 20).decode().strip() or "unknown"
            os.close(descriptor)
            raise DataFolderInUse(
                f"the data folder {path.parent} is in use by another program (process {holder}); "
                "stop that one or choose another folder"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        return cls(descriptor)

    def release(self) -> None:
        """Gives the lock up. The file stays: removing it would let two holders lock two files of one name."""
        os.close(self._descriptor)
