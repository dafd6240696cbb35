"""A shop kept in memory: the brain alone, its changes applied to dictionaries.

The simplest thing that storage can be: it keeps guards and undo exactly as the real one must, in a few lines each, and
so serves as the model the real one is compared with.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, assert_never

from msgspec import structs

import largesse
from largesse.engine.attributes import RelyOnAttributes, merge
from largesse.engine.budgets import CountBudget
from largesse.engine.changes import Change, RecordEvent, SaveSession
from largesse.engine.codes.coupons import Coupon, ReserveCoupon, SetCouponAttributes, UseCoupon
from largesse.engine.codes.creations import CreateCoupon, CreateReferral
from largesse.engine.codes.referrals import Referral, SetReferralAttributes, UseReferral
from largesse.engine.customers.audiences import NO_MOVES, AudienceMoves, ChangeMembership
from largesse.engine.customers.profile_updates import ProfileUpdate, UpdatedProfile, update_profile
from largesse.engine.customers.profiles import Profile, SetProfileAttributes, UpdateProfile
from largesse.engine.dice import SEED_BYTES
from largesse.engine.effects.loyalty.taking_back import TakingBack
from largesse.engine.evaluation import item_returns, reevaluation, rollback
from largesse.engine.evaluation.evaluate import evaluate, evaluate_event
from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.evaluation.questions import folded_referral
from largesse.engine.facts import Facts, Moment, StoredSession, Subjects
from largesse.engine.formats.plain_sessions import plain_update
from largesse.engine.loyalty.changes import AddPoints, HoldTier, MoveExpiry, OwePoints, RecordPoints, UsePoints
from largesse.engine.outgoing.webhooks import CallWebhook
from largesse.engine.refusals import Refusal
from largesse.engine.rewards.achievements import Iteration, MoveProgress, applied, may_be_taken_back
from largesse.engine.rewards.giveaways import AwardGiveaway, Giveaway, may_be_awarded
from largesse.engine.shopping.events import Event, TrackEvent, accept_event
from largesse.engine.shopping.named import Named, names_of
from largesse.engine.shopping.returns import ItemToReturn, RecordReturn, accept_return
from largesse.engine.shopping.session_updates import Updated, update_session
from largesse.engine.shopping.sessions import Session, no_session
from largesse.plumbing.ids import random_bytes
from tests.support.memory_points import MemoryPoints


class MemoryShop:
    """A shop and everything its sessions have changed."""

    def __init__(self, data: dict[str, Any]) -> None:
        shop = largesse.load(data)
        self.programs = shop.programs
        self.coupons = dict(shop.coupons)
        self.referrals = dict(shop.referrals)
        self.stores = shop.stores
        self.cards = shop.cards
        self.catalog = shop.catalog
        self.friends: dict[str, str] = {}
        self.sessions: dict[str, StoredSession] = {}
        self.profiles: dict[str, Profile] = {}
        self.used: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
        self.audiences: dict[str, frozenset[int]] = defaultdict(frozenset)
        self.giveaways = dict(shop.giveaways)
        self.awarded: dict[int, str] = {}
        self.applied: list[Change] = []
        self.iterations: dict[tuple[str, int], dict[int, Iteration]] = defaultdict(dict)
        self.reservations: set[tuple[int, str]] = set()
        self.points = MemoryPoints()

    def update(
        self, session_id: str, update: dict[str, Any], now: datetime | None = None
    ) -> Outcome | Sequence[Refusal]:
        """Update a session as the HTTP door would, and store what comes of it."""
        before = self.sessions.get(session_id)
        sent, stored = plain_update(update), before.session if before else None
        names = names_of(sent, stored, self.programs.definitions)
        store, card = self.stores.get(names.store_integration_id), self.cards.get(names.loyalty_card)
        named = Named(store, self.catalog if names.catalog_id else {}, card=card)
        moment = Moment(now or datetime.now(UTC), random_bytes(SEED_BYTES), store=store, card=named.usable_card)
        application_id, definitions = self.programs.application.id, self.programs.definitions
        updated = update_session(stored, application_id, session_id, sent, definitions, moment.now, named)
        if not isinstance(updated, Updated):
            return updated
        session = updated.session
        who = session.profile_id
        profile = self.profiles.get(who) or Profile(0, who, moment.now) if who else None
        referral = self._referral_seen_by(session)
        free = self._free(moment.now)
        facts = Facts(self._coupons_seen_by(who), dict(self.used), referral, self.audiences, free, self.points.ledgers)
        facts = structs.replace(facts, iterations=self._latest(who), trackers=self._trackers(who))
        outcome = evaluate(self.programs, Subjects(session, profile, before), facts, moment, updated.event)
        self._store(outcome.changes, moment.now)
        return outcome

    def return_items(
        self, session_id: str, items: Sequence[dict[str, Any]], now: datetime | None = None, *, again: bool = False
    ) -> Outcome | Sequence[Refusal]:
        """Return items of a session, each with position, sku or quantity, and store what comes of it.

        With `again` the campaigns that want it are evaluated for what is left.
        """
        before = self.sessions[session_id]
        store = self.stores.get(before.session.store_integration_id or "")
        card = self.cards.get(next(iter(before.session.loyalty_cards), ""))
        moment = Moment(now or datetime.now(UTC), random_bytes(SEED_BYTES), store=store, card=card)
        returned = accept_return(before.session, [ItemToReturn(**item) for item in items], moment.now)
        if isinstance(returned, list):
            return returned
        profile = self.profiles.get(before.session.profile_id)
        if again:
            moment = reevaluation.moment_for(self.programs, before.session, moment)
            subjects = Subjects(returned.session, profile, before)
            referral = self._referral_seen_by(returned.session)
            facts = Facts(
                self.coupons, dict(self.used), referral, self.audiences, self._free(moment.now), self.points.ledgers
            )
            facts = structs.replace(facts, iterations=self._latest(before.session.profile_id))
            outcome = reevaluation.return_and_reevaluate(self.programs, returned, subjects, facts, moment)
        else:
            outcome = item_returns.return_items(
                returned, profile, before, moment, self._taking_back(before, moment.now)
            )
        self._store(outcome.changes, moment.now)
        return outcome

    def update_profile(self, who: str, update: dict[str, Any]) -> Outcome | Sequence[Refusal]:
        """Update a profile and let rules run on it, as the HTTP door would, and store what comes of it."""
        moves = update.get("audiencesChanges") or {"adds": [], "deletes": []}
        sent = ProfileUpdate(update.get("attributes") or {}, tuple(moves["adds"]), tuple(moves["deletes"]))
        now, stored = datetime.now(UTC), self.profiles.get(who)
        updated = update_profile(stored, self.audiences[who], who, sent, self.programs.definitions, now)
        if not isinstance(updated, UpdatedProfile):
            return updated
        audiences = {**self.audiences, who: updated.audiences}
        outcome = self._evaluate(updated.profile, Event(updated.event), audiences, updated.moves, now)
        self._store((*updated.changes, *outcome.changes), now)
        return outcome

    def track(
        self, who: str, event_type: str, attributes: dict[str, Any], *, event_id: str = "", session_id: str = ""
    ) -> Outcome | Sequence[Refusal]:
        """Send an event of a customer, as the HTTP door would, and store what comes of it; `session_id` is the closed
        session that one with an id goes back to."""
        accepted, refusals = accept_event(event_type, attributes, self.programs.definitions)
        if refusals:
            return refusals
        now = datetime.now(UTC)
        profile = self.profiles.get(who) or Profile(0, who, now)
        event = Event(event_type, accepted, event_id, session_id)
        outcome = self._evaluate(profile, event, self.audiences, NO_MOVES, now)
        self._store(outcome.changes, now)
        return outcome

    def _evaluate(
        self,
        profile: Profile,
        event: Event,
        audiences: Mapping[str, frozenset[int]],
        moves: AudienceMoves,
        now: datetime,
    ) -> Outcome:
        session = no_session(self.programs.application.id, profile.integration_id, None, now)
        facts = Facts({}, dict(self.used), None, audiences, self._free(now), self.points.ledgers)
        facts = structs.replace(facts, iterations=self._latest(profile.integration_id))
        moment = Moment(now, random_bytes(SEED_BYTES))
        connected = self.sessions[event.connected_session_id].session if event.connected_session_id else None
        subjects = Subjects(session, profile, None, moves, connected)
        return evaluate_event(self.programs, subjects, facts, moment, event)

    def move(self, profile_id: str, audience_id: int, is_member: bool) -> None:
        """Bring a customer into an audience, or out of it."""
        self._apply(ChangeMembership(profile_id, audience_id, is_member), datetime.now(UTC))

    def reopen(self, session_id: str, now: datetime | None = None) -> Outcome | Sequence[Refusal]:
        """Open a closed session again, and store what comes of it."""
        moment = now or datetime.now(UTC)
        before = self.sessions[session_id]
        taking = self._taking_back(before, moment)
        who = before.session.profile_id
        outcome = rollback.reopen(before, self.profiles.get(who), moment, taking, self._trackers(who))
        if isinstance(outcome, Refusal):
            return [outcome]
        self._store(outcome.changes, moment)
        return outcome

    def _taking_back(self, before: StoredSession, now: datetime) -> TakingBack:
        facts = Facts({}, {}, ledgers=self.points.ledgers)
        return rollback.taking_back(self.programs, before.session, facts, now)

    @property
    def calls(self) -> list[CallWebhook]:
        """The webhooks that were called."""
        return [change for change in self.applied if isinstance(change, CallWebhook)]

    def _store(self, changes: Iterable[Change], now: datetime) -> None:
        """Store what one decision changes; what is owed is paid when all of it is done, as the database does it."""
        for change in changes:
            self._apply(change, now)
        self.points.settle(now)

    def _apply(self, change: Change, now: datetime) -> None:
        self.applied.append(change)
        match change:
            case SaveSession(session, _, effects, consumed):
                self.sessions[session.integration_id] = StoredSession(session, effects, consumed)
            case UpdateProfile(who, attributes, closed_sessions, total_sales, active_at):
                profile = self.profiles.get(who) or Profile(0, who, now)
                self.profiles[who] = structs.replace(
                    profile,
                    attributes=merge(profile.attributes, attributes),
                    closed_sessions=profile.closed_sessions + closed_sessions,
                    total_sales=profile.total_sales + total_sales,
                    last_activity=active_at or profile.last_activity,
                )
            case UseCoupon():
                self._use_coupon(change)
            case CountBudget(campaign_id, key, _, _, amount, limit):
                self.used[campaign_id, key] += amount
                assert limit is None or self.used[campaign_id, key] <= limit, "a budget is overspent"
            case RelyOnAttributes() | SetCouponAttributes() | SetReferralAttributes() | SetProfileAttributes():
                self._set_attributes(change, now)
            case UseReferral():
                self._use_referral(change)
            case ReserveCoupon() | CreateCoupon() | CreateReferral():
                self._make(change, now)
            case ChangeMembership(who, audience_id, is_member):
                self.profiles.setdefault(who, Profile(0, who, now))
                members = self.audiences[who]
                self.audiences[who] = members | {audience_id} if is_member else members - {audience_id}
            case MoveProgress() | AwardGiveaway():
                self._reward(change, now)
            case AddPoints() | UsePoints() | OwePoints() | RecordPoints() | MoveExpiry() | HoldTier():
                self.points.apply(change, now)
            case RecordEvent() | TrackEvent() | RecordReturn() | CallWebhook():
                pass
            case _:
                assert_never(change)

    def _set_attributes(
        self,
        change: RelyOnAttributes | SetCouponAttributes | SetReferralAttributes | SetProfileAttributes,
        now: datetime,
    ) -> None:
        match change:
            case RelyOnAttributes(attributes=attributes):
                found = self._attributes_of(change)
                assert {name: found.get(name) for name in attributes} == attributes, "attributes have changed"
            case SetCouponAttributes(coupon_id, attributes):
                coupon = next(each for each in self.coupons.values() if each.id == coupon_id)
                self.coupons[coupon.value] = structs.replace(coupon, attributes=merge(coupon.attributes, attributes))
            case SetReferralAttributes(referral_id, attributes):
                referral = next(each for each in self.referrals.values() if each.id == referral_id)
                merged = merge(referral.attributes, attributes)
                self.referrals[referral.code] = structs.replace(referral, attributes=merged)
            case SetProfileAttributes(who, attributes):
                self._apply(UpdateProfile(who, attributes), now)

    def _attributes_of(self, relied: RelyOnAttributes) -> dict[str, Any]:
        match relied.entity:
            case "CustomerProfile":
                profile = self.profiles.get(relied.key)
                return {} if profile is None else profile.attributes
            case "Coupon":
                return next(each for each in self.coupons.values() if str(each.id) == relied.key).attributes
            case "Referral":
                return next(each for each in self.referrals.values() if str(each.id) == relied.key).attributes

    def _coupons_seen_by(self, who: str) -> dict[str, Coupon]:
        reserved = {coupon_id for coupon_id, holder in self.reservations if holder == who}
        return {
            code: structs.replace(coupon, reserved_for_profile=True) if coupon.id in reserved else coupon
            for code, coupon in self.coupons.items()
        }

    def _referral_seen_by(self, session: Session) -> Referral | None:
        found = self.referrals.get(folded_referral(self.programs, session))
        if found is None:
            return None
        advocate = self.profiles.get(found.advocate_profile_integration_id, found.advocate)
        return structs.replace(found, advocate=advocate, referred_in=self.friends.get(session.profile_id))

    def _reward(self, change: MoveProgress | AwardGiveaway, now: datetime) -> None:
        if isinstance(change, AwardGiveaway):
            assert change.giveaway_id not in self.awarded, "a giveaway is awarded twice"
            self.awarded[change.giveaway_id] = change.profile_id
            return
        kept = self.iterations[change.profile_id, change.achievement_id]
        before = kept.get(change.number)
        moved = applied(before, change, now)
        assert change.is_back or change.was == (None if before is None else before.progress), "progress has moved on"
        assert moved is None or moved.progress <= change.target, "progress is above its target"
        kept.pop(change.number, None)
        if moved is not None:
            kept[change.number] = moved

    def _latest(self, who: str) -> dict[int, Iteration]:
        kept = ((achievement, each) for (profile, achievement), each in self.iterations.items() if profile == who)
        return {achievement: each[max(each)] for achievement, each in kept if each}

    def _trackers(self, who: str) -> dict[int, Decimal]:
        known = self.programs.definitions.achievements
        return {
            each.tracker_id: each.progress
            for (profile, achievement), kept in self.iterations.items()
            for each in kept.values()
            if profile == who and may_be_taken_back(known[achievement], each)
        }

    def _free(self, now: datetime) -> dict[int, tuple[Giveaway, ...]]:
        return {
            pool_id: tuple(each for each in codes if each.id not in self.awarded and may_be_awarded(each, now))
            for pool_id, codes in self.giveaways.items()
        }

    def _reserve(self, change: ReserveCoupon) -> None:
        holder = (change.coupon_id, change.profile_id)
        if holder in self.reservations:
            return
        self.reservations.add(holder)
        coupon = next(each for each in self.coupons.values() if each.id == change.coupon_id)
        held = coupon.reservation_counter + 1
        within = not change.within_limit or coupon.reservation_limit is None or held <= coupon.reservation_limit
        assert within, "a coupon is reserved too often"
        self.coupons[coupon.value] = structs.replace(coupon, reservation_counter=held)

    def _make(self, change: ReserveCoupon | CreateCoupon | CreateReferral, now: datetime) -> None:
        if isinstance(change, ReserveCoupon):
            self._reserve(change)
            return
        assert change.code not in (*self.coupons, *self.referrals), "a code is taken"
        if isinstance(change, CreateCoupon):
            self.coupons[change.code] = self._created_coupon(change, now)
        else:
            self.referrals[change.code] = self._created_referral(change, now)

    def _created_coupon(self, change: CreateCoupon, now: datetime) -> Coupon:
        return Coupon(
            len(self.coupons) + 1,
            change.campaign_id,
            change.code,
            now,
            usage_limit=change.usage_limit,
            discount_limit=change.discount_limit,
            start_date=change.start_date,
            expiry_date=change.expiry_date,
            attributes=change.attributes,
            recipient_integration_id=change.recipient or None,
        )

    def _created_referral(self, change: CreateReferral, now: datetime) -> Referral:
        return Referral(
            len(self.referrals) + 1,
            change.campaign_id,
            change.code,
            now,
            change.advocate,
            change.friend or None,
            start_date=change.start_date,
            expiry_date=change.expiry_date,
            usage_limit=change.usage_limit,
            attributes=change.attributes,
            advocate=self.profiles.get(change.advocate),
        )

    def _use_referral(self, change: UseReferral) -> None:
        referral = next(each for each in self.referrals.values() if each.id == change.referral_id)
        used = referral.usage_counter + change.uses
        assert not referral.usage_limit or used <= referral.usage_limit, "a referral is used too often"
        self.referrals[referral.code] = structs.replace(referral, usage_counter=used)
        if change.uses > 0 and change.friend_id:
            assert self.friends.setdefault(change.friend_id, change.session_id) == change.session_id, "referred twice"
        elif change.uses < 0:
            self.friends.pop(change.friend_id, None)

    def _use_coupon(self, change: UseCoupon) -> None:
        coupon = next(each for each in self.coupons.values() if each.id == change.coupon_id)
        used = coupon.usage_counter + change.uses
        within = change.uses <= 0 or not coupon.usage_limit or used <= coupon.usage_limit
        assert within, "a coupon is used too often"
        spent = coupon.discount_counter + change.discount
        within = change.discount <= 0 or coupon.discount_limit is None or spent <= coupon.discount_limit
        assert within, "a coupon is overspent"
        self.coupons[coupon.value] = structs.replace(coupon, usage_counter=used, discount_counter=spent)
