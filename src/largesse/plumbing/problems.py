"""What can go wrong with a request, said once for the whole product.

A *problem* is a refusal the caller may read: it carries a status, a message and, where a value can be blamed, the
place of that value. Any ring from storage outwards may raise one; only the HTTP door turns it into bytes.

    Problem
    ├── Invalid            400   the request cannot be understood or breaks a documented limit
    ├── Unauthorized       401   no key, an unknown key, an expired key, or a key of the other API
    ├── Forbidden          403   a good key that may not do this
    ├── NotFound           404   no such path, or no such thing under it
    ├── MethodNotAllowed   405   the path exists, the method does not
    ├── TooSlow            408   the body did not come in time
    ├── Busy               409   others are changing the same thing right now; trying again may work
    ├── Duplicate          409   the thing exists already; trying again will not work
    ├── TooLarge           413   the body passes its ceiling
    ├── TooManyRequests    429   the caller sends faster than it may
    ├── Broken             500   our own fault
    ├── NotBuilt           501   published, and not built here yet
    └── Unavailable        503   a part we stand on does not answer

`Conflict` is not a problem: it never leaves the process. Storage raises it when a guarded statement finds that the
facts a decision was built on have changed; dispatch then decides again on fresh facts.
"""

from collections.abc import Iterable
from typing import ClassVar

import msgspec


class FieldError(msgspec.Struct, frozen=True, kw_only=True):
    """One value that is wrong, and where it stands.

    `title` is the kind of mistake in a word or two ("Invalid type", "Required"), `details` the sentence for a person.
    Exactly one of the places should be given: `pointer` (JSON pointer into the body), `parameter` (name of a path or
    query parameter) or `line` (line of an imported file, "N/A" where unknown) [MA APIError].
    """

    title: str
    details: str
    pointer: str | None = None
    parameter: str | None = None
    line: str | None = None


class Problem(Exception):  # noqa: N818 - named by what it is to the caller, and the word is the glossary's
    """A refusal with a status; raise one of its kinds."""

    status: ClassVar[int] = 500
    default_message: ClassVar[str] = "Something went wrong on our side"

    def __init__(self, message: str | None = None, *, errors: Iterable[FieldError] = ()) -> None:
        self.message = self.default_message if message is None else message
        self.errors = tuple(errors)
        super().__init__(self.message)


class Invalid(Problem):
    """The request cannot be understood or breaks a documented limit."""

    status = 400
    default_message = "The submitted data was invalid"


class Unauthorized(Problem):
    """No key, an unknown or expired one, or one that belongs to the other API."""

    status = 401
    default_message = "The Authorization header holds no valid key for this path"


class Forbidden(Problem):
    """The caller is known and may not do this."""

    status = 403
    default_message = "This key does not give access to this path"


class NotFound(Problem):
    """No such path, or no such thing under it."""

    status = 404
    default_message = "There is nothing at this path"


class MethodNotAllowed(Problem):
    """The path exists and `allowed` are the methods it knows."""

    status = 405
    default_message = "This path does not know this method"

    def __init__(self, allowed: Iterable[str]) -> None:
        super().__init__()
        self.allowed = tuple(sorted(allowed))


class TooSlow(Problem):
    """The body did not come in time."""

    status = 408
    default_message = "The body did not come in time"


class Busy(Problem):
    """Others are changing the same thing; the same request may succeed a moment later."""

    status = 409
    default_message = "Too many requests are changing this at the same time"


class Duplicate(Problem):
    """The thing to be created exists already."""

    status = 409
    default_message = "This exists already"


class TooLarge(Problem):
    """The body passes its ceiling."""

    status = 413
    default_message = "The body is too large"


class TooManyRequests(Problem):
    """The caller sends faster than it may."""

    status = 429
    default_message = "Too many requests"


class Broken(Problem):
    """A bug of ours; the log line of the request holds the trace."""


class NotBuilt(Problem):
    """Published by the contract, and not built here yet."""

    status = 501
    default_message = "This operation is not built yet"


class Unavailable(Problem):
    """A part we stand on, usually the database, does not answer."""

    status = 503
    default_message = "A part of the system does not answer"


class Conflict(Exception):  # noqa: N818 - it is a finding about the facts, not an error of the program
    """The facts a decision was built on changed before it was stored: roll back, read again, decide again."""


def at_pointer(title: str, details: str, pointer: str) -> FieldError:
    """A mistake in the body at a JSON pointer such as `/customerSession/cartItems/0/price`."""
    return FieldError(title=title, details=details, pointer=pointer)


def at_parameter(title: str, details: str, parameter: str) -> FieldError:
    """A mistake in the path or query parameter of that name."""
    return FieldError(title=title, details=details, parameter=parameter)
