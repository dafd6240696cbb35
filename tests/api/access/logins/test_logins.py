"""Signing in and out over HTTP: createSession, destroySession."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from largesse.api.access.logins.pace import CHECKS_AT_ONCE_MAX, LOGINS_PER_SECOND, Pace
from largesse.plumbing import clock
from largesse.plumbing.database import Database
from largesse.plumbing.problems import TooManyRequests
from largesse.storage.access.logins import TOKEN_LIFE, create_token
from tests.support.api import PASSWORD, Shop, pointers

pytestmark = pytest.mark.anyio


async def sign_in(shop: Shop, email: Any, password: Any) -> httpx.Response:
    return await shop.client.post("/v1/sessions", json={"email": email, "password": password})


async def test_a_token_works_until_it_is_given_back(shop: Shop) -> None:
    answer = await sign_in(shop, f" {shop.staff.email.upper()}", PASSWORD)
    assert answer.status_code == 201
    login = answer.json()
    assert set(login) == {"userId", "token", "created"}
    assert login["userId"] == shop.staff.user_id
    bearer = f"Bearer {login['token']}"
    assert (await shop.manage("GET", shop.path, key=bearer)).status_code == 200
    assert (await shop.manage("DELETE", "/v1/sessions", key=bearer)).status_code == 204
    assert (await shop.manage("GET", shop.path, key=bearer)).status_code == 401
    assert (await shop.manage("GET", shop.path)).status_code == 200, "the other token of the same user"


async def test_wrong_address_and_wrong_password_look_alike(shop: Shop) -> None:
    answers = [await sign_in(shop, shop.staff.email, "wrong"), await sign_in(shop, "nobody@example.com", PASSWORD)]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize(
    ("email", "password", "pointer"), [(None, "x", "/email"), ("a@b.c", None, "/password"), ("a@b.c", 1, "/password")]
)
async def test_what_is_not_an_attempt_is_refused(shop: Shop, email: Any, password: Any, pointer: str) -> None:
    answer = await sign_in(shop, email, password)
    assert (answer.status_code, pointers(answer)) == (400, [pointer])


async def test_attempts_beyond_the_pace_are_turned_away(shop: Shop) -> None:
    attempts = [sign_in(shop, shop.staff.email, "") for _ in range(LOGINS_PER_SECOND + 2)]
    statuses = [answer.status_code for answer in await asyncio.gather(*attempts)]
    assert sorted(statuses) == [401] * LOGINS_PER_SECOND + [429] * 2
    assert (await sign_in(shop, "someone.else@example.com", "")).status_code == 401


def test_the_pace_counts_each_address_for_a_second() -> None:
    pace, start = Pace(), clock.now()

    def attempt(address: str, milliseconds: int) -> bool:
        try:
            with pace.attempt(address, start + timedelta(milliseconds=milliseconds)):
                return True
        except TooManyRequests:
            return False

    assert [attempt("a", 300 * number) for number in range(4)] == [True, True, True, False]
    assert attempt("A ", 950) is False
    assert attempt("b", 950) is True
    assert [attempt("a", 1000), attempt("a", 1001)] == [True, False]


def test_only_so_many_passwords_are_checked_at_once() -> None:
    pace, now = Pace(), clock.now()
    attempts = [pace.attempt(str(number), now) for number in range(CHECKS_AT_ONCE_MAX)]
    for attempt in attempts:
        attempt.__enter__()
    with pytest.raises(TooManyRequests), pace.attempt("late", now):
        pass
    attempts[0].__exit__(None, None, None)
    with pace.attempt("late", now):
        assert len(attempts) == CHECKS_AT_ONCE_MAX


async def test_a_token_expires_after_three_months(shop: Shop, database: Database) -> None:
    tokens = []
    for age in (TOKEN_LIFE - timedelta(minutes=1), TOKEN_LIFE + timedelta(minutes=1)):
        async with database.transaction() as db:
            staff = shop.staff
            tokens.append(await create_token(db, staff.account_id, staff.user_id, clock.now() - age))
    statuses = [(await shop.manage("GET", shop.path, key=f"Bearer {token}")).status_code for token in tokens]
    assert statuses == [200, 401]


@pytest.mark.parametrize("key", ["Bearer nonsense", "Bearer", "Basic abc", "ApiKey-v1 abc", "ManagementKey-v1 \x7f"])
async def test_other_secrets_open_nothing(shop: Shop, key: str) -> None:
    assert (await shop.manage("GET", shop.path, key=key)).status_code == 401


async def test_only_a_token_can_be_given_back(shop: Shop) -> None:
    made = await shop.create(
        "/v1/management_keys",
        {"name": "K", "expiryDate": "2099-01-01T00:00:00Z", "endpoints": [{"path": "/v1/sessions"}]},
    )
    answer = await shop.manage("DELETE", "/v1/sessions", key=f"ManagementKey-v1 {made['key']}")
    assert answer.status_code == 403
