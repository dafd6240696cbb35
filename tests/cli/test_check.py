"""`largesse check`: every mistake of a file, before anything is sent."""

import json
from pathlib import Path
from typing import Any

from tests.support.program import Finished, run_largesse

GOOD: dict[str, Any] = {
    "rules": [
        {
            "title": "for gold",
            "condition": ["and", ["=", [".", "Profile", "Attributes", "Tier"], "gold"]],
            "effects": [["setDiscount", "gold", 5]],
        }
    ],
    "bindings": [],
}
TIER = {"entity": "CustomerProfile", "name": "Tier", "type": "string"}


def checked(folder: Path, content: object, *more: str) -> Finished:
    """What the command says of a file with this content."""
    file = folder / "file.json"
    file.write_text(json.dumps(content))
    return run_largesse("check", str(file), *more)


def test_a_ruleset_is_checked_with_the_attributes_it_reads(tmp_path: Path) -> None:
    attributes = tmp_path / "attributes.json"
    attributes.write_text(json.dumps({"data": [TIER]}))
    good = checked(tmp_path, GOOD, "--attributes", str(attributes))
    assert (good.status, good.output) == (0, f"{tmp_path}/file.json: no mistakes in 1 ruleset.\n")
    unknown = checked(tmp_path, GOOD)
    assert unknown.status == 1
    assert "/rules/0/condition/1/1/3: unknown_field" in unknown.output


def test_all_mistakes_of_all_campaigns_are_printed(tmp_path: Path) -> None:
    bad = {
        "rules": [
            {"title": "a", "condition": ["and", [">", [".", "Session", "Totl"], 1]], "effects": [["setDiscount"]]}
        ]
    }
    shop = {
        "attributes": [TIER],
        "campaigns": [{"name": "a", "ruleset": GOOD}, {"name": "b", "ruleset": bad}, {"name": "c"}],
    }
    refused = checked(tmp_path, shop)
    assert refused.status == 1
    places = [line.split(": ")[1] for line in refused.output.splitlines()]
    assert places == ["/campaigns/1/ruleset/rules/0/condition/1/1/2", "/campaigns/1/ruleset/rules/0/effects/0"]
    assert "did you mean `Total`?" in refused.output


BLOCKS: dict[str, Any] = {
    "promotionRules": [
        {
            "title": "two for gold",
            "blocks": [
                {
                    "id": "1",
                    "type": "checkAttribute",
                    "operator": "inCollection",
                    "attribute": "$Profile.Attributes.Tier",
                    "value": "metals",
                },
                {
                    "id": "2",
                    "type": "awardDiscount",
                    "name": "pair",
                    "value": "{{$Bundle.Total / 2}}",
                    "partial": False,
                    "target": {"type": "bundle", "name": "Pair", "prorated": True},
                },
            ],
        }
    ],
    "bundles": [{"name": "Pair", "type": "bundle", "items": [{"source": "$Dear", "quantity": 2}]}],
}
DEAR = {"name": "Dear", "expression": ["filter", [".", "Session", "CartItems"], [["Item"], True]]}


def test_rulesets_of_blocks_are_checked_block_by_block(tmp_path: Path) -> None:
    shop: dict[str, Any] = {"attributes": [TIER], "cartItemFilters": [DEAR]}
    shop["campaigns"] = [{"name": "a", "ruleset": BLOCKS, "collections": [{"name": "metals", "items": ["gold"]}]}]
    good = checked(tmp_path, shop)
    assert (good.status, good.output) == (0, f"{tmp_path}/file.json: no mistakes in 1 ruleset.\n")
    shop["campaigns"][0].pop("collections")
    refused = checked(tmp_path, shop)
    assert "/campaigns/0/ruleset/promotionRules/0/blocks/0: wrong_value" in refused.output
    alone = checked(tmp_path, BLOCKS)
    assert alone.status == 1
    places = [line.split(": ")[1] for line in alone.output.splitlines()]
    assert sorted(places) == [
        "/bundles/0/items/0/source",
        "/promotionRules/0/blocks/0",
        "/promotionRules/0/blocks/0/attribute",
    ]


def test_a_ruleset_of_blocks_of_another_shape_is_refused(tmp_path: Path) -> None:
    assert "/promotionRules/0/blocks: Required" in checked(tmp_path, {"promotionRules": [{"title": "a"}]}).output
    unknown = {"promotionRules": [{"title": "a", "blocks": [{"id": "1", "type": "checkCoupn"}]}]}
    assert "/promotionRules/0/blocks/0/type: bad_json" in checked(tmp_path, unknown).output


def test_a_file_of_another_shape_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "/rules/0/condition: Required" in checked(tmp_path, {"rules": [{"title": "a"}], "bindings": []}).output
    assert "neither a ruleset nor a shop" in checked(tmp_path, [1]).errors
    assert "no list of attributes" in checked(tmp_path, GOOD, "--attributes", str(tmp_path / "file.json")).errors
    assert "is not one" in checked(tmp_path, {**GOOD, "attributes": [{"name": "x"}]}).errors
    assert "is not one" in checked(tmp_path, {**GOOD, "application": {"timezone": 3}}).errors
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    refused = run_largesse("check", str(broken))
    assert (refused.status, refused.output) == (1, "")
    assert "is not JSON" in refused.errors
