"""The official SDK as it is published, pointed at a server of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import talon_one
from talon_one.exceptions import ApiException

from tests.support.api import integration_sdk, management_sdk

# Required by the contract, which does not describe it; the SDK does not know it.
UNDESCRIBED = {"previousExpirationDate"}


@dataclass(frozen=True)
class Sdk:
    """Both clients; `called` are the names of the methods that were called, in order."""

    management: Any
    integration: Any
    called: list[str] = field(default_factory=list)


class Listed:
    """An SDK client that also writes down what is called."""

    def __init__(self, client: object, called: list[str]) -> None:
        self._client = client
        self._called = called

    def __getattr__(self, name: str) -> Any:
        self._called.append(name)
        return getattr(self._client, name)


@contextmanager
def open_sdk(url: str, *, staff: str, key: str) -> Iterator[Sdk]:
    """The SDK with a whole Authorization header of staff and a shop's key."""
    with management_sdk(url, staff) as management, integration_sdk(url, key) as integration:
        called: list[str] = []
        yield Sdk(Listed(management, called), Listed(integration, called), called)


def exported(client: Any, method: str, *arguments: object, **filters: object) -> str:
    """The file that a method exports.

    The SDK asks for CSV and then says that it cannot read any, so the answer is asked for once more, as it is.
    """
    try:
        getattr(client, method)(*arguments, **filters)
    except ApiException as unread:
        if "Unsupported content type: application/csv" not in str(unread.reason):
            raise
    answer = getattr(client, f"{method}_without_preload_content")(*arguments, **filters)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/csv")
    text: str = answer.data.decode()
    return text


@dataclass(frozen=True)
class Refusal:
    """What the SDK makes of a refusal, in short; `places` are pointers and ?parameters."""

    status: int
    message: str
    places: tuple[str, ...] = ()


@contextmanager
def refused(expected: Refusal) -> Iterator[None]:
    """What happens inside is refused in this way, and the SDK understands the answer."""
    with pytest.raises(ApiException) as raised:
        yield
    assert read_refusal(raised.value) == expected


def read_refusal(error: ApiException) -> Refusal:
    """A refusal as the SDK's own error model reads it; where the contract gives the status none, from the body."""
    body: Any = error.data or talon_one.ErrorResponseWithStatus.from_json(error.body or "")
    assert error.status == getattr(body, "status_code", error.status)
    sources = [each.source for each in body.errors]
    return Refusal(error.status, body.message, tuple(source.pointer or f"?{source.parameter}" for source in sources))


def props_of(effect: talon_one.Effect) -> Any:
    """The props of an effect as the SDK's model for its type; nothing may be lost on the way.

    The SDK leaves props as they came, since the contract tells them apart only by the effect's type.
    """
    name = effect.effect_type[0].upper() + effect.effect_type[1:].removesuffix("Effect")
    props = getattr(talon_one, f"{name}EffectProps").from_dict(effect.props)
    told = {key: value for key, value in (effect.props or {}).items() if key not in UNDESCRIBED}
    assert _plain(props.to_dict()) == _plain(told)
    return props


def _plain(value: Any) -> Any:
    """Props with times and UUIDs as they are written; the SDK reads them."""
    match value:
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case UUID():
            return str(value)
        case list():
            return [_plain(each) for each in value]
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case _:
            return value
