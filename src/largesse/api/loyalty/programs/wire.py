"""Loyalty programs as staff write and see them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from msgspec import UNSET, Meta, Struct, structs

from largesse.api.models.code_generator import CodeGeneratorSettings
from largesse.api.models.loyalty_program import LoyaltyProgram, LoyaltyTier
from largesse.engine.loyalty import programs as engine
from largesse.engine.loyalty.programs import (
    JoinPolicy,
    ReturnPolicy,
    TierLevel,
    TiersDowngradePolicy,
    TiersExpirationPolicy,
)
from largesse.plumbing.http.codec import Omittable, given
from largesse.storage.loyalty.programs import ProgramSettings, StoredProgram

CardUsers = Annotated[int, Meta(ge=0, le=2_147_483_647)]


class NewLoyaltyTier(Struct, frozen=True, kw_only=True, rename="camel"):
    """A tier to have; one of a stored program is known by its name [SDK NewLoyaltyTier]."""

    name: str
    min_points: Decimal


class NewLoyaltyProgram(Struct, frozen=True, kw_only=True, rename="camel"):
    """A loyalty program to create [SDK NewLoyaltyProgram]."""

    name: str
    title: str
    description: Omittable[str] = UNSET
    timezone: Annotated[str, Meta(min_length=1)]
    card_based: bool
    sandbox: bool
    allow_subledger: bool
    subscribed_applications: Omittable[list[int]] = UNSET
    default_validity: str
    default_pending: str
    users_per_card_limit: Omittable[CardUsers] = UNSET
    card_code_settings: Omittable[CodeGeneratorSettings] = UNSET
    program_join_policy: Omittable[JoinPolicy] = UNSET
    tiers: Omittable[list[NewLoyaltyTier]] = UNSET
    tiers_expiration_policy: Omittable[TiersExpirationPolicy] = UNSET
    tier_cycle_start_date: Omittable[datetime] = UNSET
    tiers_expire_in: Omittable[str] = UNSET
    tiers_downgrade_policy: Omittable[TiersDowngradePolicy] = UNSET
    return_policy: Omittable[ReturnPolicy] = UNSET


class UpdateLoyaltyProgram(Struct, frozen=True, kw_only=True, rename="camel"):
    """What to change about a program; what is left out stays as it is [SDK UpdateLoyaltyProgram]."""

    title: Omittable[str] = UNSET
    description: Omittable[str] = UNSET
    sandbox: Omittable[bool] = UNSET
    allow_subledger: Omittable[bool] = UNSET
    subscribed_applications: Omittable[list[int]] = UNSET
    default_validity: Omittable[str] = UNSET
    default_pending: Omittable[str] = UNSET
    users_per_card_limit: Omittable[CardUsers] = UNSET
    card_code_settings: Omittable[CodeGeneratorSettings] = UNSET
    program_join_policy: Omittable[JoinPolicy] = UNSET
    tiers: Omittable[list[NewLoyaltyTier]] = UNSET
    tiers_expiration_policy: Omittable[TiersExpirationPolicy] = UNSET
    tier_cycle_start_date: Omittable[datetime] = UNSET
    tiers_expire_in: Omittable[str] = UNSET
    tiers_downgrade_policy: Omittable[TiersDowngradePolicy] = UNSET
    return_policy: Omittable[ReturnPolicy] = UNSET


def new_settings(sent: NewLoyaltyProgram) -> ProgramSettings:
    """The settings of a new program, checked by nobody yet."""
    program = engine.LoyaltyProgram(
        id=0, name=sent.name, title=sent.title, timezone=sent.timezone, card_based=sent.card_based
    )
    return _changed(ProgramSettings(program=program), sent)


def changed_settings(stored: ProgramSettings, sent: UpdateLoyaltyProgram) -> ProgramSettings:
    """The settings of a program after a change, checked by nobody yet."""
    return _changed(stored, sent)


def show_program(stored: StoredProgram) -> LoyaltyProgram:
    """A program as callers see it."""
    settings, program = stored.settings, stored.settings.program
    code = settings.card_code_settings
    return LoyaltyProgram(
        id=program.id,
        created=stored.created,
        account_id=stored.account_id,
        name=program.name,
        title=program.title,
        description=settings.description,
        subscribed_applications=list(program.subscribed_applications),
        default_validity=program.default_validity,
        default_pending=program.default_pending,
        allow_subledger=program.allow_subledger,
        users_per_card_limit=settings.users_per_card_limit if program.card_based else UNSET,
        sandbox=program.sandbox,
        program_join_policy=program.program_join_policy,
        tiers_expiration_policy=program.tiers_expiration_policy or UNSET,
        tier_cycle_start_date=program.tier_cycle_start_date or UNSET,
        tiers_expire_in=program.tiers_expire_in or UNSET,
        tiers_downgrade_policy=program.tiers_downgrade_policy or UNSET,
        card_code_settings=UNSET
        if code is None
        else CodeGeneratorSettings(valid_characters=code["validCharacters"], coupon_pattern=code["couponPattern"]),
        return_policy=program.return_policy,
        tiers=[
            LoyaltyTier(
                id=tier.level.id,
                created=tier.created,
                program_id=program.id,
                program_name=program.name,
                program_title=program.title,
                name=tier.level.name,
                min_points=tier.level.points_min,
            )
            for tier in stored.tiers
        ],
        timezone=program.timezone,
        card_based=program.card_based,
        can_update_tiers=not stored.is_used,
        can_update_tier_expiration_policy=not stored.is_used,
        can_upgrade_to_advanced_tiers=program.tiers_expire_in is None and not program.card_based,
        can_update_subledgers=not stored.is_used,
    )


def _changed(stored: ProgramSettings, sent: NewLoyaltyProgram | UpdateLoyaltyProgram) -> ProgramSettings:
    """The settings with everything that was sent; the rest as it was."""
    names = set(engine.LoyaltyProgram.__struct_fields__) - {"id", "name", "tiers", "subscribed_applications"}
    values = {name: value for name in names if (value := given(getattr(sent, name, None))) is not None}
    program = structs.replace(stored.program, **values)
    applications, tiers = given(sent.subscribed_applications), given(sent.tiers)
    if applications is not None:
        program = structs.replace(program, subscribed_applications=tuple(dict.fromkeys(applications)))
    if tiers is not None:
        known = {tier.name: tier.id for tier in program.tiers}
        levels = [TierLevel(known.get(tier.name, 0), tier.name, tier.min_points) for tier in tiers]
        program = structs.replace(program, tiers=tuple(levels))
    code, description, users = given(sent.card_code_settings), given(sent.description), given(sent.users_per_card_limit)
    return ProgramSettings(
        program=program,
        description=stored.description if description is None else description,
        users_per_card_limit=stored.users_per_card_limit if users is None else users,
        card_code_settings=stored.card_code_settings if code is None else _code(code),
    )


def _code(code: CodeGeneratorSettings) -> dict[str, object]:
    return {"validCharacters": code.valid_characters, "couponPattern": code.coupon_pattern}
