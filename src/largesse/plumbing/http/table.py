"""The table of operations, made ready for requests: checked row by row, and laid out by path.

A row that disagrees with itself stops the program when it starts, not a shopper when she pays.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args, get_type_hints

from largesse.plumbing.http.auth import shape_of
from largesse.plumbing.http.codec import BodyReader
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import AnyOperation, Csv, Request
from largesse.plumbing.http.published import PublishedOperation
from largesse.plumbing.http.query import ParameterReader, parameters_of

T = TypeVar("T")

METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH")

_PARAMETER = re.compile(r"\{([A-Za-z0-9_]+)\}")


class BadTable(Exception):  # noqa: N818 - it names what is bad
    """A row of the table disagrees with itself or with another; the message says which."""


@dataclass(frozen=True, slots=True)
class Row:
    """An operation with everything that can be prepared before a request comes."""

    operation: AnyOperation
    parameter_names: tuple[str, ...]
    path: ParameterReader[object]
    query: ParameterReader[object] | None
    body: BodyReader[object] | None
    takes_upload: bool


@dataclass(frozen=True, slots=True)
class PathEntry:
    """One path of the table: what each method does there. A published operation we have not built stands for itself."""

    template: str
    methods: Mapping[str, Row | PublishedOperation]
    is_hot: bool


def lay_out(operations: Iterable[AnyOperation], published: Iterable[PublishedOperation]) -> tuple[PathEntry, ...]:
    """The paths of the table in the order in which they are tried: hot ones first, then literal before parameter.

    Raises `BadTable` for a row that is wrong in itself, and for two rows that claim the same method on the same path.
    """
    by_shape: dict[str, dict[str, Row | PublishedOperation]] = {}
    templates: dict[str, str] = {}
    seen_ids: set[str] = set()
    for operation in operations:
        methods = by_shape.setdefault(shape_of(operation.path), {})
        if operation.method in methods or operation.operation_id in seen_ids:
            raise BadTable(f"{operation.operation_id} ({operation.method} {operation.path}) is in the table twice")
        seen_ids.add(operation.operation_id)
        methods[operation.method] = prepare(operation)
        templates.setdefault(shape_of(operation.path), operation.path)
    for one in published:
        by_shape.setdefault(shape_of(one.path), {}).setdefault(one.method, one)
        templates.setdefault(shape_of(one.path), one.path)
    entries = [PathEntry(templates[shape], methods, _is_hot(methods)) for shape, methods in by_shape.items()]
    return tuple(sorted(entries, key=lambda entry: (not entry.is_hot, _specificity(entry.template))))


def prepare(operation: AnyOperation) -> Row:
    """Checks a row and prepares its readers. Raises `BadTable`."""
    _check(operation)
    return Row(
        operation=operation,
        parameter_names=tuple(_PARAMETER.findall(operation.path)),
        path=ParameterReader(operation.path_params),
        query=None if operation.query is None else ParameterReader(operation.query),
        body=None if operation.body in (None, Upload) else BodyReader(operation.body),
        takes_upload=operation.body is Upload,
    )


def _check(operation: AnyOperation) -> None:
    name = operation.operation_id
    if operation.method not in METHODS:
        raise BadTable(f"{name}: there is no method {operation.method}")
    if operation.replayable and operation.method == "GET":
        raise BadTable(f"{name}: what only reads may be sent again without a key")
    if operation.replayable and (operation.body is Upload or Csv in operation.replies.values()):
        raise BadTable(f"{name}: a file is not kept under a key")
    in_path = set(_PARAMETER.findall(operation.path))
    in_struct = {parameter.name for parameter in parameters_of(operation.path_params)}
    if in_path != in_struct:
        raise BadTable(f"{name}: the path has {sorted(in_path)}, its struct has {sorted(in_struct)}")
    if not operation.replies or not all(200 <= status < 300 for status in operation.replies):
        raise BadTable(f"{name}: replies must list the success statuses")
    if not all(400 <= status < 600 for status in operation.problems):
        raise BadTable(f"{name}: problems must list error statuses")
    declared = (operation.path_params, _or_none(operation.query), _or_none(operation.body))
    if (taken := _parameters_of_run(operation)) != declared:
        raise BadTable(f"{name}: the row says {declared}, its function takes {taken}")


def _parameters_of_run(operation: AnyOperation) -> tuple[object, ...]:
    """The P, Q and B of the `Request[P, Q, B]` that the row's function takes."""
    for hint in get_type_hints(operation.run).values():
        if getattr(hint, "__origin__", None) is Request:
            return get_args(hint)
    raise BadTable(f"{operation.operation_id}: its function takes no Request[...]")


def _or_none(declared: T | None) -> T | type[None]:
    return type(None) if declared is None else declared


def _is_hot(methods: Mapping[str, Row | PublishedOperation]) -> bool:
    return any(isinstance(row, Row) and row.operation.hot for row in methods.values())


def _specificity(template: str) -> Sequence[bool]:
    """Sorts `/coupons/no_total` before `/coupons/{couponId}`: the router takes the first path that fits."""
    return [part.startswith("{") for part in template.split("/")]
