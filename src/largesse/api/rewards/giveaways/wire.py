"""What callers send about pools and giveaways, and the way to what is stored."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import UNSET, Meta, Struct

from largesse.api.models.instant import Instant
from largesse.api.refusals import errors_of, refuse_if_any
from largesse.engine.attributes import JSON, AttributeDefinitions, accept, merge
from largesse.engine.refusals import INVALID_VALUE
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.http.paging import Paging
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.rewards.giveaways import NewGiveaway

# One request and its answer are held in memory; larger amounts are for files.
GIVEAWAYS_PER_REQUEST_MAX = 1_000

# Nothing is published; longer than any code of ours.
CODE_CHARACTERS_MAX = 1_000

Code = Annotated[str, Meta(min_length=1, max_length=CODE_CHARACTERS_MAX)]


class PoolPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """One pool."""

    pool_id: int


class GiveawaysQuery(Paging, frozen=True, kw_only=True):
    """Which giveaways of a pool are meant: all, those awarded, or those that are not."""

    used: bool | None = None


class SentGiveaway(Struct, frozen=True, kw_only=True, rename="camel"):
    """A giveaway to add; the dates say when it may be awarded."""

    code: Code
    start_date: Omittable[Instant] = UNSET
    end_date: Omittable[Instant] = UNSET
    attributes: Omittable[dict[str, JSON]] = UNSET


class SentGiveaways(Struct, frozen=True, kw_only=True, rename="camel"):
    """Giveaways to add to a pool."""

    giveaways: Annotated[list[SentGiveaway], Meta(min_length=1, max_length=GIVEAWAYS_PER_REQUEST_MAX)]


def accept_giveaways(sent: Sequence[SentGiveaway], definitions: AttributeDefinitions) -> list[NewGiveaway]:
    """The giveaways that were sent. Raises `Invalid` with all that is wrong with them."""
    errors: list[FieldError] = []
    accepted: list[NewGiveaway] = []
    for index, each in enumerate(sent):
        where = f"/giveaways/{index}"
        attributes, refused = accept("Giveaway", given(each.attributes) or {}, definitions, f"{where}/attributes")
        errors += errors_of(refused)
        start, end = given(each.start_date), given(each.end_date)
        if start is not None and end is not None and end <= start:
            errors.append(at_pointer(INVALID_VALUE, "endDate must be after startDate", f"{where}/endDate"))
        accepted.append(NewGiveaway(code=each.code, start_date=start, end_date=end, attributes=merge({}, attributes)))
    refuse_if_any(errors)
    return accepted
