"""`largesse eval --batch`: what each line is answered with."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from largesse.cli.eval.batch import LINE_BYTES_MAX, replies

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def reply(line: str | bytes) -> dict[str, Any]:
    """The reply to one line."""
    (one,) = replies(io.BytesIO(line.encode() if isinstance(line, str) else line), NOW)
    read: dict[str, Any] = json.loads(one)
    return read


def evaluated(expression: object, binding: object = None) -> dict[str, Any]:
    """The reply to an expression."""
    return reply(json.dumps({"expression": expression} | ({} if binding is None else {"binding": binding})))


@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [
        ("(+ 1 2.50)", "Decimal", "3.5"),
        (["+", 0.1, 0.2], "Decimal", "0.3"),
        ("12345678901234567890.5", "Decimal", "12345678901234567890.5"),
        ('(concat "a" "é")', "String", "aé"),
        ("Hello", "String", "Hello"),
        ("(= 1 1)", "Boolean", True),
        ("null", "Null", None),
        ("(. Now)", "Time", "2026-03-01T12:00:00Z"),
        ("2026-03-01T12:00:00+02:00", "Time", "2026-03-01T12:00:00+02:00"),
        ([["x"], ["+", 1, 2]], "Token", "((x) (+ 1 2))"),
        ([["Item"], ["+", 1, 2]], "Token", "((Item) (+ 1 2))"),
        ("(list 1 a)", "List", [{"kind": "Decimal", "value": "1"}, {"kind": "String", "value": "a"}]),
        ("(kv (a true))", "Map", {"a": {"kind": "Boolean", "value": True}}),
    ],
)
def test_every_kind_is_written_its_own_way(expression: object, kind: str, value: object) -> None:
    assert evaluated(expression) == {"kind": kind, "value": value}


def test_a_binding_names_values_and_walks_into_them() -> None:
    binding = {"Session": {"Total": 10.50, "Items": [{"Price": 1}, {"Price": 2.25}]}, "Nothing": None}
    assert evaluated("(* (. session Total) 0.1)", binding)["value"] == "1.05"
    assert evaluated("(sum (. Session Items) ((Item) (. Item Price)))", binding)["value"] == "3.25"
    assert evaluated("(catch fallback (. Session Missing))", binding)["value"] == "fallback"
    assert "Unable to find `Nothing`" in evaluated([".", "Nothing"], binding)["error"]["message"]


@pytest.mark.parametrize(
    ("line", "code", "span", "words"),
    [
        ({"expression": "(+ 1 (fooo 2))"}, "unknown_function", [5, 13], "did you mean `floor`?"),
        ({"expression": "(+ 1 x"}, "bad_text", [0, 1], "never closed"),
        ({"expression": "(+ 1 (/ 2 0))"}, "no_value", [5, 12], "Division by zero"),
        ({"expression": "(. X y)", "binding": {"X": {}}}, "no_value", [0, 7], "Unable to find `X.y`"),
        ({"expression": ["and", ["fooo"]]}, "unknown_function", None, "/1: there is no function"),
        ({"expression": {"a": 1}}, "bad_json", None, "an object"),
        ({"expression": "1", "binding": []}, "wrong_binding", None, "must be an object"),
        ({"expression": "1", "binding": {"a": 1, "A": 2}}, "wrong_binding", None, "bound twice"),
        ({"expression": "1", "binding": {"a": "\ud800"}}, "wrong_binding", None, "text of at most"),
        ({"binding": {}}, "bad_line", None, "expression"),
        ([1], "bad_line", None, "object"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(line: Any, code: str, span: object, words: str) -> None:
    error = reply(json.dumps(line))["error"]
    assert sorted(error) == ["code", "message", "span"]
    assert (error["code"], error["span"]) == (code, span)
    assert words in error["message"]


@pytest.mark.parametrize(
    "line",
    [
        "nope",
        b"\xff",
        '{"expression": NaN}',
        "",
        "   ",
        "[" * 100_000,
        '{"expression": 1, "expression": 2}',
        '{"expression": 1, "binding": {"a": {"b": 1, "b": 2}}}',
        '{"expression": [".", "a"], "binding": {"a": [{"\\ud800": 1}]}}',
        '{"expression": 1}'.encode("utf-16"),
        '{"expression": 1e99999999999999999999}',
        '{"expression": 1, "binding": ' + '{"a":' * 200 + "1" + "}" * 200 + "}",
        '{"expression": 1, "binding": {"a": 1' + "0" * 5000 + "}}",
    ],
)
def test_hostile_lines_are_refused_and_the_next_is_answered(line: str | bytes) -> None:
    raw = line.encode() if isinstance(line, str) else line
    first, second = map(json.loads, replies(io.BytesIO(raw + b'\n{"expression": 1}\n'), NOW))
    assert first["error"]["code"] in {"bad_line", "wrong_binding"}
    assert second == {"kind": "Decimal", "value": "1"}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (["catch", 5, [".", "Nope", "Total"]], "5"),
        ([".|", "none", [".", "Nope"]], "none"),
        (["catch", ["+", 1, 1], ["panic"]], "2"),
        (["catch", 7, ["+", "2", 2]], "7"),
        (["catch", 7, ["+", 1, ["catch", "x", ["nope"]]]], "7"),
        (["count", ["filter", ["list", 1, 2], [["x"], ["catch", False, ["=", [".", "Item"], 1]]]]], "0"),
    ],
)
def test_whatever_fails_in_an_attempt_has_a_fallback(expression: object, value: str) -> None:
    assert evaluated(expression)["value"] == value


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        (["catch", ["nope"], 5], "unknown_function"),
        (["+", ["catch", 5, ["nope"]], "a"], "no_value"),
        (["catch", 5, ["x" * 2000]], "too_large"),
        ([".", "Nope"], "unknown_name"),
    ],
)
def test_mistakes_elsewhere_are_told(expression: object, code: str) -> None:
    assert evaluated(expression)["error"]["code"] == code


def test_a_value_too_large_to_be_written_is_refused() -> None:
    doubled: object = ["list", 1]
    for name in "fedcba":
        body: object = [".", name] if name == "f" else doubled
        doubled = [
            "do",
            ["list", *range(9)] if name == "a" else ["map", ["list", *range(9)], [["i"], [".", chr(ord(name) - 1)]]],
            [[name], body],
        ]
    assert evaluated(doubled)["error"]["message"].endswith("A value may hold 10,000 others")


def test_a_line_beyond_its_ceiling_is_passed_over() -> None:
    raw = b'{"expression": "' + b"a" * (2 * LINE_BYTES_MAX) + b'"}\n{"expression": 1}'
    first, second = map(json.loads, replies(io.BytesIO(raw), NOW))
    assert first["error"]["code"] == "bad_line"
    assert second["value"] == "1"
