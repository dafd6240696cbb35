"""The sockets a server listens on: opened once by the parent process and handed to its workers.

Each worker has a listening socket of its own on the same port, so that the kernel deals connections out evenly. The
parent keeps all of them open: connections that wait at the socket of a worker that died are served by its successor.
"""

import contextlib
import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

CONNECTIONS_WAITING_MAX = 2048
"""Connections the kernel holds for a worker that has not accepted them yet: a burst, or the second of a restart."""

REASONS = {
    errno.EADDRINUSE: "another program listens there; stop it, or choose another port with --port",
    errno.EACCES: "this user may not open it; ports below 1024 are kept for privileged users",
    errno.EADDRNOTAVAIL: "this machine has no such address; --host must be one of its own",
}


@contextmanager
def listening(host: str, port: int, count: int) -> Iterator[list[socket.socket]]:
    """`count` sockets that listen on one port of `host` (0: any free one); closed when the block ends.

    Raises `click.ClickException` when the address or port cannot be had.
    """
    with contextlib.ExitStack() as opened:
        try:
            family, address = _resolve(host, port)
            sockets = [opened.enter_context(one) for one in _open(family, address, count)]
        except OSError as error:
            reason = REASONS.get(error.errno or 0, error.strerror or str(error))
            raise click.ClickException(f"Cannot listen on port {port} of {host}: {reason}.") from error
        yield sockets


def url_of(listener: socket.socket) -> str:
    """Where a person or a client on this machine reaches what listens."""
    host, port = str(listener.getsockname()[0]), listener.getsockname()[1]
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared with, not bound to
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _type, _protocol, _name, address = found[0]
    return family, (str(address[0]), port)


def _open(family: socket.AddressFamily, address: tuple[str, int], count: int) -> list[socket.socket]:
    # The first bind is exclusive and so notices another server; sharing a port deliberately would hide it.
    alone = _bound(family, address, shared=False)
    if count == 1:
        return [_listen(alone)]
    if sys.platform != "linux":
        # Elsewhere the kernel does not balance between sockets on one port: all workers accept from the same one.
        return [_listen(alone), *(alone.dup() for _ in range(count - 1))]
    port_taken = (address[0], alone.getsockname()[1])
    alone.close()
    return [_listen(_bound(family, port_taken, shared=True)) for _ in range(count)]


def _bound(family: socket.AddressFamily, address: tuple[str, int], *, shared: bool) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        opened.bind(address)
    except OSError:
        opened.close()
        raise
    return opened


def _listen(opened: socket.socket) -> socket.socket:
    opened.listen(CONNECTIONS_WAITING_MAX)
    opened.setblocking(False)
    return opened
