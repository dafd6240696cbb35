"""The working copy of one evaluation: the ring's only mutable object.

Everything a rule may change while it runs is changed through the journal here, so that a rule that fails halfway
leaves no trace: its effects, its use of budgets and the totals it lowered all go back to where they were.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias, TypeVar

from msgspec import UNSET, structs

from largesse.engine.applications import Application
from largesse.engine.attributes import JSON
from largesse.engine.budgets import CountBudget, Limit
from largesse.engine.campaigns import Campaign
from largesse.engine.codes.coupons import Coupon, CouponRejection, ReserveCoupon
from largesse.engine.codes.creations import CreateCoupon, CreateReferral
from largesse.engine.codes.referrals import Referral, ReferralRejection
from largesse.engine.customers.audiences import NO_MOVES, AudienceMoves
from largesse.engine.dice import Dice
from largesse.engine.effects.record import EffectRecord, Props, Use
from largesse.engine.evaluation.groups import EvaluationGroup
from largesse.engine.evaluation.journal import Written, WrittenAttribute, WrittenKey
from largesse.engine.facts import Facts, Moment
from largesse.engine.loyalty.changes import UsePoints
from largesse.engine.loyalty.in_place import PointsInPlace
from largesse.engine.loyalty.ledgers import NO_POINTS, Ledger, LedgerKey, Lot
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.outgoing.webhooks import CallWebhook
from largesse.engine.rewards.achievements import Iteration
from largesse.engine.rewards.giveaways import AwardGiveaway, Giveaway
from largesse.engine.views.items import Unit
from largesse.engine.views.session import SessionView

Key = TypeVar("Key")
Value = TypeVar("Value")


# What rules make for good: stored at once, and given back by nobody.
Lasting: TypeAlias = CreateCoupon | CreateReferral | ReserveCoupon | CountBudget


class LimitReachedError(Exception):
    """An effect cannot be applied because a limit is used up; its rule fails as a whole."""


class Pass:
    """One run through a campaign's rules: with one of its coupons, or with none.

    `rejection` is why the coupon cannot be used whatever the rules say; `limits` are the campaign's limits by action,
    each with its counters for this pass. `coupon_wanted` is set while a rule runs that has found the coupon valid. The
    same goes for the session's referral, in the passes of its own campaign.
    """

    __slots__ = (
        "campaign",
        "coupon",
        "coupon_accepted",
        "coupon_wanted",
        "group",
        "limits",
        "referral",
        "referral_rejection",
        "referral_wanted",
        "rejection",
        "ruleset_id",
    )

    def __init__(self, campaign: Campaign, group: EvaluationGroup, ruleset_id: int, coupon: Coupon | None) -> None:
        self.campaign = campaign
        self.group = group
        self.ruleset_id = ruleset_id
        self.coupon = coupon
        self.rejection: CouponRejection | None = None
        self.limits: dict[str, tuple[tuple[Limit, tuple[str, ...]], ...]] = {}
        self.coupon_wanted = False
        self.coupon_accepted = False
        self.referral: Referral | None = None
        self.referral_rejection: ReferralRejection | None = None
        self.referral_wanted = False


class Lifted(NamedTuple):
    """A stretch of an evaluation that was taken off, and can be put back where it was."""

    effects: Sequence[EffectRecord]
    written: Sequence[Written]


class State:
    """What has been decided so far, and what is left of everything that can be used up.

    `counts` are the uses of budgets by (campaign id, key), `spent` the money taken from coupons by id, `accepted` the
    coupons redeemed, `referral` the session's where it is of a campaign in play, `referred` the same once it is
    redeemed, `writes` the attributes set by rules, by (entity, id) and name, `relied` those of them that were computed
    from what they were, `memberships` the audiences that rules have changed, by (profile, audience id), `moves` those
    that the update itself has, `awards` the giveaways awarded, or to be, by id, `awarded` the last one, as soon as its
    code may be told, `ledgers` those in which rules have changed points, `in_place` the points that this session has
    awarded already (`in_place_counts`: in budgets only once they are awarded again), `paid` those that it has spent
    already (each stands in for as many more), `hidden_lots` the lots of the former that rules do not see before they
    award them, `iterations` those of achievements that rules have brought further, `completed` the achievements that
    they have completed. `uses` wait for the effect that they are for, which is the next one. `durable` says whether
    this evaluation uses up what it gives: the session is closed by it, or it is about none, which `with_session` says.
    `dice` draws names for what rules make. `lasting` is what rules have made for good, by what it is. While cart items
    are being distributed among competing campaigns, `items` are those that rules may discount (None: all, as usual),
    and `items_withheld` counts those that they wanted and may not. `unanswered` are texts of which rules wanted to know
    whether they are in a collection, and nobody had asked.
    """

    __slots__ = (
        "_journal",
        "accepted",
        "application",
        "awarded",
        "awards",
        "calls",
        "completed",
        "counts",
        "dice",
        "durable",
        "effects",
        "facts",
        "hidden_lots",
        "in_place",
        "in_place_counts",
        "items",
        "items_withheld",
        "iterations",
        "lasting",
        "ledgers",
        "memberships",
        "moment",
        "moves",
        "now_pass",
        "paid",
        "referral",
        "referred",
        "relied",
        "rule_index",
        "rule_name",
        "session",
        "spent",
        "unanswered",
        "uses",
        "with_session",
        "writes",
    )

    def __init__(
        self,
        application: Application,
        session: SessionView,
        facts: Facts,
        moment: Moment,
        durable: bool,
        moves: AudienceMoves = NO_MOVES,
        *,
        with_session: bool = True,
    ) -> None:
        self.application = application
        self.session = session
        self.facts = facts
        self.moment = moment
        self.durable = durable
        self.moves = moves
        self.with_session = with_session
        self.memberships: dict[tuple[str, int], bool] = {}
        self.ledgers: dict[LedgerKey, Ledger] = {}
        self.in_place: dict[LedgerKey, tuple[PointsInPlace, ...]] = {}
        self.in_place_counts = False
        self.paid: dict[LedgerKey, tuple[UsePoints, ...]] = {}
        self.hidden_lots: Mapping[str, Lot] = {}
        self.dice = Dice(moment.seed)
        self.effects = session.effects = []
        self.counts: dict[tuple[int, str], CountBudget] = {}
        self.spent: dict[int, Decimal] = {}
        self.accepted: dict[int, Coupon] = {}
        self.referral: Referral | None = None
        self.referred: dict[int, Referral] = {}
        self.calls: dict[str, CallWebhook] = {}  # webhooks to call, by the ids of their messages
        self.writes: dict[tuple[str, int], dict[str, JSON]] = {}
        self.relied: dict[tuple[str, int], frozenset[str]] = {}
        self.awards: dict[int, AwardGiveaway] = {}
        self.awarded: Giveaway | None = None
        self.iterations: dict[int, Iteration] = {}
        self.completed: dict[int, bool] = {}
        self.uses: list[Use] = []
        self.unanswered: set[str] = set()
        self.lasting: dict[tuple[str, str | int], tuple[Lasting, ...]] = {}
        self.items: frozenset[tuple[int, int | None]] | None = None
        self.items_withheld = 0
        self.rule_index = 0
        self.rule_name = ""
        self.now_pass: Pass
        self._journal: list[Written] = []

    def iteration_of(self, achievement_id: int) -> Iteration | None:
        """The profile's latest iteration of an achievement, as it is by now."""
        return self.iterations.get(achievement_id) or self.facts.iterations.get(achievement_id)

    @property
    def creates(self) -> bool:
        """Whether what rules make is really made: a session that stays open makes nothing yet, a dry run never."""
        return self.durable and not self.moment.dry

    def mark(self) -> tuple[int, int]:
        """A place to go back to."""
        return len(self.effects), len(self._journal)

    def back_to(self, mark: tuple[int, int]) -> None:
        """Undo everything since `mark`, last change first."""
        effects, journal = mark
        self.uses.clear()
        del self.effects[effects:]
        while len(self._journal) > journal:
            self._journal.pop().swap()

    def lift(self, mark: tuple[int, int]) -> Lifted:
        """Undo everything since `mark` and keep it, to `lay` it again where the state is as it was at `mark`."""
        effects, journal = mark
        lifted = Lifted(self.effects[effects:], self._journal[journal:])
        self.back_to(mark)
        return lifted

    def lay(self, lifted: Lifted) -> None:
        """Do again what was lifted."""
        for written in lifted.written:
            written.swap()
        self._journal += lifted.written
        self.effects += lifted.effects

    def is_member(self, profile_id: str, audience_id: int) -> bool:
        """Whether a profile is in an audience by now."""
        changed = self.memberships.get((profile_id, audience_id))
        return audience_id in self.facts.audiences.get(profile_id, ()) if changed is None else changed

    def take_uses(self) -> list[Use]:
        """What was counted since the last effect, for a caller that shares it out over several effects."""
        taken = [*self.uses]
        self.uses.clear()
        return taken

    def put(self, mapping: MutableMapping[Key, Value], key: Key, value: Value) -> None:
        """Set an entry of a mapping so that it can be undone."""
        self._journal.append(WrittenKey(mapping, key))
        mapping[key] = value

    def set(self, view: object, attribute: str, value: object) -> None:
        """Set an attribute of a view so that it can be undone."""
        self._journal.append(WrittenAttribute(view, attribute))
        setattr(view, attribute, value)

    def discountable(self, items: Sequence[Unit]) -> Sequence[Unit]:
        """Those of the items that the running campaign may discount; every discount of an item must ask."""
        if self.items is None:
            return items
        granted = [unit for unit in items if unit.place in self.items]
        self.items_withheld += len(items) - len(granted)
        return granted

    def owner_in(self, program: LoyaltyProgram) -> str:
        """Whose points of a loyalty program are meant in this session; "" for nobody's."""
        if not program.card_based:
            return self.session.profile_id
        card = self.moment.card
        return card.identifier if card is not None and card.program_id == program.id else ""

    def ledger(self, key: LedgerKey) -> Ledger:
        """A ledger with all that rules have changed in it."""
        return self.ledgers.get(key) or self.facts.ledgers.get(key, NO_POINTS)

    def knows(self, key: LedgerKey) -> bool:
        """Whether a ledger was read: those of the customer, of the card and of the advocate are."""
        advocate = self.facts.referral
        card = "" if self.moment.card is None else self.moment.card.identifier
        known = (card, "" if advocate is None else advocate.advocate_profile_integration_id, self.session.profile_id)
        return key.owner in known

    def emit(self, effect_type: str, props: Props) -> None:
        """Add an effect of the rule that is running; everything counted since the last one was used up by it."""
        used: tuple[Use, ...] = ()
        if self.uses:
            used = tuple(self.uses)
            self.uses.clear()
        current = self.now_pass
        coupon = current.coupon
        record = EffectRecord(
            current.campaign.id,
            current.ruleset_id,
            self.rule_index,
            self.rule_name,
            effect_type,
            props,
            UNSET if coupon is None else coupon.id,
            UNSET,
            current.group.id,
            current.group.evaluation_mode,
            used,
        )
        self.effects.append(self._with_price(record) if self.session.price_choices else record)

    def _with_price(self, record: EffectRecord) -> EffectRecord:
        """An effect on an item whose price was chosen among several, saying which one."""
        place = record.props.item()
        line = None if place is None else self.session.price_choices.get(place[0])
        if line is None or line.selected_price_type is None:
            return record
        selected = line.prices[line.selected_price_type]
        return structs.replace(
            record,
            selected_price_type=line.selected_price_type,
            selected_price=selected.price,
            adjustment_reference_id=selected.reference_id or UNSET,
        )
