"""Loyalty programs as rows, with their tiers."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.loyalty.programs import LoyaltyProgram, TierLevel
from largesse.plumbing.database import Record, Transaction, UniqueViolation, load_queries

QUERIES = load_queries("largesse.storage.loyalty", "programs.sql")

# Columns of the engine's program that are columns of the table.
_FIELDS = tuple(name for name in LoyaltyProgram.__struct_fields__ if name not in ("tiers", "subscribed_applications"))


class ProgramNameTaken(Exception):  # noqa: N818 - it says what is so
    """The account has a loyalty program of this name already."""


class ProgramSettings(Struct, frozen=True, kw_only=True):
    """All that staff decide about a program: what evaluation needs, and what only they and the cards see.

    `card_code_settings` is a pattern and its characters as written on the wire. The tiers of `program` that have the id
    0 are new.
    """

    program: LoyaltyProgram
    description: str = ""
    users_per_card_limit: int = 0
    card_code_settings: JSON = None


class StoredTier(Struct, frozen=True):
    """A tier and since when there is such a tier."""

    level: TierLevel
    created: datetime


class StoredProgram(Struct, frozen=True, kw_only=True):
    """A program as it stands; `is_used`: there are transactions, so that its tiers stay what they are."""

    account_id: int
    created: datetime
    settings: ProgramSettings
    tiers: tuple[StoredTier, ...]
    is_used: bool


async def create_program(db: Transaction, account_id: int, settings: ProgramSettings, now: datetime) -> int:
    """Store a new program; its id. Raises `ProgramNameTaken`."""
    try:
        name, *columns = _columns(settings)
        row = await db.row(QUERIES["insert_program"], account_id, now, name, *columns)
    except UniqueViolation as violation:
        raise ProgramNameTaken from violation
    if row is None:
        raise AssertionError("insert_program gives one row")
    program_id: int = row["id"]
    await _save_tiers(db, account_id, program_id, settings.program.tiers, now)
    return program_id


async def update_program(
    db: Transaction, account_id: int, program_id: int, settings: ProgramSettings, now: datetime
) -> None:
    """Replace the settings of a program that `find_program` has found, all but its name."""
    await _save_tiers(db, account_id, program_id, settings.program.tiers, now)
    await db.run_guarded(QUERIES["update_program"], account_id, program_id, *_columns(settings)[1:])


async def find_program(db: Transaction, account_id: int, program_id: int) -> StoredProgram | None:
    """One program of the account, or None."""
    row = await db.row(QUERIES["find_program"], account_id, program_id)
    if row is None:
        return None
    tiers = await _tiers(db, account_id)
    return _program_of(row, tiers[program_id])


async def list_programs(db: Transaction, account_id: int) -> list[StoredProgram]:
    """All programs of the account, the oldest first."""
    rows = await db.rows(QUERIES["list_programs"], account_id)
    tiers = await _tiers(db, account_id) if rows else {}
    return [_program_of(row, tiers.get(row["id"], ())) for row in rows]


async def delete_program(db: Transaction, account_id: int, program_id: int) -> bool:
    """Delete a program with all its points; False when there is none."""
    return await db.run(QUERIES["delete_program"], account_id, program_id) > 0


async def program_definitions(db: Transaction, account_id: int, application_id: int) -> list[LoyaltyProgram]:
    """The programs that an Application may use."""
    rows = await db.rows(QUERIES["program_definitions"], account_id, application_id)
    tiers = await _tiers(db, account_id) if rows else {}
    return [_definition_of(row, tiers.get(row["id"], ())) for row in rows]


async def _save_tiers(
    db: Transaction, account_id: int, program_id: int, tiers: Sequence[TierLevel], now: datetime
) -> None:
    await db.run(QUERIES["delete_tiers"], account_id, program_id, [tier.id for tier in tiers])
    rows = [(account_id, program_id, tier.id, now, tier.name, tier.points_min) for tier in tiers]
    await db.many(QUERIES["save_tier"], rows)


async def _tiers(db: Transaction, account_id: int) -> dict[int, list[StoredTier]]:
    found: dict[int, list[StoredTier]] = defaultdict(list)
    for row in await db.rows(QUERIES["list_tiers"], account_id):
        tier = StoredTier(TierLevel(row["id"], row["name"], row["min_points"]), row["created"])
        found[row["program_id"]].append(tier)
    return found


def _columns(settings: ProgramSettings) -> tuple[object, ...]:
    program = settings.program
    return (
        program.name,
        program.title,
        settings.description,
        program.timezone,
        program.sandbox,
        program.card_based,
        program.allow_subledger,
        settings.users_per_card_limit,
        settings.card_code_settings,
        program.subscribed_applications,
        program.default_validity,
        program.default_pending,
        program.program_join_policy,
        program.tiers_expiration_policy,
        program.tier_cycle_start_date,
        program.tiers_expire_in,
        program.tiers_downgrade_policy,
        program.return_policy,
    )


def _definition_of(row: Record, tiers: Sequence[StoredTier]) -> LoyaltyProgram:
    return LoyaltyProgram(
        **{name: row[name] for name in _FIELDS},
        subscribed_applications=tuple(row["subscribed_applications"]),
        tiers=tuple(tier.level for tier in tiers),
    )


def _program_of(row: Record, tiers: Sequence[StoredTier]) -> StoredProgram:
    return StoredProgram(
        account_id=row["account_id"],
        created=row["created"],
        settings=ProgramSettings(
            program=_definition_of(row, tiers),
            description=row["description"],
            users_per_card_limit=row["users_per_card_limit"],
            card_code_settings=row["card_code_settings"],
        ),
        tiers=tuple(tiers),
        is_used=row["is_used"],
    )
