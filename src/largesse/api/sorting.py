"""The order of a list, for lists whose queries know the fields by the names callers use."""

from collections.abc import Iterable

from largesse.plumbing.http.paging import Paging, ordering


def sort_of(query: Paging, fields: Iterable[str], *, default: str = "id") -> str:
    """The field to sort by, with a leading "-" for descending. Raises `Invalid` for one that is not among `fields`."""
    by, is_descending = ordering(query, {field: field for field in fields}, default=default)
    return f"-{by}" if is_descending else by
