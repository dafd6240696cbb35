"""What an evaluation must know, and what it is told: questions and facts.

Campaigns and definitions are not asked for: they come compiled and cached, as `Programs`, with the Application's
revision.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from largesse.engine.changes import Consumption
from largesse.engine.codes.coupons import Coupon
from largesse.engine.codes.referrals import Referral
from largesse.engine.customers.audiences import NO_MOVES, AudienceMoves
from largesse.engine.customers.profiles import Profile
from largesse.engine.effects.record import EffectRecord
from largesse.engine.loyalty.cards import LoyaltyCard
from largesse.engine.loyalty.ledgers import NO_LEDGERS, Ledger, LedgerKey, LedgerQuestion
from largesse.engine.rewards.achievements import Iteration
from largesse.engine.rewards.giveaways import Giveaway, WantedGiveaways
from largesse.engine.shopping.sessions import Session
from largesse.engine.shopping.set_contents import NO_CONTENTS, NO_QUESTIONS, SetContents, SetQuestions
from largesse.engine.shopping.stores import Store


class StoredSession(Struct, frozen=True):
    """A session as found in storage, with its net effects and what its closing consumed."""

    session: Session
    effects: tuple[EffectRecord, ...] = ()
    consumed: tuple[Consumption, ...] = ()


class Questions(Struct, frozen=True):
    """What must be read for one session before it can be decided.

    `coupon_codes` are in their stored spelling; `budget_keys` are (campaign id, key) of every counter that may be
    touched. `audiences` asks for those of the profile and of the advocate, `ledgers` for points.
    """

    profile_id: str
    coupon_codes: tuple[str, ...]
    budget_keys: tuple[tuple[int, str], ...]
    referral_code: str = ""
    audiences: bool = False
    giveaways: WantedGiveaways | None = None
    ledgers: LedgerQuestion = NO_LEDGERS
    sets: SetQuestions = NO_QUESTIONS
    iterations: bool = False
    trackers: tuple[int, ...] = ()


class Facts(Struct, frozen=True):
    """The answers: coupons by stored spelling, counters by (campaign id, key); what is absent does not exist or is 0.

    `audiences` are the ids of those each profile is in, `giveaways` those that may be awarded, by pool, in the order in
    which they are, `ledgers` those that anything ever happened in, `iterations` the profile's latest of each
    achievement, `trackers` the progress in those asked for that progress may be taken back from.
    """

    coupons: Mapping[str, Coupon]
    used: Mapping[tuple[int, str], Decimal]
    referral: Referral | None = None
    audiences: Mapping[str, frozenset[int]] = {}
    giveaways: Mapping[int, tuple[Giveaway, ...]] = {}
    ledgers: Mapping[LedgerKey, Ledger] = {}
    sets: SetContents = NO_CONTENTS
    iterations: Mapping[int, Iteration] = {}
    trackers: Mapping[int, Decimal] = {}


class Moment(Struct, frozen=True):
    """One evaluation's circumstances.

    `seed` is what random names are drawn from (`Dice`): `SEED_BYTES` bytes, fresh for each attempt of each request.
    With `traced`, the outcome explains every rule, fired or not. Without `reasons`, campaigns that cannot apply are not
    even visited, and the outcome does not say why. `now` decides schedules, validity and periods.
    `evaluable_campaign_ids` (dry runs only) restricts evaluation to these campaigns and includes disabled ones.
    `complete` (dry runs only) evaluates campaigns that compete as if they did not. Nothing of a `dry`
    evaluation is stored. `store` is where it takes place and `card` the loyalty card that is
    shown, None where there is none.
    """

    now: datetime
    seed: bytes
    dry: bool = False
    traced: bool = False
    reasons: bool = True
    evaluable_campaign_ids: frozenset[int] | None = None
    complete: bool = False
    store: Store | None = None
    card: LoyaltyCard | None = None


class Subjects(Struct, frozen=True):
    """Who and what is evaluated: the session after the update, the profile (None: anonymous), the session before.

    `moves` are the audiences the customer has joined and left with the update of the profile that is evaluated,
    `connected` is the closed session that an event of a shop goes back to.
    """

    session: Session
    profile: Profile | None
    before: StoredSession | None
    moves: AudienceMoves = NO_MOVES
    connected: Session | None = None
