"""Budget limits as callers write and see them, and their way into the engine's `Limit` and back."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated, get_args

from msgspec import UNSET, Meta, Struct

from largesse.engine.budgets import Action, BudgetEntity, Limit, Period
from largesse.engine.refusals import INVALID_VALUE, OUT_OF_RANGE
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, at_pointer

ACTIONS: Sequence[Action] = get_args(Action)
ENTITIES: Sequence[BudgetEntity] = get_args(BudgetEntity)

LimitValue = Annotated[Decimal, Meta(extra_json_schema={"minimum": 0})]


class LimitConfig(Struct, frozen=True, kw_only=True, rename="camel"):
    """At most `limit` of an action, per period (absent: ever) and per combination of entities (none: for everybody).

    The action is a plain string in the contract and one of `ACTIONS` in fact [MA LimitConfig].
    """

    action: str
    limit: LimitValue
    period: Omittable[Period] = UNSET
    entities: list[BudgetEntity]


def accept_limits(sent: Sequence[LimitConfig], pointer: str) -> tuple[tuple[Limit, ...], list[FieldError]]:
    """The limits that were sent, with entities in one order, and what is wrong with them.

    Two limits of the same action, period and entities would share one counter and count every use twice, so the second
    is refused. `pointer` is where the list stands in the body.
    """
    accepted: dict[tuple[str, Period | None, tuple[BudgetEntity, ...]], Limit] = {}
    errors: list[FieldError] = []
    for index, config in enumerate(sent):
        where = f"{pointer}/{index}"
        period: Period | None = given(config.period)
        entities: tuple[BudgetEntity, ...] = tuple(entity for entity in ENTITIES if entity in config.entities)
        action: Action | None = next((known for known in ACTIONS if known == config.action), None)
        if action is None:
            names = ", ".join(f'"{name}"' for name in ACTIONS)
            errors.append(at_pointer("enum", f"action must be one of the following: {names}", f"{where}/action"))
        elif config.limit < 0:
            errors.append(at_pointer(OUT_OF_RANGE, "limit must not be negative", f"{where}/limit"))
        elif (action, period, entities) in accepted:
            details = "there is another limit of the same action, period and entities"
            errors.append(at_pointer(INVALID_VALUE, details, where))
        else:
            limit = Limit(action=action, limit=config.limit, period=period, entities=entities)
            accepted[action, period, entities] = limit
    return tuple(accepted.values()), errors


def show_limits(limits: Iterable[Limit]) -> list[LimitConfig]:
    """Stored limits as callers see them."""
    return [
        LimitConfig(
            action=limit.action,
            limit=limit.limit,
            period=UNSET if limit.period is None else limit.period,
            entities=list(limit.entities),
        )
        for limit in limits
    ]
