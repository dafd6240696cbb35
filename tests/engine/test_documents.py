"""What is written down for storage reads back as it was."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from largesse.engine.budgets import CountBudget
from largesse.engine.codes.coupons import UseCoupon
from largesse.engine.customers.profiles import UpdateProfile
from largesse.engine.effects.catalogue import CATALOGUE
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import EffectRecord, told
from largesse.engine.effects.set_discount import SetDiscountProps
from largesse.engine.formats.documents import (
    decode_consumed,
    decode_effects,
    decode_session,
    encode_consumed,
    encode_effects,
    encode_session,
)
from largesse.engine.shopping.cart import CartItem
from largesse.engine.shopping.sessions import Session

NOW = datetime(2026, 1, 1, 12, 30, tzinfo=UTC)


def test_session() -> None:
    item = CartItem(
        "a", 2, Decimal("0.1000000000000000055"), attributes={"n": Decimal(3), "deep": [{"x": Decimal("1.5")}]}
    )
    session = Session(7, 1, "s1", NOW, NOW, cart_items=(item,), attributes={"n": Decimal(1), "t": "x", "b": True})
    assert decode_session(encode_session(session)) == session


def test_effects() -> None:
    record = EffectRecord(1, 2, 0, "ten off", "setDiscount", SetDiscountProps("ten", Decimal("9.999")), 5)
    used = (
        UseCoupon(3, "ann", 0, Decimal("9.999")),
        CountBudget(1, "setDiscount|overall", "setDiscount", "overall", Decimal("9.999"), Decimal(10)),
    )
    assert decode_effects(encode_effects((record,))) == (record,)
    costly = structs.replace(record, used=used)
    assert decode_effects(encode_effects((costly, record))) == (costly, record)
    assert told((costly, record)) == (record, record)
    assert b"used" not in encode_effects((record,))
    assert decode_effects(encode_effects(())) == ()


def test_consumed() -> None:
    consumed = (
        UseCoupon(3, "ann", 1, Decimal("2.50")),
        CountBudget(1, "setDiscount|overall", "setDiscount", "overall", Decimal("2.5"), Decimal(10)),
        UpdateProfile("ann", closed_sessions=1, total_sales=Decimal("99.99")),
    )
    assert decode_consumed(encode_consumed(consumed)) == consumed


@pytest.mark.parametrize("effect", CATALOGUE, ids=lambda effect: effect.name)
def test_every_effect_says_what_it_is(effect: Effect) -> None:
    assert effect.doc
    assert effect.props.__doc__
