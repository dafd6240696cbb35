"""`largesse explain`: a shop and a cart from files."""

import json
from pathlib import Path

from tests.support.program import run_largesse

SHOP = {
    "campaigns": [
        {
            "name": "big carts",
            "ruleset": {
                "rules": [
                    {
                        "title": "100 or more",
                        "condition": ["and", [">=", [".", "Session", "Total"], 100]],
                        "effects": [["setDiscount", "big", 5]],
                    }
                ]
            },
        }
    ]
}
SESSION = {"customerSession": {"cartItems": [{"sku": "a", "quantity": 1, "price": 96.6}]}}


def test_a_cart_is_explained_in_lines_and_as_json(tmp_path: Path) -> None:
    shop, session = tmp_path / "shop.json", tmp_path / "session.json"
    shop.write_text(json.dumps(SHOP))
    session.write_text(json.dumps(SESSION))
    printed = run_largesse("explain", str(shop), str(session))
    assert (printed.status, printed.output.splitlines()) == (
        0,
        [
            "big carts: not triggered",
            "  100 or more: did not fire",
            "    the session total is 96.6; at least 100 is wanted → 3.40 more in the cart",
        ],
    )
    told = json.loads(run_largesse("explain", str(shop), str(session), "--json").output)
    assert told["campaigns"][0]["rules"][0]["reasons"][0]["fix"]["amount"] == 3.4
    assert sorted(told) == ["campaigns", "codes"]


def test_files_of_another_shape_are_refused_in_a_sentence(tmp_path: Path) -> None:
    good, bad = tmp_path / "shop.json", tmp_path / "bad.json"
    good.write_text(json.dumps(SHOP))
    for content in ("[]", "{", '{"campaigns": [3]}', '{"campaigns": [{"ruleset": {"rules": [{}]}}]}'):
        bad.write_text(content)
        refused = run_largesse("explain", str(bad), str(good))
        assert (refused.status, refused.output) == (1, ""), content
        assert "Traceback" not in refused.errors
    bad.write_text("{}")
    assert "bad.json is no shop: it has no 'campaigns'" in run_largesse("explain", str(bad), str(good)).errors
    for content in ("[]", "{", '{"cartItems": [{"sku": "a"}]}', '{"cartItems": 3}'):
        bad.write_text(content)
        refused = run_largesse("explain", str(good), str(bad))
        assert (refused.status, refused.output) == (1, ""), content
        assert "Traceback" not in refused.errors
