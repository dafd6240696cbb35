"""awardGiveaway and willAwardGiveaway: a customer gets a code of a pool, or will once the session is closed."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Literal, get_args

from msgspec import structs

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.literals import only
from largesse.engine.effects.record import EffectRecord, Props
from largesse.engine.evaluation.spending import ONE, use
from largesse.engine.facts import Facts
from largesse.engine.frame import EvaluationFrame
from largesse.engine.rewards.giveaways import AWARD, AwardGiveaway, Giveaway
from largesse.engine.state import LimitReachedError
from largesse.language import UNSET, Example, ExpressionError, Function, Known

Recipient = Literal["Current", "Advocate"]


class AwardGiveawayProps(Props, frozen=True):
    """The pool, the customer who gets the giveaway, and the giveaway with its code."""

    pool_id: int
    pool_name: str
    recipient_integration_id: str
    giveaway_id: int
    code: str


class WillAwardGiveawayProps(Props, frozen=True):
    """The pool, and the customer who will get a giveaway of it."""

    pool_id: int
    pool_name: str
    recipient_integration_id: str


def award_giveaway(frame: EvaluationFrame, pool_id: Decimal, profile: str = "Current") -> None:
    """Award the oldest giveaway of a pool that may be awarded now; without one, or without anybody to get it, the rule
    fails. Its code is told once it is awarded for good."""
    state = frame.state
    pool = frame.definitions.giveaway_pools.get(int(pool_id))
    if pool is None:
        raise ExpressionError(f"there is no pool of giveaways {pool_id} that this Application may use")
    recipient = _recipient(frame, profile)
    if not recipient:
        raise LimitReachedError("a giveaway needs a customer to get it, and the session has none")
    free = (each for each in state.facts.giveaways.get(pool.id, ()) if each.id not in state.awards)
    giveaway = next(free, None)
    if giveaway is None:
        raise LimitReachedError(f'no giveaway is left in the pool "{pool.name}"')
    use(state, "awardGiveaway", ONE)
    state.put(state.awards, giveaway.id, AwardGiveaway(pool.id, giveaway.id, recipient))
    if not state.durable or state.moment.dry:
        state.emit("willAwardGiveaway", WillAwardGiveawayProps(pool.id, pool.name, recipient))
        return
    state.set(state, "awarded", giveaway)
    state.emit("awardGiveaway", AwardGiveawayProps(pool.id, pool.name, recipient, giveaway.id, giveaway.code))


def not_awarded(facts: Facts, effects: Iterable[EffectRecord], now: datetime) -> Facts:
    """The facts as if these effects had awarded nothing: their giveaways come first."""
    giveaways = dict(facts.giveaways)
    for record in effects:
        match record.props:
            case AwardGiveawayProps(pool_id, giveaway_id=giveaway_id, code=code):
                own = Giveaway(giveaway_id, pool_id, code, now)
                giveaways[pool_id] = (own, *giveaways.get(pool_id, ()))
            case _:
                pass
    return structs.replace(facts, giveaways=giveaways)


def _recipient(frame: EvaluationFrame, profile: str) -> str | None:
    match profile:
        case "Current":
            return frame.session.profile_id
        case "Advocate":
            return None if frame.advocate is None else frame.advocate.integration_id
        case _:
            raise ExpressionError(f'"{profile}" is nobody who gets giveaways; use Current or Advocate')


def _refuse(arguments: tuple[Known, ...]) -> str | None:
    """Pools are looked up before rules run, so that which one it is must be written out."""
    pool_id = arguments[0].value
    if pool_id is UNSET:
        return "the pool of a giveaway must be written out, as its id"
    if not isinstance(pool_id, Decimal) or pool_id != pool_id.to_integral_value():
        return f"{pool_id} is not the id of a pool of giveaways"
    return _REFUSES_RECIPIENT(arguments)


_REFUSES_RECIPIENT = only(1, get_args(Recipient), "somebody who gets giveaways")
_DOC = (
    "Award a giveaway of a pool, given by its id, to the customer (Current, unless said otherwise) or to the Advocate "
    "of the session's referral. Where none is left, or there is nobody to get it, the rule fails."
)

_EXAMPLE = Example(
    [AWARD, 1, "Current"], [{"poolId": 1, "poolName": "cards", "recipientIntegrationId": "ann", "code": "G-1"}]
)

AWARD_GIVEAWAY = Effect(
    name="awardGiveaway",
    props=AwardGiveawayProps,
    doc="A customer gets a giveaway: a code of a pool that nobody else gets. Only when the session is closed; it is "
    "not taken back when the session is cancelled or opened again.",
    functions=tuple(
        Function(signature, award_giveaway, _DOC, (_EXAMPLE,), needs_frame=True, refuses=_refuse)
        for signature in (f"{AWARD}(Decimal)Null", f"{AWARD}(Decimal, String)Null")
    ),
)

WILL_AWARD_GIVEAWAY = Effect(
    name="willAwardGiveaway",
    props=WillAwardGiveawayProps,
    doc="A customer will get a giveaway of a pool when the session is closed, if one is left by then; no code is told "
    "before.",
    example={"poolId": 1, "poolName": "cards", "recipientIntegrationId": "ann"},
)
