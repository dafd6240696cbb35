"""What rules may say about a code that they create: the options of `createCoupon` and `createReferral`.

The same readers check options that are written out when the rule is saved, and all of them when it runs.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal

from msgspec import Struct

from largesse.engine.attributes import JSON, AttributeDefinitions, Entity, accept, is_time, merge
from largesse.engine.codes.coupons import DISCOUNT_MAX, USES_MAX
from largesse.engine.codes.creations import CodeSettings, CodeSource
from largesse.engine.definitions import Definitions
from largesse.engine.formats.codes import DEFAULT_CHARACTERS, CodePattern, code_pattern
from largesse.engine.views.values import as_json
from largesse.language import UNSET, ExpressionError, Known, Value

# A clash makes the whole decision be made again, a few times at most: with so many codes a clash is a rare accident.
CODES_OF_PATTERN_MIN = 1_000_000

REFERRAL_OPTIONS = frozenset(
    {"usageLimit", "startDate", "expiryDate", "attributes", "validCharacters", "pattern", "storeInSession"}
)
COUPON_OPTIONS = REFERRAL_OPTIONS | {"discountLimit"}


class CodeOptions(Struct, frozen=True, rename="camel"):
    """The options of one new code; None is what the campaign says, or nothing."""

    usage_limit: int = 1
    discount_limit: Decimal | None = None
    start_date: datetime | None = None
    expiry_date: datetime | None = None
    attributes: dict[str, JSON] = {}
    valid_characters: str | None = None
    pattern: str | None = None
    store_in_session: bool = False


def read_options(options: Mapping[str, Value], allowed: frozenset[str]) -> CodeOptions:
    """The options that a rule gives. Raises ExpressionError for those that no code can have."""
    fields: dict[str, JSON] = {}
    for name, value in options.items():
        if name not in allowed:
            raise ExpressionError(_unknown(name, allowed))
        if value is not None:
            fields[_FIELDS[name]] = _READERS[name](name, value)
    read = CodeOptions(**fields)
    if read.start_date is not None and read.expiry_date is not None and read.expiry_date <= read.start_date:
        raise ExpressionError("expiryDate must be after startDate")
    return read


def source_of(definitions: Definitions, campaign_id: Decimal) -> CodeSource:
    """What the campaign says about its codes. Raises ExpressionError where there is no such campaign."""
    source = definitions.codes.campaigns.get(int(campaign_id)) if campaign_id == int(campaign_id) else None
    if source is None:
        raise ExpressionError(f"no campaign of this Application has the id {campaign_id}, or it is archived")
    return source


def pattern_of(definitions: Definitions, settings: CodeSettings, options: CodeOptions) -> CodePattern:
    """The pattern to draw a code of. Raises ExpressionError for one that makes no codes, or too few."""
    characters = options.valid_characters
    if characters is None:
        characters = "".join(settings.characters) if options.pattern is None else DEFAULT_CHARACTERS
    text = settings.pattern if options.pattern is None else options.pattern
    pattern = code_pattern(text, characters, definitions.codes.case_sensitivity, "pattern")
    if isinstance(pattern, tuple):
        raise ExpressionError(pattern[0].details)
    if pattern.capacity < CODES_OF_PATTERN_MIN:
        raise ExpressionError(
            f'the pattern "{text}" makes {pattern.capacity:,} codes; of one that rules draw from '
            f"there must be at least {CODES_OF_PATTERN_MIN:,}"
        )
    return pattern


def attributes_for(
    entity: Entity, start: Mapping[str, JSON], sent: Mapping[str, Value], definitions: AttributeDefinitions
) -> dict[str, JSON]:
    """The attributes a new code starts with. Raises ExpressionError for those that it cannot have."""
    accepted, refusals = accept(entity, as_json(dict(sent)), definitions, "")
    if refusals:
        raise ExpressionError(refusals[0].details)
    return merge(start, accepted)


def _settings_of(source: CodeSource, entity: Entity) -> CodeSettings:
    """The campaign's settings for coupons, or for referrals."""
    return source.coupons if entity == "Coupon" else source.referrals


def refuse(arguments: tuple[Known, ...], definitions: Definitions, entity: Entity) -> str | None:
    """What is wrong with a new code as far as its rule is written out: its campaign, its options, its pattern."""
    allowed = COUPON_OPTIONS if entity == "Coupon" else REFERRAL_OPTIONS
    campaign_id = arguments[0].value
    entries = (arguments[2].entries or {}) if len(arguments) > 2 else {}
    written = {name: entry.value for name, entry in entries.items() if entry.value is not UNSET}
    try:
        unknown = sorted(set(entries) - allowed)
        if unknown:
            return _unknown(unknown[0], allowed)
        options = read_options(written, allowed)
        if "attributes" in entries:
            sent = entries["attributes"].entries or {}
            known = {name: None if each.value is UNSET else each.value for name, each in sent.items()}
            attributes_for(entity, {}, known, definitions.attributes)
        if {"pattern", "validCharacters"} & set(entries) <= set(written):
            if isinstance(campaign_id, Decimal):
                pattern_of(definitions, _settings_of(source_of(definitions, campaign_id), entity), options)
            elif options.pattern is not None:
                pattern_of(definitions, CodeSettings(), options)
    except ExpressionError as error:
        return error.message
    return None


def _unknown(name: str, allowed: frozenset[str]) -> str:
    return f'"{name}" is not an option of a new code; use {", ".join(sorted(allowed))}'


def _uses(name: str, value: Value) -> int:
    """How often: a formula may give a fraction, which is cut off."""
    if not isinstance(value, Decimal) or not 0 <= value < USES_MAX + 1:
        raise ExpressionError(f"{name} must be a number from 0 to {USES_MAX}")
    return int(value.to_integral_value(ROUND_FLOOR))


def _money(name: str, value: Value) -> Decimal:
    if not isinstance(value, Decimal) or not 0 <= value <= DISCOUNT_MAX:
        raise ExpressionError(f"{name} must be a number from 0 to {DISCOUNT_MAX}")
    return value


def _time(name: str, value: Value) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and is_time(value):
        return datetime.fromisoformat(value.upper())
    raise ExpressionError(f"{name} must be a time")


def _text(name: str, value: Value) -> str:
    if not isinstance(value, str):
        raise ExpressionError(f"{name} must be a text")
    return value


def _flag(name: str, value: Value) -> bool:
    if not isinstance(value, bool):
        raise ExpressionError(f"{name} must be true or false")
    return value


def _map(name: str, value: Value) -> dict[str, JSON]:
    if not isinstance(value, dict):
        raise ExpressionError(f"{name} must be a map")
    return value


_READERS: Mapping[str, Callable[[str, Value], object]] = {
    "usageLimit": _uses,
    "discountLimit": _money,
    "startDate": _time,
    "expiryDate": _time,
    "attributes": _map,
    "validCharacters": _text,
    "pattern": _text,
    "storeInSession": _flag,
}
_FIELDS: Mapping[str, str] = dict(zip(CodeOptions.__struct_encode_fields__, CodeOptions.__struct_fields__, strict=True))
