"""Being asked to stop (Ctrl-C, SIGTERM, a closed terminal) is a normal end: clean up, exit code 0."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stoppable() -> Iterator[None]:
    """Makes every signal to stop unwind the block like Ctrl-C does, and end it without an error."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        return
