"""The engine as a library: campaigns from plain data, sessions evaluated in memory, no server and no database.

The data are those of the HTTP API (camelCase keys, numbers as int or Decimal, or the same as JSON text), so that what
works here works there. Nothing is stored between evaluations: every one starts from what was loaded.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import TypeVar

import msgspec
from msgspec import Struct

from largesse.engine.applications import Application, fold_code
from largesse.engine.attributes import JSON
from largesse.engine.campaigns import Campaign
from largesse.engine.codes.coupons import Coupon
from largesse.engine.codes.referrals import Referral
from largesse.engine.customers.profiles import Profile
from largesse.engine.dice import SEED_BYTES
from largesse.engine.effects.record import EffectRecord
from largesse.engine.evaluation.evaluate import evaluate
from largesse.engine.evaluation.groups import BASE, EvaluationGroup
from largesse.engine.evaluation.outcome import Outcome, RuleFailure, RuleTrace
from largesse.engine.evaluation.programs import CampaignSource, Programs, compile_programs
from largesse.engine.evaluation.questions import folded_referral
from largesse.engine.evaluation.why.story import tell
from largesse.engine.evaluation.why.told import SessionTold
from largesse.engine.facts import Facts, Moment, Subjects
from largesse.engine.formats.plain_cards import plain_cards
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.formats.plain_definitions import plain_definitions
from largesse.engine.formats.plain_sessions import plain_update
from largesse.engine.formats.plain_stores import plain_stores
from largesse.engine.formats.structured.compile import compile_structured
from largesse.engine.loyalty.cards import LoyaltyCard
from largesse.engine.refusals import Refusal
from largesse.engine.rewards.giveaways import Giveaway, may_be_awarded
from largesse.engine.shopping.catalogs import CatalogItem
from largesse.engine.shopping.named import Named
from largesse.engine.shopping.session_updates import Updated, update_session
from largesse.engine.shopping.sessions import SessionEvent
from largesse.engine.shopping.stores import Store

Shape = TypeVar("Shape", bound=Struct)

# In memory nothing is stored, so that the names drawn need not differ from one evaluation to the next.
_SEED = bytes(SEED_BYTES)


class SessionRefusedError(ValueError):
    """The session cannot be evaluated; `refusals` say everything that is wrong with it."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(f"{refusal.pointer}: {refusal.details}" for refusal in refusals))
        self.refusals = tuple(refusals)


class Evaluation(Struct, frozen=True):
    """What a session gets: effects in the order of evaluation, why other rules did not fire, and the trace if asked
    for."""

    effects: tuple[EffectRecord, ...]
    failures: tuple[RuleFailure, ...]
    trace: tuple[RuleTrace, ...]
    outcome: Outcome

    def as_json(self) -> bytes:
        """The effects as they go over the wire."""
        return msgspec.json.Encoder(decimal_format="number").encode(self.effects)


class Shop(Struct, frozen=True):
    """An Application with its campaigns and coupons, compiled and ready to evaluate. Made by `load`."""

    programs: Programs
    coupons: Mapping[str, Coupon]
    referrals: Mapping[str, Referral]
    stores: Mapping[str, Store]
    giveaways: Mapping[int, tuple[Giveaway, ...]] = {}
    catalog: Mapping[str, CatalogItem] = {}
    cards: Mapping[str, LoyaltyCard] = {}

    def evaluate(
        self,
        session: Mapping[str, JSON],
        *,
        now: datetime,
        profile: Mapping[str, JSON] | None = None,
        session_id: str = "session",
        traced: bool = False,
    ) -> Evaluation:
        """Evaluate a session as its first update (`session` as in NewCustomerSessionV2).

        `now` needs an offset. `profile` has the keys of a customer profile, and of `audienceMemberships` the ids count;
        with a `profileId` and no profile, an empty one is evaluated. Raises SessionRefusedError for a session that the
        HTTP API would refuse too.
        """
        outcome = evaluate(*self._case(session, now, profile, session_id, traced=traced))
        return Evaluation(outcome.effects, outcome.failures, outcome.trace, outcome)

    def explain(
        self,
        session: Mapping[str, JSON],
        *,
        now: datetime,
        profile: Mapping[str, JSON] | None = None,
        session_id: str = "session",
    ) -> SessionTold:
        """Why each campaign, rule and code of a session comes out as it does, and what would change that.

        Arguments and errors are those of `evaluate`.
        """
        return tell(*self._case(session, now, profile, session_id, traced=True))

    def _case(
        self,
        session: Mapping[str, JSON],
        now: datetime,
        profile: Mapping[str, JSON] | None,
        session_id: str,
        *,
        traced: bool,
    ) -> tuple[Programs, Subjects, Facts, Moment, SessionEvent]:
        update = plain_update(session)
        application_id, definitions = self.programs.application.id, self.programs.definitions
        store = self.stores.get(update.store_integration_id or "")
        card = self.cards.get(next(iter(update.loyalty_cards or ()), ""))
        named = Named(store, self.catalog, card=card)
        updated = update_session(None, application_id, session_id, update, definitions, now, named)
        if not isinstance(updated, Updated):
            raise SessionRefusedError(updated)
        who = _profile(updated.session.profile_id, profile, now)
        moment = Moment(now, _SEED, dry=True, traced=traced, store=store, card=card)
        giveaways = {
            pool_id: tuple(each for each in pool if may_be_awarded(each, now))
            for pool_id, pool in self.giveaways.items()
        }
        referral = self.referrals.get(folded_referral(self.programs, updated.session))
        memberships = (profile or {}).get("audienceMemberships") or ()
        audiences = {updated.session.profile_id: frozenset(each["id"] for each in memberships)}
        facts = Facts(self.coupons, {}, referral, audiences=audiences, giveaways=giveaways)
        return self.programs, Subjects(updated.session, who, None), facts, moment, updated.event


def load(data: Mapping[str, JSON] | str | bytes) -> Shop:
    """Compile a shop from plain data.

    Keys: `application` (as NewApplication), `attributes`, `additionalCosts`, `audiences`, `evaluationGroups` (as
    NewCampaignEvaluationGroup, 1 being the id of the base group), `stores` (as NewStore), `catalog` (its items as
    AddItemCatalogAction), `loyaltyPrograms` (as NewLoyaltyProgram, each with `cards` as GenerateLoyaltyCard),
    `giveawaysPools` (as NewGiveawaysPool, each with `giveaways` as Giveaway), `campaigns` (as NewCampaign, each with
    `ruleset` as NewRuleset or, in the structured form, as RulesetV2, `coupons` as Coupon, `referrals` as Referral,
    `achievements` as CreateAchievement and `storeBudgets` as NewCampaignStoreBudget); all but `campaigns` may be left
    out. Ids are given where they are missing, and groups lie in the base group and before its campaigns unless they say
    otherwise (`parentId`, `position`). Raises ValueError where a ruleset does not compile or the data have another
    shape.
    """
    plain = msgspec.json.Decoder(float_hook=Decimal).decode(data) if isinstance(data, str | bytes) else data
    application = _shaped(plain.get("application") or {}, Application, {"id": 1, "accountId": 1, "name": "shop"})
    sources = [
        CampaignSource(
            _shaped(campaign, Campaign, _given(campaign, index)),
            campaign.get("ruleset", {}).get("id", index),
            *_rules(campaign.get("ruleset", {})),
        )
        for index, campaign in enumerate(plain["campaigns"], start=1)
    ]
    programs = compile_programs(
        application,
        plain_definitions(plain, application.id),
        sources,
        _groups(plain.get("evaluationGroups") or []),
    )
    broken = [f"{each.campaign.name}: {each.broken}" for each in programs.campaigns if each.broken]
    if broken:
        raise ValueError("\n".join(broken))
    campaigns = plain["campaigns"]
    coupons, referrals = _coupons(campaigns, sources, application), _referrals(campaigns, sources, application)
    numbered = [(source.campaign.id, campaign) for source, campaign in zip(sources, campaigns, strict=True)]
    stores = plain_stores(plain.get("stores") or (), numbered)
    items = [_shaped(each, CatalogItem, {"id": n}) for n, each in enumerate(plain.get("catalog") or (), start=1)]
    catalog = {item.sku: item for item in items}
    giveaways, cards = _giveaways(plain.get("giveawaysPools") or []), plain_cards(plain)
    return Shop(programs, coupons, referrals, stores, giveaways, catalog, cards)


def _given(campaign: Mapping[str, JSON], index: int) -> dict[str, JSON]:
    """What a campaign is where its data do not say."""
    for_stores = bool(campaign.get("linkedStoreIds"))
    return {"id": index, "name": f"campaign {index}", "position": index, "forStores": for_stores}


def _groups(data: Sequence[Mapping[str, JSON]]) -> list[EvaluationGroup]:
    """The groups, with the base group among them."""
    groups = [
        _shaped(each, EvaluationGroup, {"id": n, "parentId": None if each.get("id") == BASE.id else BASE.id})
        for n, each in enumerate(data, start=BASE.id + 1)
    ]
    return groups if any(group.parent_id is None for group in groups) else [BASE, *groups]


def _rules(ruleset: Mapping[str, JSON]) -> tuple[list[JSON], list[JSON]]:
    """The rules and bindings of a ruleset in either form; raises ValueError where blocks cannot be read."""
    if "promotionRules" not in ruleset:
        return ruleset.get("rules", []), ruleset.get("bindings", [])
    compiled = compile_structured(ruleset)
    if compiled.found:
        raise ValueError("\n".join(map(str, compiled.found)))
    return compiled.rules, compiled.bindings


def _coupons(
    campaigns: Sequence[Mapping[str, JSON]], sources: Sequence[CampaignSource], application: Application
) -> dict[str, Coupon]:
    found: dict[str, Coupon] = {}
    for campaign, source in zip(campaigns, sources, strict=True):
        for each in campaign.get("coupons", ()):
            given = {"id": len(found) + 1, "campaignId": source.campaign.id, "created": "1970-01-01T00:00:00Z"}
            coupon = _shaped(each, Coupon, given)
            folded = fold_code(coupon.value, application.case_sensitivity)
            found[folded] = msgspec.structs.replace(coupon, value=folded)
    return found


def _referrals(
    campaigns: Sequence[Mapping[str, JSON]], sources: Sequence[CampaignSource], application: Application
) -> dict[str, Referral]:
    """The referrals by stored spelling, each with an advocate who has done nothing yet."""
    found: dict[str, Referral] = {}
    for campaign, source in zip(campaigns, sources, strict=True):
        for each in campaign.get("referrals", ()):
            given = {"id": len(found) + 1, "campaignId": source.campaign.id, "created": "1970-01-01T00:00:00Z"}
            referral = _shaped(each, Referral, given)
            folded = fold_code(referral.code, application.case_sensitivity)
            advocate = Profile(0, referral.advocate_profile_integration_id, referral.created)
            found[folded] = msgspec.structs.replace(referral, code=folded, advocate=advocate)
    return found


def _giveaways(pools: Sequence[Mapping[str, JSON]]) -> dict[int, tuple[Giveaway, ...]]:
    """The giveaways of each pool in order."""
    found: dict[int, tuple[Giveaway, ...]] = {}
    numbers = count(1)
    for number, pool in enumerate(pools, 1):
        given = {"poolId": pool.get("id", number), "created": "1970-01-01T00:00:00Z"}
        codes = (_shaped(each, Giveaway, {"id": next(numbers)} | given) for each in pool.get("giveaways", ()))
        found[given["poolId"]] = tuple(codes)
    return found


def _profile(profile_id: str, data: Mapping[str, JSON] | None, now: datetime) -> Profile | None:
    if not profile_id:
        return None
    given = {"id": 1, "integrationId": profile_id, "created": now}
    return _shaped({**(data or {}), "integrationId": profile_id}, Profile, given)


def _shaped(data: Mapping[str, JSON], shape: type[Shape], given: Mapping[str, JSON]) -> Shape:
    return from_plain({**given, **data}, shape)
