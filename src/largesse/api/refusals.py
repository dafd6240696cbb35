"""What the brain refuses, in the error shape of the HTTP door."""

from collections.abc import Iterable, Sequence

from largesse.engine.refusals import Refusal
from largesse.plumbing.problems import FieldError, Invalid, at_pointer


def errors_of(refusals: Iterable[Refusal], prefix: str = "") -> list[FieldError]:
    """Refusals as errors; `prefix` is the pointer of the object in the body that they are about."""
    return [at_pointer(refusal.title, refusal.details, prefix + refusal.pointer) for refusal in refusals]


def refuse_if_any(errors: Sequence[FieldError]) -> None:
    """Raises `Invalid` with all that is wrong, if anything is."""
    if errors:
        raise Invalid(errors=errors)
