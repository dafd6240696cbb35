"""Many expressions, one JSON object per line in and one per line out, for programs that call this one."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import BinaryIO

import msgspec

from largesse.cli.eval.answers import Answer, Failure, Failures, answer
from largesse.cli.eval.shown import as_reply
from largesse.cli.eval.world import WrongBindingError, read_json, world_of

LINE_BYTES_MAX = 4 << 20
"""An expression at its longest and a cart at its largest, with room. What has no line breaks is not one line."""

BAD_LINE = "bad_line"
WRONG_BINDING = "wrong_binding"


def replies(file: BinaryIO, now: datetime) -> Iterator[bytes]:
    """The reply to each line, without its line break, so that the nth reply is always that to the nth line."""
    while line := file.readline(LINE_BYTES_MAX + 1):
        if len(line) > LINE_BYTES_MAX:
            while line and not line.endswith(b"\n"):
                line = file.readline(LINE_BYTES_MAX)
            yield _encoded((Failure(BAD_LINE, f"a line may have {LINE_BYTES_MAX:,} bytes"),))
        else:
            yield _encoded(_reply(line.strip(), now))


def _encoded(answered: Answer | Failures) -> bytes:
    return msgspec.json.encode(as_reply(answered))


def _reply(line: bytes, now: datetime) -> Answer | Failures:
    if not line:
        return (Failure(BAD_LINE, "the line is empty"),)
    try:
        read = read_json(line)
    except ValueError as error:
        return (Failure(BAD_LINE, f"not JSON: {error}"),)
    if not isinstance(read, Mapping) or "expression" not in read:
        return (Failure(BAD_LINE, 'a line must be an object with an "expression"'),)
    binding = read.get("binding")
    try:
        world = world_of({} if binding is None else binding, now)
    except WrongBindingError as error:
        return (Failure(WRONG_BINDING, str(error)),)
    return answer(read["expression"], world)
