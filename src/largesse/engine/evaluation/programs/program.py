"""An Application's campaigns with their rules compiled, ready to evaluate any number of sessions.

Nothing in them changes, so that all requests of an Application share them.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from largesse.engine.applications import Application
from largesse.engine.attributes import JSON
from largesse.engine.campaigns import Campaign
from largesse.engine.definitions import Definitions
from largesse.engine.evaluation.gates import Gate
from largesse.engine.evaluation.groups import EvaluationGroup
from largesse.engine.evaluation.index import GroupIndex
from largesse.language import Ruleset


class CampaignSource(Struct, frozen=True):
    """A campaign and its active ruleset as stored (`rules` and `bindings` as in the published Ruleset); no ruleset, no
    id. `fingerprint` tells how they are written from every other way; empty for what is compiled only once."""

    campaign: Campaign
    ruleset_id: int = 0
    rules: list[JSON] = []
    bindings: list[JSON] = []
    fingerprint: bytes = b""


class CampaignProgram(Struct, frozen=True):
    """A campaign ready to run.

    `coupon_rules` are the indexes of the rules that ask for a valid coupon, `settling` those of rules whose effects may
    change what cart item filters read, so that all filters are computed before. A ruleset that no longer compiles (an
    attribute it reads was deleted) has no rules to run and says why in `broken`. Unless one of its `gates`
    is open, no rule can fire; None means that nothing is known.
    """

    campaign: Campaign
    group: EvaluationGroup
    ruleset_id: int
    ruleset: Ruleset
    rule_names: tuple[str, ...]
    coupon_rules: tuple[int, ...]
    broken: str = ""
    gates: frozenset[Gate] | None = None
    referral_rules: tuple[int, ...] = ()
    collection_ids: frozenset[int] = frozenset()
    maps_values: bool = False
    settling: frozenset[int] = frozenset()
    value_map_id: int | None = None
    fingerprint: bytes = b""


class GroupProgram(Struct, frozen=True):
    """A group ready to be evaluated, with its members in order.

    What lies in a stackable group of a stackable group stands in the outer one directly: it contributes just the same.
    """

    group: EvaluationGroup
    members: "tuple[CampaignProgram | GroupProgram, ...]"
    index: GroupIndex


class Ground(Struct, frozen=True):
    """What compiled rules depend on beside their campaign: what is defined for all of them, whether discounts are
    `cascading`, and whether any rule of the Application is `updating` attributes of cart items."""

    common: Definitions
    cascading: bool
    updating: bool


class Programs(Struct, frozen=True):
    """All campaigns of one Application at one revision, hanging in the evaluation tree, and in its order. `limited` are
    those with budgets, `functions` the lower-cased names of all that any rule calls, `joinable` the
    audiences that rules may bring the customer into, `giving` the campaigns that may award giveaways, with how many of
    which pool, `looking_up` those that compare with collections or read value maps, `achieving` those that ask how far
    the customer has come with achievements. `uses_points`: there are rules that look at points or change them,
    `uses_audiences`: that ask who is in which audience."""

    application: Application
    definitions: Definitions
    ground: Ground
    tree: GroupProgram
    campaigns: tuple[CampaignProgram, ...]
    by_id: Mapping[int, CampaignProgram]
    limited: tuple[CampaignProgram, ...]
    functions: frozenset[str]
    joinable: frozenset[int]
    giving: tuple[tuple[CampaignProgram, Mapping[int, int]], ...] = ()
    uses_points: bool = False
    uses_audiences: bool = False
    looking_up: tuple[CampaignProgram, ...] = ()
    achieving: tuple[CampaignProgram, ...] = ()

    def local(self, now: datetime) -> datetime:
        """A moment in the Application's time zone."""
        return now.astimezone(self.application.zone)
