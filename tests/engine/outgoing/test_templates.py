"""Templates: what is filled in, and how it is written where it stands."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from largesse.engine.outgoing.parameters import Parameter, fits, names_of, spellings, values_of
from largesse.engine.outgoing.templates import (
    fill_json,
    fill_json_text,
    fill_text,
    is_json,
    json_of_template,
    names_in,
    path_of,
    references_in,
)
from largesse.engine.outgoing.webhooks import WebhookDefinition, address_of, address_refusal, header_of, prepare
from largesse.language import ExpressionError

VALUES: dict[str, Any] = {
    "n": Decimal("12.50"),
    "text": 'say "hi"\n',
    "yes": True,
    "list": ["a", Decimal(2)],
    "at": datetime(2026, 5, 1, tzinfo=UTC),
    "Session.Total": Decimal(100),
}


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ('{"a": "${$n}"}', {"a": Decimal("12.5")}),
        ('{"a": ${$n}}', {"a": Decimal("12.5")}),
        ('{"a": ${n}, "b": "${ $yes }"}', {"a": Decimal("12.5"), "b": True}),
        ('{"a": "for ${$n} and ${$Session.Total}"}', {"a": "for 12.5 and 100"}),
        ('{"a": ["${$list}", "x ${$list}"]}', {"a": [["a", Decimal(2)], 'x ["a",2]']}),
        ('{"a": {"b": "${$text}"}}', {"a": {"b": 'say "hi"\n'}}),
        ('{"${$n}": 1, "price": "$5", "x": null}', {"${$n}": 1, "price": "$5", "x": None}),
        ('{"a": "${$at}"}', {"a": "2026-05-01T00:00:00+00:00"}),
    ],
)
def test_json_is_filled_with_values_of_their_kinds(template: str, filled: Any) -> None:
    assert fill_json(json_of_template(template), VALUES.__getitem__) == filled


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ('{"a": "${$n}", "b": ${$n}}', '{"a": "12.5", "b": 12.5}'),
        ('{"a": "${$text}", "b": ${$text}}', '{"a": "say \\"hi\\"\\n", "b": "say \\"hi\\"\\n"}'),
        ('{"a": ${$list}, "b": "${$list}"}', '{"a": ["a",2], "b": "[\\"a\\",2]"}'),
        ('{"a": ${$yes}}', '{"a": true}'),
    ],
)
def test_json_texts_stay_as_they_are_written(template: str, filled: str) -> None:
    assert is_json(template)
    assert fill_json_text(template, VALUES.__getitem__) == filled


def test_other_texts_take_values_as_text() -> None:
    assert not is_json("<n>${$n}</n>")
    assert fill_text("<n>${$n}</n> ${$yes}", VALUES.__getitem__) == "<n>12.5</n> true"


def test_what_a_template_names() -> None:
    text = '{"a": "${$Name} ${$name}", "b": ${$Session.Total}, "c": "${$Session.Total} ${}"}'
    assert names_in(text) == ("Name", "name", "Session.Total", "")
    assert references_in([text], [Parameter("string", "Name")]) == ("Session.Total", "")
    assert path_of("Session.Total") == ("Session", "Total")
    assert [path_of(name) for name in ("", "Session", "1 + 2", "f(1)", "Session.")] == [None] * 5


def test_parameters_are_called_by_their_titles() -> None:
    parameters = [
        Parameter("string", title, key) for title, key in (("Order ID", "order"), ("order id", None), (" ", None))
    ]
    assert names_of(parameters) == ("order_id", "param_1", "param_2")
    assert spellings(parameters) == {
        "order_id": "order_id",
        "param_1": "param_1",
        "param_2": "param_2",
        "Order ID": "order_id",
        "order": "order_id",
        "order id": "param_1",
        " ": "param_2",
    }


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("string", "a", Decimal(1)),
        ("boolean", True, "true"),
        ("number", Decimal(1), True),
        ("time", "2026-05-01T00:00:00Z", "tomorrow"),
        ("time", VALUES["at"], Decimal(5)),
        ("(list string)", ["a", "b"], ["a", Decimal(1)]),
        ("(list number)", [Decimal(1)], Decimal(1)),
    ],
)
def test_values_are_of_their_parameters_type(kind: Any, good: Any, bad: Any) -> None:
    assert fits(kind, good)
    assert not fits(kind, bad)
    parameters = [Parameter(kind, "P")]
    assert values_of(parameters, {"P": good, "Session.Total": 1}, ["Session.Total"])["p"] == good
    for given in ({"p": bad}, {}):
        with pytest.raises(ExpressionError, match='parameter "p"'):
            values_of(parameters, given, ())
    with pytest.raises(ExpressionError, match=r"Session\.Total"):
        values_of(parameters, {"p": good}, ["Session.Total"])


def hook(**changes: Any) -> WebhookDefinition:
    given: dict[str, Any] = {"id": 7, "title": "Tell", "verb": "POST", "url": "shop.example/x"}
    return WebhookDefinition(**given | changes)


def test_a_call_is_filled_in() -> None:
    webhook = hook(
        url="https://shop.example/o/${$id}?q=${$id}",
        headers=("X-Order: no ${$id}", '{"A": "b"}'),
        payload='{"id": "${$id}"}',
        params=(Parameter("string", "ID"),),
        authentication_id=5,
    )
    call = prepare(webhook).call({"id": "ä/1 &"}, "m", 3)
    assert (call.message_id, call.webhook_id, call.title, call.campaign_id) == ("m", 7, "Tell", 3)
    assert (call.verb, call.authentication_id) == ("POST", 5)
    assert call.url == "https://shop.example/o/%C3%A4%2F1%20%26?q=%C3%A4%2F1%20%26"
    assert call.headers == (("X-Order", "no ä/1 &"), ("A", "b"), ("Content-Type", "application/json"))
    assert call.body == '{"id": "ä/1 &"}'


def test_a_call_that_cannot_be_filled_in() -> None:
    params = (Parameter("string", "ID"),)
    with pytest.raises(ExpressionError, match="control characters"):
        prepare(hook(headers=("A: ${$id}",), params=params)).call({"id": "a\r\nB: c"}, "m", 3)
    with pytest.raises(ExpressionError, match="draft"):
        prepare(hook(draft=True)).call({}, "m", 3)
    plain = prepare(hook(payload="id=${$id}", params=params, headers=("Content-Type: text/plain",)))
    assert plain.call({"id": "1"}, "m", 3).body == "id=1"


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("a.example:8080/x", "https://a.example:8080/x"),
        ("http://10.0.0.1", "http://10.0.0.1"),
    ],
)
def test_addresses(url: str, whole: str) -> None:
    assert address_refusal(url) is None
    assert address_of(url) == whole


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a.example",
        "https://",
        "https://:80/x",
        "https://${$host}/x",
        "https://a.${$zone}/x",
        "${$url}",
        "https://a.example\\b.example/${$x}",
        "https://a.example@b.example/",
        "https://a b.example/",
    ],
)
def test_whom_a_request_goes_to_is_settled(url: str) -> None:
    assert address_refusal(url) is not None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A: b", ("A", "b")),
        ("A:b:c", ("A", "b:c")),
        ("A", ("A", "")),
        ('{"A": "b"}', ("A", "b")),
        ("{}", ("", "")),
        ("{A: b", ("{A", "b")),
    ],
)
def test_headers(written: str, read: tuple[str, str]) -> None:
    assert header_of(written) == read
