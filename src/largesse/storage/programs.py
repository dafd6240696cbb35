"""Programs kept by a process: each Application's campaigns, read once per revision, compiled where they have changed.

Every request learns the Application's revision when it opens its session, so a campaign changed on any node is seen by
every node at its next request, without messages between nodes and without a time to live.
"""

import asyncio
from collections import OrderedDict
from decimal import Decimal
from hashlib import blake2b
from weakref import WeakValueDictionary

import msgspec

from largesse.engine.applications import Application
from largesse.engine.attributes import JSON
from largesse.engine.campaigns import Campaign
from largesse.engine.evaluation.programs import CampaignSource, Programs, compile_programs
from largesse.plumbing.database import Record, Transaction, load_queries
from largesse.plumbing.problems import Conflict
from largesse.storage.definitions import read_definitions
from largesse.storage.evaluation_groups import evaluation_groups
from largesse.storage.scope import Scope
from largesse.storage.values import attributes_of, limits_of

QUERIES = load_queries("largesse.storage", "programs.sql")

# A thousand campaigns take some megabytes compiled; beyond so many busy Applications a node should not hold them all.
APPLICATIONS_MAX = 256

# Long enough that no two ways to write rules ever have the same.
FINGERPRINT_BYTES = 16

_RULES = msgspec.json.Decoder(list[JSON], float_hook=Decimal)


class ProgramCache:
    """The compiled programs of the Applications served lately; one for each process, shared by its requests."""

    __slots__ = ("_applications_max", "_compiling", "_kept")

    def __init__(self, applications_max: int = APPLICATIONS_MAX) -> None:
        self._applications_max = applications_max
        self._kept: OrderedDict[int, tuple[int, Programs]] = OrderedDict()
        self._compiling: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def at(self, db: Transaction, scope: Scope, revision: int) -> Programs:
        """The programs of an Application at this revision or a later one.

        Of many requests that miss at once, one reads and compiles while the others wait for it.
        """
        programs = self._find(scope, revision)
        if programs is not None:
            return programs
        lock = self._compiling.setdefault(scope.application_id, asyncio.Lock())
        async with lock:
            programs = self._find(scope, revision)
            if programs is None:
                _, before = self._kept.get(scope.application_id, (0, None))
                programs = await load_programs(db, scope, revision, before)
                self._keep(scope, revision, programs)
        return programs

    def _find(self, scope: Scope, revision: int) -> Programs | None:
        kept = self._kept.get(scope.application_id)
        if kept is None or kept[0] < revision:
            return None
        self._kept.move_to_end(scope.application_id)
        return kept[1]

    def _keep(self, scope: Scope, revision: int, programs: Programs) -> None:
        self._kept[scope.application_id] = (revision, programs)
        self._kept.move_to_end(scope.application_id)
        while len(self._kept) > self._applications_max:
            self._kept.popitem(last=False)


async def load_programs(db: Transaction, scope: Scope, revision: int, before: Programs | None = None) -> Programs:
    """Read and compile an Application's programs; `before` are those of an earlier revision.

    The Application is read last: if its revision is still the one asked for, nothing else has changed meanwhile.
    Otherwise `Conflict` is raised.
    """
    campaigns = await db.rows(QUERIES["program_campaigns"], scope.account_id, scope.application_id)
    definitions = await read_definitions(db, scope.account_id, scope.application_id)
    groups = await evaluation_groups(db, scope.account_id, scope.application_id)
    application = await db.row(QUERIES["program_application"], scope.account_id, scope.application_id)
    if application is None or application["revision"] != revision:
        raise Conflict("the application was changed while its campaigns were read")
    # In a thread, so that requests of other Applications go on while a large one compiles.
    return await asyncio.to_thread(
        compile_programs,
        _application_of(application),
        definitions,
        [_campaign_of(row) for row in campaigns],
        groups,
        before,
    )


def _application_of(row: Record) -> Application:
    fields = {name: row[name] for name in Application.__struct_fields__ if name != "attributes"}
    return Application(**fields, attributes=attributes_of(row["attributes"]))


def _campaign_of(row: Record) -> CampaignSource:
    campaign = Campaign(
        id=row["id"],
        name=row["name"],
        state=row["state"],
        active_ruleset_id=row["active_ruleset_id"],
        description=row["description"],
        start_time=row["start_time"],
        end_time=row["end_time"],
        attributes=attributes_of(row["attributes"]),
        tags=tuple(row["tags"]),
        features=tuple(row["features"]),
        limits=limits_of(row["limits"]),
        type=row["type"],
        for_stores=row["for_stores"],
        reevaluate_on_return=row["reevaluate_on_return"],
        evaluation_group_id=row["evaluation_group_id"],
        position=row["position"],
    )
    if row["rules"] is None:
        return CampaignSource(campaign)
    rules, bindings = row["rules"], row["bindings"]
    return CampaignSource(
        campaign, row["active_ruleset_id"], _RULES.decode(rules), _RULES.decode(bindings), _fingerprint(rules, bindings)
    )


def _fingerprint(rules: str, bindings: str) -> bytes:
    return blake2b(f"{len(rules)} {rules}{bindings}".encode(), digest_size=FINGERPRINT_BYTES).digest()
