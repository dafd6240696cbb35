"""What callers write and see of authentications. The contract publishes their ids; the rest follows the official
models."""

import re
from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from largesse.engine.refusals import INVALID_VALUE, REQUIRED
from largesse.plumbing.http.codec import Omittable, given
from largesse.plumbing.problems import FieldError, at_pointer
from largesse.storage.outgoing.authentications import (
    AuthenticationSettings,
    AuthenticationType,
    StoredAuthentication,
    basic_headers,
)

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# Shown in the place of what is not shown again.
HIDDEN = ""


class AuthenticationData(Struct, frozen=True, kw_only=True, rename="camel"):
    """The secrets: a name and a password of `basic`, or the headers of `custom`, values by name
    [SDK WebhookAuthenticationDataBasic, WebhookAuthenticationDataCustom]."""

    username: Omittable[str] = UNSET
    password: Omittable[str] = UNSET
    headers: Omittable[dict[str, str]] = UNSET


class NewWebhookAuthentication(Struct, frozen=True, kw_only=True, rename="camel"):
    """An authentication to be made, or all that is to be so about it [SDK WebhookAuthentication]."""

    name: str
    type: AuthenticationType
    data: AuthenticationData


class WebhookAuthenticationWebhookRef(Struct, frozen=True, kw_only=True, rename="camel"):
    """A webhook that uses it [SDK WebhookAuthenticationWebhookRef]."""

    id: int
    title: str


class ShownAuthenticationData(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What is shown of the secrets: whose they are, and the names of the headers; never a value."""

    username: str | UnsetType = UNSET
    password: str | UnsetType = UNSET
    headers: dict[str, str] | UnsetType = UNSET


class WebhookAuthentication(Struct, frozen=True, kw_only=True, rename="camel"):
    """An authentication and the webhooks that use it [SDK WebhookAuthentication]."""

    id: int
    created: datetime
    modified: datetime
    created_by: str
    modified_by: str
    webhooks: list[WebhookAuthenticationWebhookRef]
    name: str
    type: AuthenticationType
    data: ShownAuthenticationData


class WebhookAuthentications(Struct, frozen=True, kw_only=True, rename="camel"):
    """All authentications."""

    total_result_size: int
    data: list[WebhookAuthentication]


def show_authentication(authentication: StoredAuthentication) -> WebhookAuthentication:
    """A stored authentication as callers see it."""
    is_basic = authentication.type == "basic"
    data = ShownAuthenticationData(
        username=authentication.username if is_basic else UNSET,
        headers=UNSET if is_basic else dict.fromkeys(authentication.header_names, HIDDEN),
    )
    return WebhookAuthentication(
        id=authentication.id,
        created=authentication.created,
        modified=authentication.modified,
        created_by=authentication.created_by,
        modified_by=authentication.modified_by,
        webhooks=[WebhookAuthenticationWebhookRef(id=id_, title=title) for id_, title in authentication.webhooks],
        name=authentication.name,
        type=authentication.type,
        data=data,
    )


def settings_of(sent: NewWebhookAuthentication) -> AuthenticationSettings:
    """What was sent, once nothing is wrong with it."""
    username = given(sent.data.username) or ""
    if sent.type == "basic":
        headers = basic_headers(username, given(sent.data.password) or "")
    else:
        headers = given(sent.data.headers) or {}
    return AuthenticationSettings(name=sent.name, type=sent.type, username=username, headers=headers)


def refused(sent: NewWebhookAuthentication) -> list[FieldError]:
    """What is wrong with it."""
    if sent.type == "basic":
        missing = [name for name in ("username", "password") if not given(getattr(sent.data, name))]
        if ":" in (given(sent.data.username) or ""):
            return [at_pointer(INVALID_VALUE, "a username holds no colon", "/data/username")]
        return [at_pointer(REQUIRED, f"basic needs a {name}", f"/data/{name}") for name in missing]
    headers = given(sent.data.headers) or {}
    if not headers:
        return [at_pointer(REQUIRED, "custom needs at least one header", "/data/headers")]
    if all(_HEADER_NAME.fullmatch(name) and value.isprintable() for name, value in headers.items()):
        return []
    return [at_pointer(INVALID_VALUE, "a header has a name and a value on one line", "/data/headers")]
