"""How a problem looks on the wire: one shape for all of them.

The contract declares two, with and without `StatusCode`; the one with it satisfies readers of both.
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from largesse.plumbing.http.codec import encode
from largesse.plumbing.http.exchange import Answer, Header
from largesse.plumbing.problems import FieldError, MethodNotAllowed, Problem, Unauthorized


class ErrorSource(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where the wrong value stands: in the body, among the parameters, or in a line of an imported file."""

    pointer: str | UnsetType = UNSET
    parameter: str | UnsetType = UNSET
    line: str | UnsetType = UNSET


class APIError(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One wrong value."""

    title: str
    details: str
    source: ErrorSource


class ErrorResponse(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The body of every answer that is not a success."""

    message: str
    errors: list[APIError]
    status_code: Annotated[int, msgspec.Meta(description="The status of the answer")] = msgspec.field(name="StatusCode")


def answer_problem(problem: Problem) -> Answer:
    """The answer that tells a caller of a problem."""
    body = ErrorResponse(
        message=problem.message, errors=[_wire_error(error) for error in problem.errors], status_code=problem.status
    )
    return Answer(problem.status, encode(body), headers=_headers(problem))


def _wire_error(error: FieldError) -> APIError:
    source = ErrorSource(
        pointer=UNSET if error.pointer is None else error.pointer,
        parameter=UNSET if error.parameter is None else error.parameter,
        line=UNSET if error.line is None else error.line,
    )
    return APIError(title=error.title, details=error.details, source=source)


def _headers(problem: Problem) -> tuple[Header, ...]:
    match problem:
        case MethodNotAllowed():
            return ((b"allow", ", ".join(problem.allowed).encode()),)
        case Unauthorized():
            return ((b"www-authenticate", b"ApiKey-v1, ManagementKey-v1, Bearer"),)
        case _:
            return ()
