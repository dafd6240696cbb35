"""The frame of a promotion rule: what a compiled rule reads, and the state its effects write to."""

from datetime import datetime

from largesse.engine.applications import Account, Application
from largesse.engine.campaigns import Campaign
from largesse.engine.definitions import Definitions
from largesse.engine.effects.error import ErrorProps
from largesse.engine.loyalty.cards import LoyaltyCard
from largesse.engine.state import State
from largesse.engine.views.achievements import AchievementView
from largesse.engine.views.coupon import CouponView
from largesse.engine.views.event import EventView
from largesse.engine.views.giveaway import GiveawayView
from largesse.engine.views.loyalty import LoyaltyView
from largesse.engine.views.loyalty_card import LoyaltyCardView
from largesse.engine.views.profile import ProfileView
from largesse.engine.views.referral import ReferralView
from largesse.engine.views.session import SessionView
from largesse.engine.views.store import StoreView
from largesse.engine.views.values import rule_values
from largesse.language import ExpressionError, Frame, Value


class EvaluationFrame(Frame):
    """The roots of the rule language as attributes, None where there is no such thing.

    It is made once per evaluation, with what is the same for all campaigns; `turn_to` gives it what is a pass's own.
    `acting` says that the conditions of a rule hold and its effects are run.
    """

    __slots__ = (
        "acting",
        "advanced_event",
        "advocate",
        "application",
        "campaign",
        "card",
        "connected_session",
        "coupon",
        "definitions",
        "event",
        "loyalty",
        "profile",
        "referral",
        "session",
        "state",
        "store",
    )

    def __init__(
        self,
        now: datetime,
        state: State,
        definitions: Definitions,
        event: EventView,
        *,
        profile: ProfileView | None = None,
        store: StoreView | None = None,
        connected_session: SessionView | None = None,
    ) -> None:
        super().__init__(now)
        self.state = state
        self.definitions = definitions
        self.event = event
        self.session: SessionView = state.session
        self.application: Application = state.application
        self.profile = profile
        self.coupon: CouponView | None = None
        self.referral: ReferralView | None = None
        self.advocate: ProfileView | None = None
        self.store = store
        self.loyalty = LoyaltyView(state, definitions)
        self.advanced_event: EventView | None = event if event.integration_id else None
        self.connected_session = connected_session
        self.card = None if state.moment.card is None else self._view(state.moment.card)
        self.campaign: Campaign
        self.acting = False

    def turn_to(
        self,
        campaign: Campaign,
        bindings: list[Value],
        coupon: CouponView | None,
        referral: ReferralView | None,
        advocate: ProfileView | None,
    ) -> None:
        """Make ready for a pass of a campaign."""
        self.turn(bindings)
        self.campaign = campaign
        self.coupon = coupon
        self.referral = referral
        self.advocate = advocate

    def _view(self, card: LoyaltyCard) -> LoyaltyCardView:
        return LoyaltyCardView(card, rule_values("LoyaltyCard", card.attributes, self.definitions.attributes))

    @property
    def account(self) -> Account:
        """The account that the Application belongs to."""
        return self.definitions.account

    @property
    def awarded_giveaway(self) -> GiveawayView | None:
        """The giveaway awarded last; None while there is none, or its code is not to be told yet."""
        giveaway = self.state.awarded
        if giveaway is None:
            return None
        return GiveawayView(giveaway, rule_values("Giveaway", giveaway.attributes, self.definitions.attributes))

    @property
    def achievements(self) -> dict[str, AchievementView] | None:
        """How the customer stands with each achievement by now; None for an anonymous customer."""
        if not self.session.profile_id:
            return None
        now, zone = self.state.moment.now, self.application.zone
        return {
            each.name: AchievementView(each, self.state.iteration_of(each.id), now, zone)
            for each in self.definitions.achievements.values()
        }

    def effect_failed(self, index: int, error: ExpressionError) -> None:
        """An effect that cannot be computed is reported, and the rule goes on."""
        self.state.emit("error", ErrorProps(f"effect {index}: {error.message}"))
