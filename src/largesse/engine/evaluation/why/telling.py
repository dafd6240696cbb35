"""What the tellers of single conditions must know of the pass a condition belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from largesse.engine.campaigns import Campaign
from largesse.engine.codes.coupons import Coupon, CouponRejection
from largesse.engine.codes.referrals import ReferralRejection
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.programs import Programs
from largesse.engine.facts import Facts, Moment
from largesse.engine.loyalty.programs import LoyaltyProgram
from largesse.engine.shopping.sessions import Session
from largesse.language import Node


@dataclass(frozen=True, slots=True)
class Scene:
    """One evaluation: what was known when it began. referral_rejection: why the referral code of the session was not
    accepted in the end."""

    programs: Programs
    session: Session
    facts: Facts
    moment: Moment
    event: str
    referral_rejection: ReferralRejection | None = None

    @property
    def now(self) -> datetime:
        """The moment of the evaluation."""
        return self.moment.now

    @property
    def definitions(self) -> Definitions:
        """What rules may name."""
        return self.programs.definitions

    def program(self, program_id: int) -> LoyaltyProgram | None:
        """A loyalty program by its id."""
        return next((each for each in self.definitions.loyalty_programs.values() if each.id == program_id), None)

    def owner_in(self, program: LoyaltyProgram) -> str:
        """Whose points of a loyalty program are meant in this session; "" for nobody's."""
        if not program.card_based:
            return self.session.profile_id
        card = self.moment.card
        return card.identifier if card is not None and card.program_id == program.id else ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One pass of one campaign. bindings: by name, as written. coupon: that of the pass, with why it cannot be used
    whatever the rules say; referral_rejection: the same of the session's referral. entered: the coupon's spelling in
    the session."""

    scene: Scene
    campaign: Campaign
    bindings: Mapping[str, Node]
    coupon: Coupon | None = None
    rejection: CouponRejection | None = None
    referral_rejection: ReferralRejection | None = None
    entered: str = ""

    @property
    def now(self) -> datetime:
        """The moment of the evaluation."""
        return self.scene.now
