"""A file sent in a form: taken off the wire piece by piece, kept on disk until its request is answered."""

import asyncio
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.types import Receive, Scope

from largesse.plumbing.http.exchange import BODY_TIMEOUT_SECONDS, ClientGone, header
from largesse.plumbing.problems import Invalid, TooLarge, TooSlow, at_pointer

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELD = "upFile"
"""Published for every import: the field of the form that holds the file."""

UPLOAD_BYTES_MAX = 500 * 1024 * 1024
"""Published as advice [MA importCoupons]; more belongs into several files."""

UPLOAD_TIMEOUT_SECONDS = 30 * 60.0
"""For a whole file, which is slow at 300 KB a second. Between two pieces of it a client may rest as long as with any
other body."""

BYTES_IN_MEMORY_MAX = 1024 * 1024
"""Of one file; what is larger lies in a nameless file of the system's temporary folder."""

LINE_BYTES_MAX = 1024 * 1024
"""Of one line; a file without line ends is not read into memory whole."""

MULTIPART = "multipart/form-data"


class Upload:
    """The file of one request. Its lines can be read any number of times until the request is answered."""

    __slots__ = ("_file", "size_bytes")

    def __init__(self, file: IO[bytes], size_bytes: int) -> None:
        self._file = file
        self.size_bytes = size_bytes

    def lines(self) -> Iterator[bytes]:
        """The lines with their ends, in pieces of at most `LINE_BYTES_MAX`."""
        self._file.seek(0)
        return iter(lambda: self._file.readline(LINE_BYTES_MAX), b"")

    def close(self) -> None:
        """Removes the file."""
        self._file.close()


async def receive_upload(scope: Scope, receive: Receive) -> Upload:
    """The file in the field `upFile` of a form.

    Raises `Invalid` where there is none, `TooLarge` as soon as it passes its ceiling, `TooSlow` and `ClientGone`.
    """
    declared = header(scope, b"content-length") or ""
    if declared.isdecimal() and len(declared) < 16 and int(declared) > UPLOAD_BYTES_MAX:
        raise _too_large()
    kind, options = parse_options_header(header(scope, b"content-type"))
    if kind != MULTIPART.encode() or not options.get(b"boundary"):
        raise Invalid(f"The body must be a form ({MULTIPART}) with the file in its field {FIELD}")
    file = SpooledTemporaryFile(BYTES_IN_MEMORY_MAX)  # noqa: SIM115 - closed with the request
    try:
        form = _Form(file)
        async with asyncio.timeout(UPLOAD_TIMEOUT_SECONDS):
            await _feed(MultipartParser(options[b"boundary"], form.callbacks()), receive)
        form.check()
        return Upload(file, file.tell())
    except FormParserError:
        file.close()
        raise _unreadable() from None
    except TimeoutError:
        file.close()
        raise TooSlow("The file took too long to come") from None
    except BaseException:
        file.close()
        raise


async def _feed(parser: MultipartParser, receive: Receive) -> None:
    size = 0
    while True:
        async with asyncio.timeout(BODY_TIMEOUT_SECONDS):
            message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > UPLOAD_BYTES_MAX:
            raise _too_large()
        parser.write(chunk)
        if not message.get("more_body", False):
            parser.finalize()
            return


class _Form:
    """What the parser tells of a form, reduced to the one field that counts; others are passed over.

    A field without a name of a file is a file too: so the official SDK sends them.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._is_found = False
        self._is_complete = False
        self._file = file
        self._is_ours = False
        self._name = b""
        self._value = b""

    def check(self) -> None:
        """Raises `Invalid` unless the form came to its end and had the field."""
        if not self._is_complete:
            raise _unreadable()
        if not self._is_found:
            raise Invalid(errors=(at_pointer("Required", f"The form has no field {FIELD}", f"/{FIELD}"),))

    def callbacks(self) -> "MultipartCallbacks":
        """The functions that the parser calls, by its names for them."""
        return {
            "on_header_field": self._on_header_field,
            "on_header_value": self._on_header_value,
            "on_header_end": self._on_header_end,
            "on_part_data": self._on_part_data,
            "on_part_end": self._on_part_end,
            "on_end": self._on_end,
        }

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._name.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            self._is_ours = not self._is_found and options.get(b"name") == FIELD.encode()
            self._is_found = self._is_found or self._is_ours
        self._name = self._value = b""

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        # Into the system's cache, at the speed of memory: a thread for it would cost more than it saves.
        if self._is_ours:
            self._file.write(data[start:end])

    def _on_part_end(self) -> None:
        self._is_ours = False

    def _on_end(self) -> None:
        self._is_complete = True


def _unreadable() -> Invalid:
    return Invalid("The form cannot be read: it is not multipart data, or it is cut off")


def _too_large() -> TooLarge:
    return TooLarge(f"The file is larger than {UPLOAD_BYTES_MAX} bytes")
