"""Questions to facts: everything a decision is based on, read in as few exchanges with the database as it takes.

`open_session` and `open_profile` come first: they wait for the request's turn and read what the questions depend on.
`answer` then reads what the brain asked for.
"""

from decimal import Decimal

from msgspec import Struct, structs

from largesse.engine.codes.coupons import Coupon
from largesse.engine.customers.profiles import Profile
from largesse.engine.facts import Facts, Questions, StoredSession
from largesse.engine.loyalty.ledgers import Ledger, LedgerKey
from largesse.engine.rewards.giveaways import Giveaway
from largesse.engine.shopping.collections import NO_MEMBERSHIPS
from largesse.engine.shopping.set_contents import NO_CONTENTS, SetContents, SetQuestions
from largesse.plumbing.database import Transaction, load_queries
from largesse.plumbing.problems import NotFound
from largesse.storage.budget_keys import stored_key
from largesse.storage.codes.coupon_rows import coupon_of
from largesse.storage.codes.referrals import find_session_referral
from largesse.storage.customers.audiences import audiences_of
from largesse.storage.customers.profiles import profile_of
from largesse.storage.loyalty.ledgers import answer_points
from largesse.storage.rewards.achievements import find_iterations, find_trackers
from largesse.storage.rewards.giveaways import find_free
from largesse.storage.scope import Scope
from largesse.storage.shopping.collections import find_memberships
from largesse.storage.shopping.sessions import session_of
from largesse.storage.shopping.value_maps import find_mapped_values

QUERIES = load_queries("largesse.storage", "answers.sql")

# Published: of the requests for one session or one profile, one runs and two wait; the next is refused.
PLACES_MAX = 3


class Opened(Struct, frozen=True):
    """Where an update starts.

    `revision` is the Application's: programs compiled from it, or from a later one, are the right ones. `stored` is the
    session (None: new). `profile` is the one the update names, else the session's (None: anonymous, or not stored yet),
    and `started_sessions` how many sessions it has ever started.
    """

    scope: Scope
    revision: int
    stored: StoredSession | None = None
    profile: Profile | None = None
    started_sessions: int = 0


async def open_session(
    db: Transaction,
    account_id: int,
    application_id: int,
    integration_id: str,
    profile_id: str | None,
    *,
    in_turn: bool = True,
) -> Opened:
    """Read a session, its profile and its Application's revision in one exchange.

    `profile_id` None means the stored session's profile, "" an anonymous customer. With `in_turn` the request first
    takes its place in the queues of this session and this profile, held until the transaction ends; `Crowded` is raised
    where one of them is full. Raises `NotFound` when the Application is gone.
    """
    query = QUERIES["open_session"]
    places = PLACES_MAX if in_turn else 0
    row = await db.row(query, account_id, application_id, integration_id, profile_id, places)
    if row is None:
        raise NotFound("There is no such Application")
    scope = Scope(account_id, application_id, row["sandbox"])
    return Opened(scope, row["revision"], session_of(row), profile_of(row), row["started_sessions"] or 0)


async def open_profile(
    db: Transaction, account_id: int, application_id: int, integration_id: str, *, in_turn: bool = True
) -> Opened:
    """Take the request's place in the profile's queue and read the profile, as `open_session` does for a session."""
    if not in_turn:
        # No session has this id, so that only the profile is read.
        return await open_session(db, account_id, application_id, "", integration_id, in_turn=False)
    row = await db.row(QUERIES["open_profile"], account_id, application_id, integration_id, PLACES_MAX)
    if row is None:
        raise NotFound("There is no such Application")
    scope = Scope(account_id, application_id, row["sandbox"])
    return Opened(scope, row["revision"], None, profile_of(row), row["started_sessions"] or 0)


async def answer(db: Transaction, scope: Scope, questions: Questions) -> Facts:
    """Read what was asked for; what nobody asked for costs no exchange."""
    coupons: dict[str, Coupon] = {}
    used: dict[tuple[int, str], Decimal] = {}
    if questions.coupon_codes:
        query = QUERIES["coupons_by_code"]
        codes = list(questions.coupon_codes)
        rows = await db.rows(query, scope.account_id, scope.application_id, codes, questions.profile_id)
        coupons = {row["lookup"]: coupon_of(row) for row in rows}
    if questions.budget_keys:
        query = QUERIES["budgets_used"]
        wanted = {(campaign_id, stored_key(key)): (campaign_id, key) for campaign_id, key in questions.budget_keys}
        campaigns, keys = zip(*wanted, strict=True)
        rows = await db.rows(query, scope.account_id, scope.application_id, list(campaigns), list(keys))
        used = {wanted[row["campaign_id"], row["key"]]: row["counter"] for row in rows}
    referral = None
    if questions.referral_code:
        referral = await find_session_referral(db, scope, questions.referral_code, questions.profile_id)
    audiences: dict[str, frozenset[int]] = {}
    people = {questions.profile_id, "" if referral is None else referral.advocate_profile_integration_id} - {""}
    if questions.audiences and people:
        found = await audiences_of(db, scope.account_id, scope.sandbox, sorted(people))
        audiences = {who: frozenset(audience_id for audience_id, _ in found[who]) for who in found}
    giveaways: dict[int, tuple[Giveaway, ...]] = {}
    if questions.giveaways is not None:
        giveaways = await find_free(db, scope, questions.giveaways)
    ledgers: dict[LedgerKey, Ledger] = {}
    if questions.ledgers.program_ids:
        advocate = people - {questions.profile_id} if questions.ledgers.of_advocate else set()
        ledgers = await answer_points(db, scope.account_id, questions.ledgers, sorted(advocate))
    sets = await _find_in_sets(db, scope, questions.sets) if questions.sets else NO_CONTENTS
    iterations = await find_iterations(db, scope, questions.profile_id) if questions.iterations else {}
    trackers = await find_trackers(db, scope, questions.profile_id, questions.trackers) if questions.trackers else {}
    return Facts(coupons, used, referral, audiences, giveaways, ledgers, sets, iterations, trackers)


async def know_more(db: Transaction, scope: Scope, questions: Questions, facts: Facts, texts: frozenset[str]) -> Facts:
    """The facts with those about texts that rules came upon only while they ran."""
    further = await find_memberships(db, scope.account_id, questions.sets.collection_ids, texts)
    memberships = facts.sets.memberships.and_of(further)
    return structs.replace(facts, sets=structs.replace(facts.sets, memberships=memberships))


async def _find_in_sets(db: Transaction, scope: Scope, questions: SetQuestions) -> SetContents:
    memberships, mapped = NO_MEMBERSHIPS, {}
    if questions.collection_ids:
        memberships = await find_memberships(db, scope.account_id, questions.collection_ids, questions.texts)
    if questions.mapping_campaign_ids:
        mapped = await find_mapped_values(db, scope, questions.mapping_campaign_ids, questions.skus)
    return SetContents(memberships, mapped)
