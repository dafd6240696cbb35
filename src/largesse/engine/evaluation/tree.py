"""Walking the evaluation tree: which members of each group contribute, by the group's mode and scope.

A member is a campaign or a group in the group, which competes as one. Where members compete, each is evaluated on the
state that the group found, and taken off again; then the chosen ones are put back. What the others did leaves no trace
but an answer to each of their codes: no effect, no use of a budget, no coupon, no attribute. Source: semantics, 9.1.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar, assert_never

from largesse.engine.codes.coupons import CampaignExclusion, Coupon
from largesse.engine.evaluation import coupon_fates, referral_fates
from largesse.engine.evaluation.activation import takes_part
from largesse.engine.evaluation.gates import Gate
from largesse.engine.evaluation.index import open_gates
from largesse.engine.evaluation.outcome import Exclusion, RuleFailure, RuleTrace
from largesse.engine.evaluation.passes import run_pass
from largesse.engine.evaluation.programs import CampaignProgram, GroupProgram
from largesse.engine.evaluation.stage import Stage
from largesse.engine.money import ZERO
from largesse.engine.state import Lifted

T = TypeVar("T")

Member = CampaignProgram | GroupProgram
Item = tuple[int, int | None]
# The modes in which members compete.
Rivalry = Literal["listOrder", "lowestDiscount", "highestDiscount"]


@dataclass(frozen=True, slots=True)
class Walk:
    """What has come of the campaigns walked so far; `coupons` are the session's, by campaign id. `opened` are the gates
    that the session opens; None where campaigns are visited whether or not they can apply, to learn why not."""

    stage: Stage
    coupons: dict[int, list[Coupon]]
    triggered: list[int]
    failures: list[RuleFailure]
    excluded: list[Exclusion]
    opened: frozenset[Gate] | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A member that was evaluated and taken off again, with all it gave and everything to be told about it."""

    member: Member
    lifted: Lifted
    triggered: Sequence[int]
    failures: Sequence[RuleFailure]
    excluded: Sequence[Exclusion]
    trace: Sequence[RuleTrace]

    @property
    def discount(self) -> Decimal:
        """The sum of its discounts."""
        return sum((effect.props.discount() for effect in self.lifted.effects), ZERO)


def walk_tree(stage: Stage) -> Walk:
    """Evaluate all campaigns in play."""
    told = stage.moment.reasons or stage.moment.traced
    opened = None if told else open_gates(stage.state, stage.event.type, stage.programs.joinable)
    walk = Walk(stage, coupon_fates.reject_unusable(stage), [], [], [], opened)
    referral_fates.begin(stage)
    _run_group(walk, stage.programs.tree)
    return walk


def _run(walk: Walk, member: Member) -> bool:
    """Evaluate a member; whether it is triggered."""
    return _run_campaign(walk, member) if isinstance(member, CampaignProgram) else _run_group(walk, member)


def _run_campaign(walk: Walk, program: CampaignProgram) -> bool:
    if not takes_part(program.campaign, walk.stage.moment):
        return False
    fired = False
    first_failure = len(walk.failures)
    for coupon in walk.coupons.get(program.campaign.id) or (None,):
        fired |= run_pass(walk.stage, program, coupon, walk.failures)
    if walk.stage.state.referral is not None:
        referral_fates.end_campaign(walk.stage, program, walk.failures[first_failure:])
    if fired:
        walk.triggered.append(program.campaign.id)
    return fired


def _run_group(walk: Walk, group: GroupProgram) -> bool:
    mode = group.group.evaluation_mode
    if mode == "stackable" or walk.stage.moment.complete:
        fired = False
        for member in _visited(walk, group):
            # Told apart here and not in `_run`: nearly every member of nearly every tree passes this line.
            fired |= _run_campaign(walk, member) if type(member) is CampaignProgram else _run(walk, member)
        return fired
    if group.group.evaluation_scope == "cartItem":
        return _share_items(walk, group, mode)
    if mode == "listOrder":
        return _run_until_triggered(walk, group)
    return _run_best(walk, group, mode)


def _visited(walk: Walk, group: GroupProgram) -> Sequence[Member]:
    """The members that may contribute, in order."""
    if walk.opened is None:
        return group.members
    named: Collection[int] = walk.coupons
    if (referral := walk.stage.state.referral) is not None:
        named = {*named, referral.campaign_id}
    if (store := walk.stage.moment.store) is not None:
        named = {*named, *store.campaigns}
    return [group.members[position] for position in group.index.candidates(walk.opened, named)]


def _run_until_triggered(walk: Walk, group: GroupProgram) -> bool:
    """The first triggered member contributes; those after it are not even evaluated."""
    for index, member in enumerate(group.members):
        if _run(walk, member):
            for program in _in_play(walk, group.members[index + 1 :]):
                _exclude(walk, program, group, "CampaignIsNotFirst")
            return True
    return False


def _run_best(walk: Walk, group: GroupProgram, mode: Literal["lowestDiscount", "highestDiscount"]) -> bool:
    """The triggered member with the highest (lowest) sum of discounts contributes, of equals the first."""
    attempts = [_attempt(walk, member) for member in group.members]
    candidates = [attempt for attempt in attempts if attempt.triggered]
    best = max if mode == "highestDiscount" else min
    chosen = best(candidates, key=lambda attempt: attempt.discount, default=None)
    for attempt in attempts:
        if attempt is chosen or not attempt.triggered:
            _keep(walk, attempt)
        else:
            _drop(walk, attempt, group, "CampaignGaveLowerDiscount")
    return chosen is not None


def _share_items(walk: Walk, group: GroupProgram, mode: Rivalry) -> bool:
    """Each cart item is discounted by one member: the first to do so, or the one that takes off most (least).

    Members then run again, in list order, each confined to the items it has won. One that is not about items keeps
    what it gives, for it takes nothing from the others.
    """
    state = walk.stage.state
    attempts = [_attempt(walk, member) for member in group.members]
    won = _distribute([_discounts_by_item(attempt) for attempt in attempts], mode)
    exclusion: CampaignExclusion = "CampaignIsNotFirst" if mode == "listOrder" else "CampaignGaveLowerDiscount"
    outer = state.items
    fired = False
    for attempt, items in zip(attempts, won, strict=True):
        if not attempt.triggered:
            _keep(walk, attempt)
            continue
        state.items = items
        fired |= _run_confined(walk, attempt.member, group, exclusion)
        state.items = outer
    return fired


def _run_confined(walk: Walk, member: Member, group: GroupProgram, exclusion: CampaignExclusion) -> bool:
    """Run a member on the items it has won; campaigns in it that want items and get none are excluded."""
    if isinstance(member, GroupProgram) and member.group.evaluation_mode == "stackable":
        return max([_run_confined(walk, inner, group, exclusion) for inner in member.members], default=False)
    state = walk.stage.state
    withheld = state.items_withheld
    attempt = _attempt(walk, member)
    given = any(effect.props.item() is not None for effect in attempt.lifted.effects)
    if attempt.triggered and not given and state.items_withheld > withheld:
        _drop(walk, attempt, group, exclusion)
        return False
    _keep(walk, attempt)
    return bool(attempt.triggered)


def _discounts_by_item(attempt: Attempt) -> dict[Item, Decimal]:
    amounts: dict[Item, Decimal] = {}
    for effect in attempt.lifted.effects:
        item = effect.props.item()
        if item is not None:
            amounts[item] = amounts.get(item, ZERO) + effect.props.discount()
    return amounts


def _distribute(offers: Sequence[dict[Item, Decimal]], mode: Rivalry) -> list[frozenset[Item]]:
    """The items that each offer wins; of equal offers for an item the first wins."""
    winners: dict[Item, int] = {}
    for index, offer in enumerate(offers):
        for item, amount in offer.items():
            before = winners.get(item)
            if before is None or _beats(amount, offers[before][item], mode):
                winners[item] = index
    return [frozenset(item for item, winner in winners.items() if winner == index) for index in range(len(offers))]


def _beats(amount: Decimal, other: Decimal, mode: Rivalry) -> bool:
    """Whether an offer is preferred to an earlier one for the same item."""
    match mode:
        case "listOrder":
            return False
        case "highestDiscount":
            return amount > other
        case "lowestDiscount":
            return amount < other
        case _:
            assert_never(mode)


def _attempt(walk: Walk, member: Member) -> Attempt:
    """Evaluate a member and take everything it did off again."""
    mark = walk.stage.state.mark()
    triggered, failures = len(walk.triggered), len(walk.failures)
    excluded, trace = len(walk.excluded), len(walk.stage.trace)
    _run(walk, member)
    return Attempt(
        member,
        walk.stage.state.lift(mark),
        _cut(walk.triggered, triggered),
        _cut(walk.failures, failures),
        _cut(walk.excluded, excluded),
        _cut(walk.stage.trace, trace),
    )


def _cut(told: list[T], length: int) -> list[T]:
    """Take off what was told beyond a length."""
    tail = told[length:]
    del told[length:]
    return tail


def _keep(walk: Walk, attempt: Attempt) -> None:
    """Put back what a member did."""
    walk.stage.state.lay(attempt.lifted)
    walk.triggered.extend(attempt.triggered)
    _tell(walk, attempt)


def _drop(walk: Walk, attempt: Attempt, group: GroupProgram, exclusion: CampaignExclusion) -> None:
    """Leave off what a member did, but for the answers to its codes."""
    walk.stage.state.effects.extend(coupon_fates.without_acceptances(attempt.lifted.effects, exclusion))
    _tell(walk, attempt)
    walk.excluded.extend(Exclusion(campaign_id, group.group.id, exclusion) for campaign_id in attempt.triggered)


def _tell(walk: Walk, attempt: Attempt) -> None:
    walk.failures.extend(attempt.failures)
    walk.excluded.extend(attempt.excluded)
    walk.stage.trace.extend(attempt.trace)


def _exclude(walk: Walk, program: CampaignProgram, group: GroupProgram, exclusion: CampaignExclusion) -> None:
    coupon_fates.reject_excluded(walk.stage, program, walk.coupons.get(program.campaign.id, ()), exclusion)
    referral_fates.reject_excluded(walk.stage, program, exclusion)
    walk.excluded.append(Exclusion(program.campaign.id, group.group.id, exclusion))


def _in_play(walk: Walk, members: Iterable[Member]) -> Iterable[CampaignProgram]:
    for member in members:
        if isinstance(member, GroupProgram):
            yield from _in_play(walk, member.members)
        elif takes_part(member.campaign, walk.stage.moment):
            yield member
