"""Questions: exactly what must be read before a session can be decided.

Derived from the session and the compiled campaigns, so that one round of reading is enough; only coupons that carry
limits of their own need a second look.
"""

from collections.abc import Iterable

from largesse.engine.applications import fold_code
from largesse.engine.budgets import keys
from largesse.engine.codes.coupons import Coupon
from largesse.engine.effects.loyalty.asking import ledgers_in
from largesse.engine.effects.rewards.achievement_progress import trackers_of
from largesse.engine.evaluation.activation import takes_part
from largesse.engine.evaluation.programs import Programs
from largesse.engine.evaluation.spending import limits_for, store_keys, subject_of
from largesse.engine.facts import Facts, Moment, Questions, StoredSession
from largesse.engine.loyalty.ledgers import NO_LEDGERS, LedgerQuestion
from largesse.engine.rewards.giveaways import WantedGiveaways, together
from largesse.engine.shopping.collections import texts_at_hand
from largesse.engine.shopping.sessions import Session
from largesse.engine.shopping.set_contents import NO_QUESTIONS, SetQuestions


def ask(programs: Programs, session: Session, moment: Moment, before: StoredSession | None = None) -> Questions:
    """What must be known to evaluate a session, or to take back what it got `before`."""
    codes = folded_codes(programs, session)
    counters = tuple(dict.fromkeys(_keys(programs, session, moment, codes)))
    return Questions(
        session.profile_id,
        tuple(codes),
        counters,
        folded_referral(programs, session),
        asks_for_audiences(programs),
        giveaways=_giveaways(programs, session, moment, max(1, len(codes))) if programs.giving else None,
        ledgers=_ledgers(programs, session, moment, before),
        sets=_sets(programs, session, moment),
        iterations=bool(session.profile_id) and any(takes_part(each.campaign, moment) for each in programs.achieving),
        trackers=() if before is None or session.state != "cancelled" else trackers_of(before.effects),
    )


def ask_to_reopen(before: StoredSession) -> Questions:
    """What must be known to open a session again."""
    return Questions(before.session.profile_id, (), (), trackers=trackers_of(before.effects))


def ask_again(programs: Programs, session: Session, moment: Moment, facts: Facts) -> Questions | None:
    """The counters of limits that were only found on the coupons; None when there are none."""
    limited = [coupon for coupon in facts.coupons.values() if coupon.limits]
    if not limited:
        return None
    counters = dict.fromkeys(key for coupon in limited for key in _own_keys(programs, session, moment, coupon))
    return Questions(session.profile_id, (), tuple(counters))


def asks_for_audiences(programs: Programs) -> bool:
    """Whether any rule wants to know who is in which audience."""
    return programs.uses_audiences


def _ledgers(programs: Programs, session: Session, moment: Moment, before: StoredSession | None) -> LedgerQuestion:
    """The ledgers that rules may look at or change, and those that the session has changed."""
    asked = NO_LEDGERS
    owners = [session.profile_id, "" if moment.card is None else moment.card.identifier]
    if programs.uses_points and any(owners):
        ids = tuple(program.id for program in programs.definitions.loyalty_programs.values())
        asked = LedgerQuestion(moment.now, ids, tuple(filter(None, owners)), of_advocate=True)
    if before is None:
        return asked
    earlier = ledgers_in(before.effects, moment.now)
    return LedgerQuestion(
        moment.now,
        tuple({*asked.program_ids, *earlier.program_ids}),
        tuple({*asked.owners, *earlier.owners}),
        asked.of_advocate,
        earlier.transaction_uuids,
    )


def _sets(programs: Programs, session: Session, moment: Moment) -> SetQuestions:
    """What must be known of collections and value maps."""
    if not programs.looking_up:
        return NO_QUESTIONS
    asking = [each for each in programs.looking_up if takes_part(each.campaign, moment)]
    nothing: frozenset[int] = frozenset()
    ids = nothing.union(*(each.collection_ids for each in asking))
    mapping = frozenset(each.campaign.id for each in asking if each.maps_values)
    skus = frozenset(item.sku for item in session.cart_items) if mapping else frozenset()
    return SetQuestions(ids, texts_at_hand(session) if ids else frozenset(), mapping, skus)


def folded_codes(programs: Programs, session: Session) -> dict[str, str]:
    """The session's codes as stored, each with its spelling in the session; a code entered in two spellings counts
    once."""
    folded: dict[str, str] = {}
    for code in session.coupon_codes:
        folded.setdefault(fold_code(code, programs.application.case_sensitivity), code)
    return folded


def folded_referral(programs: Programs, session: Session) -> str:
    """The session's referral code as stored, "" for none."""
    return fold_code(session.referral_code, programs.application.case_sensitivity)


def _keys(programs: Programs, session: Session, moment: Moment, codes: Iterable[str]) -> Iterable[tuple[int, str]]:
    local_now = programs.local(moment.now)
    referral = folded_referral(programs, session)
    anyone = subject_of(session, local_now, "", referral)
    per_code = [subject_of(session, local_now, code, referral) for code in codes]
    for campaign in (program.campaign for program in programs.limited):
        if takes_part(campaign, moment):
            for limit in campaign.limits:
                for subject in per_code if "Coupon" in limit.entities else (anyone,):
                    yield from ((campaign.id, name) for name in keys(limit, subject))
    for campaign_id, limits in ({} if moment.store is None else moment.store.budgets).items():
        yield from ((campaign_id, name) for limit in limits for name in store_keys(limit, anyone))


def _giveaways(programs: Programs, session: Session, moment: Moment, passes: int) -> WantedGiveaways | None:
    """The giveaways that rules may award: as many times as there are codes that a campaign may run for."""
    awards = together((each, passes) for program, each in programs.giving if takes_part(program.campaign, moment))
    # Where there is no session, there is no closing either to wait for.
    taking = (session.state == "closed" or not session.integration_id) and not moment.dry
    return WantedGiveaways(awards, moment.now, taking) if awards else None


def _own_keys(programs: Programs, session: Session, moment: Moment, coupon: Coupon) -> Iterable[tuple[int, str]]:
    program = programs.by_id.get(coupon.campaign_id)
    if program is None:
        return
    subject = subject_of(session, programs.local(moment.now), coupon.value, folded_referral(programs, session))
    for limits in limits_for(program.campaign, coupon, subject).values():
        for _, names in limits:
            yield from ((program.campaign.id, name) for name in names)
