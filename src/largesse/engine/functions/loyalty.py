"""Conditions on the points and the tier of the customer."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, get_args

from largesse.engine.frame import EvaluationFrame
from largesse.engine.loyalty.ledgers import NO_POINTS, LedgerKey, balances
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.loyalty.tiers import standing
from largesse.engine.money import ZERO
from largesse.language import Example, ExpressionError, Function, Known

BalanceKind = Literal["current", "pending", "negative", "tentativeCurrent", "tentativePending", "tentativeNegative"]
KINDS: tuple[BalanceKind, ...] = get_args(BalanceKind)

POINTS_FUNCTIONS = frozenset(
    {
        "subledgerbalance",
        "loyaltytieris",
        "addloyaltypoints",
        "addloyaltypointsperitem",
        "deductloyaltypoints",
        "extendloyaltypointsexpirydate",
        "setloyaltypointsexpirydate",
    }
)
"""Lower-cased names of the functions that need to know, or may change, what points there are."""

NAMING_PROGRAMS = POINTS_FUNCTIONS | {"loyaltycardvalid", "loyaltycardregistered"}
"""Lower-cased names of the functions that name a loyalty program by its id."""


def subledger_balance(frame: EvaluationFrame, program_id: Decimal, subledger_id: str, kind: str) -> Decimal:
    """One balance of the customer's; nobody has 0."""
    program = program_numbered(frame, program_id)
    known: BalanceKind | None = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise ExpressionError(_unknown(kind))
    state = frame.state
    owner = state.owner_in(program)
    if not owner:
        return ZERO
    key = LedgerKey(program.id, owner, subledger_id)
    tentative = known.startswith("tentative")
    ledger = state.ledger(key) if tentative else state.facts.ledgers.get(key, NO_POINTS)
    found = balances(ledger, state.moment.now)
    match known:
        case "current" | "tentativeCurrent":
            return found.active
        case "pending" | "tentativePending":
            return found.pending
        case "negative" | "tentativeNegative":
            return found.negative


def loyalty_tier_is(frame: EvaluationFrame, program_id: Decimal, subledger_id: str, name: str) -> bool:
    """Whether the customer is on a tier; nobody is on none."""
    program = program_numbered(frame, program_id)
    state = frame.state
    owner = state.owner_in(program)
    ledger = state.facts.ledgers.get(LedgerKey(program.id, owner, subledger_id), NO_POINTS)
    tier = standing(program, ledger, state.moment.now).tier
    return bool(owner) and tier is not None and tier.name == name


def refuse_unknown_program(arguments: tuple[Known, ...], programs: Mapping[str, LoyaltyProgram]) -> str | None:
    """Refuse a loyalty program that does not exist, where its id is written out: the first number there is."""
    program_id = next((each.value for each in arguments if isinstance(each.value, Decimal)), None)
    if program_id is None or any(program.id == program_id for program in programs.values()):
        return None
    return _missing(program_id)


def program_numbered(frame: EvaluationFrame, program_id: Decimal) -> LoyaltyProgram:
    """The loyalty program with this id, of those that the Application may use."""
    for program in frame.definitions.loyalty_programs.values():
        if program.id == program_id:
            return program
    raise ExpressionError(_missing(program_id))


def _missing(program_id: Decimal) -> str:
    return f"there is no loyalty program {program_id}"


def _unknown(kind: object) -> str:
    return f'"{kind}" is not a balance; use one of {", ".join(KINDS)}'


def _refuse_unknown(arguments: tuple[Known, ...]) -> str | None:
    kind = arguments[2].value
    return _unknown(kind) if isinstance(kind, str) and kind not in KINDS else None


LOYALTY_FUNCTIONS = (
    Function(
        "subledgerBalance(Decimal, String, String)Decimal",
        subledger_balance,
        "A balance of the customer's points: the id of the loyalty program, the subledger (empty: the main ledger) and "
        f"one of {', '.join(KINDS)}. The tentative ones include what this session has earned and spent so far.",
        (
            Example(["subledgerBalance", 1, "", "current"], 0),
            Example(["subledgerBalance", 1, "", "tentativeCurrent"], 30),
        ),
        needs_frame=True,
        refuses=_refuse_unknown,
    ),
    Function(
        "loyaltyTierIs(Decimal, String, String)Boolean",
        loyalty_tier_is,
        "Whether the customer is on a tier: the id of the loyalty program, the subledger (empty: the main ledger) and "
        "the tier's name. What this session earns does not count yet.",
        (Example(["loyaltyTierIs", 1, "", "Gold"], True), Example(["loyaltyTierIs", 1, "", "Platinum"], False)),
        needs_frame=True,
    ),
)
