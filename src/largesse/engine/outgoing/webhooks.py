"""Webhooks: requests to other systems that rules ask for, filled in when the rule runs and sent later.

Source: semantics, section 25.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from largesse.engine.attributes import JSON
from largesse.engine.outgoing.parameters import Parameter, spellings, values_of
from largesse.engine.outgoing.templates import fill_json_text, fill_text, is_json, references_in
from largesse.language import ExpressionError

Verb = Literal["POST", "PUT", "GET", "DELETE", "PATCH"]

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HOST_END = re.compile(r"[/?#]")


class WebhookDefinition(Struct, frozen=True):
    """One webhook; `url`, the values of `headers` ("Name: value") and `payload` are templates.

    A draft is not called yet. Naming no Application means all. `enabled` only says whether it is offered to authors of
    rules.
    """

    id: int
    title: str
    verb: Verb
    url: str
    headers: tuple[str, ...] = ()
    payload: str = ""
    params: tuple[Parameter, ...] = ()
    application_ids: tuple[int, ...] = ()
    draft: bool = False
    enabled: bool = True
    authentication_id: int | None = None


class CallWebhook(Struct, frozen=True, tag=True):
    """Change: send a request once this is stored. `message_id` is what the receiver tells a repetition by."""

    message_id: str
    webhook_id: int
    title: str
    campaign_id: int
    verb: Verb
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str
    authentication_id: int | None = None


class PreparedWebhook(Struct, frozen=True):
    """A definition with its headers taken apart, what its templates read, and every spelling of its parameters."""

    definition: WebhookDefinition
    headers: tuple[tuple[str, str], ...]
    references: tuple[str, ...]
    meant: Mapping[str, str]
    has_json: bool

    def call(self, given: Mapping[str, JSON], message_id: str, campaign_id: int) -> CallWebhook:
        """The request with values given by parameter, and by reference for what the templates read.

        Raises ExpressionError where a value is missing, of another type, or no text for a header.
        """
        webhook = self.definition
        if webhook.draft:
            raise ExpressionError(f'the webhook "{webhook.title}" is a draft')
        values = values_of(webhook.params, given, self.references)

        def value_of(name: str) -> JSON:
            return values[self.meant.get(name, name)]

        fill = fill_json_text if self.has_json else fill_text
        return CallWebhook(
            message_id=message_id,
            webhook_id=webhook.id,
            title=webhook.title,
            campaign_id=campaign_id,
            verb=webhook.verb,
            url=fill_text(address_of(webhook.url), value_of, _percent_encoded),
            headers=tuple((name, _on_one_line(name, fill_text(value, value_of))) for name, value in self.headers),
            body=fill(webhook.payload, value_of),
            authentication_id=webhook.authentication_id,
        )


Webhooks: TypeAlias = Mapping[int, PreparedWebhook]


def prepare(definition: WebhookDefinition) -> PreparedWebhook:
    """A definition ready to be called."""
    headers = tuple(map(header_of, definition.headers))
    texts = (definition.url, *(value for _, value in headers), definition.payload)
    has_json = bool(definition.payload) and is_json(definition.payload)
    if has_json and not any(name.lower() == "content-type" for name, _ in headers):
        headers = (*headers, ("Content-Type", "application/json"))
    references = references_in(texts, definition.params)
    return PreparedWebhook(definition, headers, references, spellings(definition.params), has_json)


def usable_in(application_id: int, definitions: Iterable[WebhookDefinition]) -> Webhooks:
    """The webhooks that rules of one Application may call, by id."""
    return {
        definition.id: prepare(definition)
        for definition in definitions
        if not definition.application_ids or application_id in definition.application_ids
    }


def header_of(text: str) -> tuple[str, str]:
    """Name and value of a header; both notations of the published examples are read."""
    if text.startswith("{"):
        try:
            name, value = next(iter(msgspec.json.decode(text, type=dict[str, str]).items()), ("", ""))
        except msgspec.DecodeError:
            pass
        else:
            return name.strip(), value.strip()
    name, _, value = text.partition(":")
    return name.strip(), value.strip()


def address_of(url: str) -> str:
    """A URL with its scheme, which may be left out: https."""
    return url if _SCHEME.match(url) else f"https://{url}"


def address_refusal(url: str) -> str | None:
    """What is wrong with a URL: whom a request goes to is settled by the URL alone, never by a rule's values."""
    scheme, _, rest = address_of(url).partition("://")
    if scheme.lower() not in ("http", "https"):
        return "the URL must begin with http:// or https://"
    host = _HOST_END.split(rest, maxsplit=1)[0]
    if "$" in host or "{" in host:
        return "placeholders may stand in the path and after it, not in the host"
    if not host or host.startswith(":") or not host.isprintable() or " " in host:
        return "the URL must name a host"
    if "\\" in host:
        return "the host must hold no backslash"
    if "@" in host:
        return "the URL must hold no password; use an authentication"
    return None


def _percent_encoded(text: str) -> str:
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in text.encode())


def _on_one_line(name: str, value: str) -> str:
    if not value.isprintable() and value:
        raise ExpressionError(f'the header "{name}" may not hold line breaks or control characters')
    return value
