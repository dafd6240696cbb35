"""Conditions about what is there: items that are missing, codes that must go, values nobody sent."""

import re
from decimal import Decimal

from msgspec import UNSET, UnsetType

from largesse.engine.evaluation.why.findings import Finding
from largesse.engine.evaluation.why.items import item_noun, kept
from largesse.engine.evaluation.why.telling import Telling
from largesse.engine.evaluation.why.told import Fix
from largesse.engine.evaluation.why.words import counted, named, path_of, plural, shown, spoken
from largesse.language import Explanation

_MISSING = re.compile(r"Unable to find `(.+)`")
_ONE = Decimal(1)


def exists(told: Explanation, telling: Telling) -> Finding:
    """`exists` that found nothing."""
    items, block = told.operands
    noun = item_noun(items.node, telling.bindings)
    if noun is None:
        return Finding(f"nothing in {named(items.node)} is as demanded: {told.text}", actual=shown(items.value))
    return _nothing(f"{noun} {kept(block.node)}")


def every(told: Explanation, telling: Telling) -> Finding:
    """`every` that met an exception."""
    items, block = told.operands
    noun = item_noun(items.node, telling.bindings)
    if noun is None:
        return Finding(f"not everything in {named(items.node)} is as demanded: {told.text}")
    return Finding(f"not every {noun} is one {kept(block.node)}")


def is_empty(told: Explanation, telling: Telling) -> Finding:
    """`isEmpty` of something that is not."""
    what = told.operands[0]
    noun = item_noun(what.node, telling.bindings)
    if noun is not None and isinstance(what.value, list | tuple):
        count = len(what.value)
        fix = Fix("items", f"{counted(count, noun)} fewer", amount=Decimal(count))
        return Finding(f"{counted(count, noun)} in the cart, and there must be none", fix=fix)
    text = f"{named(what.node)}: {spoken(what.value)}, and there must be none"
    return Finding(text, actual=shown(what.value), fix=_without_codes(what))


def held(told: Explanation, telling: Telling) -> Finding:
    """Something that holds and, inside `not`, must not."""
    first = told.operands[0] if told.operands else told
    if told.function == "isempty":
        noun = item_noun(first.node, telling.bindings)
        if noun is not None:
            return _nothing(noun)
        if path_of(first.node).lower() == "session.couponcodes":
            return Finding("no code is in the session", fix=Fix("coupon", "enter a code"))
    if told.function in ("couponvalid", "couponvalidnoredeem"):
        return Finding(f"the code {telling.entered} is good, and must not be", fix=_removal((telling.entered,)))
    if told.function == "exists":
        noun = item_noun(first.node, telling.bindings)
        if noun is not None:
            text = f"the cart holds {plural(noun)} {kept(told.operands[1].node)}, and must not"
            return Finding(text)
    if told.function == "do" and path_of(first.node):
        return Finding(f"{named(first.node)} is {spoken(first.value)}, and must not be set", actual=shown(first.value))
    if told.function == "every":
        noun = item_noun(first.node, telling.bindings)
        if noun is not None:
            return Finding(f"every {noun} is one {kept(told.operands[1].node)}, and must not be")
    fix = next((found for part in told.operands if (found := _without_codes(part)) is not UNSET), UNSET)
    return Finding(f"{told.text} holds, and must not", fix=fix)


def missing(told: Explanation) -> Finding:
    """An expression without a value: something is not there, or cannot be computed."""
    message = told.error or ""
    found = _MISSING.search(message)
    if found is None:
        return Finding(f"it cannot be computed: {message}")
    path = found[1]
    root, _, rest = path.partition(".")
    fix: Fix | UnsetType = UNSET
    match root.lower():
        case "profile" if not rest:
            fix = Fix("profile", "say who the customer is (profileId)", path=path)
        case "coupon" if not rest:
            fix = Fix("coupon", "enter a code of this campaign", path=path)
        case "referral" | "advocateprofile" if not rest:
            fix = Fix("referral", "enter a referral code of this campaign", path=path)
        case "store" if not rest:
            fix = Fix("store", "say which store it is (storeIntegrationId)", path=path)
        case "session" | "profile" | "customersession" | "customerprofile" if "ttributes." in rest:
            fix = Fix("value", f"set {path}", path=path)
        case _:
            pass
    return Finding(f"{path} is not known", fix=fix)


def _nothing(noun: str) -> Finding:
    fix = Fix("items", counted(1, noun, more=True), amount=_ONE)
    return Finding(f"no {noun} is in the cart", fix=fix)


def _without_codes(what: Explanation) -> Fix | UnsetType:
    codes = what.value if path_of(what.node).lower() == "session.couponcodes" else ()
    return _removal(tuple(map(str, codes))) if isinstance(codes, list | tuple) and codes else UNSET


def _removal(codes: tuple[str, ...]) -> Fix:
    text = f"remove coupon{'' if len(codes) == 1 else 's'} {', '.join(codes)}"
    return Fix("coupon", text, code=codes[0] if len(codes) == 1 else UNSET)
