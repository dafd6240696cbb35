"""As root the server runs as somebody else, for whom closed folders are opened no further than needed."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from largesse.plumbing.database import EmbeddedServerFailed
from largesse.plumbing.database.unprivileged import Identity, make_passable, server_identity

SOMEBODY_ELSE = Identity(user_id=54_321, group_id=54_321)


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_closed_folders_are_opened_for_passing_through_only() -> None:
    with tempfile.TemporaryDirectory() as name:
        inner = Path(name) / "inner"
        inner.mkdir(mode=0o750)
        make_passable(inner, SOMEBODY_ELSE)
        assert mode(inner) == 0o751
        assert mode(Path(name)) == 0o701


def test_nothing_is_opened_for_ourselves() -> None:
    with tempfile.TemporaryDirectory() as name:
        make_passable(Path(name), Identity())
        assert mode(Path(name)) == 0o700


def test_the_server_never_runs_as_root(tmp_path: Path) -> None:
    identity = server_identity(tmp_path / "none")
    user_id = os.geteuid() if identity.user_id is None else identity.user_id
    assert user_id != 0
    assert (identity == Identity()) == (os.geteuid() != 0)


def test_existing_data_keeps_its_owner(tmp_path: Path) -> None:
    cluster = tmp_path / "postgres"
    cluster.mkdir()
    if os.geteuid() == 0:
        os.chown(cluster, 54_321, 54_321)
        assert server_identity(cluster) == SOMEBODY_ELSE
    else:
        assert server_identity(cluster) == Identity()
        with pytest.raises(EmbeddedServerFailed, match="belongs to another user"):
            server_identity(Path("/"))
