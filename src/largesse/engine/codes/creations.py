"""New codes, as rules make them: what a campaign says about its codes, and the coupons and referrals to be stored.

A code is drawn before anybody can know whether it is free. Storing it asks; where it is taken, the decision is made
again and draws another. Source: semantics, sections 11, 12 and 31.6.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from largesse.engine.applications import CaseSensitivity
from largesse.engine.attributes import JSON
from largesse.engine.formats.codes import DEFAULT_CHARACTERS, DEFAULT_PATTERN


class CodeSettings(Struct, frozen=True):
    """A pattern and what its placeholders become, as the campaign's owner has written them."""

    pattern: str = DEFAULT_PATTERN
    characters: tuple[str, ...] = tuple(DEFAULT_CHARACTERS)


class CodeSource(Struct, frozen=True):
    """What new codes of one campaign are like unless a rule says otherwise; `coupon_attributes` are what each of its
    coupons starts with."""

    coupons: CodeSettings = CodeSettings()
    referrals: CodeSettings = CodeSettings()
    coupon_attributes: dict[str, JSON] = {}


class CodeSources(Struct, frozen=True):
    """The campaigns of an Application that may get new codes, by id, what coupons there may not lack, and how codes are
    spelled."""

    campaigns: Mapping[int, CodeSource] = {}
    mandatory_attributes: tuple[str, ...] = ()
    case_sensitivity: CaseSensitivity = "sensitive"


class CreateCoupon(Struct, frozen=True, tag=True):
    """Change: store a coupon with a code in its stored spelling, refused where the code is taken. Never rolled back.

    `recipient` is the profile whose it is, "" where nobody's; `in_session` says that the session is to hold the code.
    """

    campaign_id: int
    code: str
    recipient: str
    usage_limit: int = 1
    discount_limit: Decimal | None = None
    start_date: datetime | None = None
    expiry_date: datetime | None = None
    attributes: dict[str, JSON] = {}
    in_session: bool = False


class CreateReferral(Struct, frozen=True, tag=True):
    """Change: store a referral with a code in its stored spelling, refused where the code is taken. Never rolled back.

    `friend` is the only profile that may redeem it, "" where anybody may; `in_session` says that the session is to hold
    the code.
    """

    campaign_id: int
    code: str
    advocate: str
    friend: str
    usage_limit: int = 1
    start_date: datetime | None = None
    expiry_date: datetime | None = None
    attributes: dict[str, JSON] = {}
    in_session: bool = False


def code_source(coupon_settings: JSON, referral_settings: JSON, coupon_attributes: dict[str, JSON]) -> CodeSource:
    """What a campaign says, its settings being written as on the wire (None: it has none)."""
    return CodeSource(_settings(coupon_settings), _settings(referral_settings), coupon_attributes)


def _settings(written: JSON) -> CodeSettings:
    if not written:
        return CodeSettings()
    return CodeSettings(written["couponPattern"], tuple(written["validCharacters"]))
