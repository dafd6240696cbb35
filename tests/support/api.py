"""The whole application on a real database, with an account of its own for each test.

In process, `open_door` gives a client that speaks to it without a socket, and `open_shop` an account with a signed-in
administrator, an Application and a key for it. `serving` runs it on a loopback port, for the official SDK.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import talon_one
import uvicorn

from largesse.main import open_application
from largesse.plumbing import clock
from largesse.plumbing.database import Database
from largesse.plumbing.settings import Settings
from largesse.storage.access.accounts import create_account
from largesse.storage.access.logins import create_token
from largesse.storage.access.users import create_user
from tests.support.program import eventually

PASSWORD = "correct horse battery staple"
FAR_FUTURE = "2099-12-31T00:00:00Z"


@dataclass(frozen=True)
class Staff:
    """An account and the administrator signed in to it."""

    account_id: int
    user_id: int
    email: str
    token: str


@dataclass(frozen=True)
class Shop:
    """An account with an Application, and both its doors."""

    client: httpx.AsyncClient
    staff: Staff
    application_id: int
    key: str
    audiences: Mapping[int, int] = field(default_factory=dict)
    """The ids of audiences by the numbers a plan gave them."""
    pools: Mapping[int, int] = field(default_factory=dict)
    """The ids of pools of giveaways, likewise."""
    achievements: dict[int, int] = field(default_factory=dict)
    """The ids of achievements, likewise."""

    @property
    def path(self) -> str:
        """The Application's path; `shop.path + "/campaigns"` lists its campaigns."""
        return f"/v1/applications/{self.application_id}"

    async def manage(
        self, method: str, path: str, body: Any = None, *, key: str = "", query: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """A management request, as the administrator or with `key`, a whole Authorization header."""
        headers = {"Authorization": key or f"Bearer {self.staff.token}"}
        return await self.client.request(method, path, json=body, headers=headers, params=query)

    async def integrate(
        self, method: str, path: str, body: Any = None, *, query: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """A request of the shop itself."""
        headers = {"Authorization": f"ApiKey-v1 {self.key}"}
        return await self.client.request(method, path, json=body, headers=headers, params=query)

    async def create(self, path: str, body: Any) -> dict[str, Any]:
        """What a management POST created."""
        answer = await self.manage("POST", path, body)
        assert answer.status_code in (200, 201), answer.text
        created: dict[str, Any] = answer.json()
        return created

    async def campaign(self, **settings: Any) -> dict[str, Any]:
        """A campaign of the Application, running unless the settings say otherwise."""
        given = {"name": "Campaign", "state": "enabled", "tags": [], "features": [], "limits": []}
        return await self.create(f"{self.path}/campaigns", given | settings)

    async def rules(self, campaign_id: int, *rules: Any, **settings: Any) -> dict[str, Any]:
        """A ruleset of a campaign, in force if it is the first."""
        body = {"rules": list(rules), "bindings": []} | settings
        return await self.create(f"{self.path}/campaigns/{campaign_id}/rulesets", body)


@asynccontextmanager
async def open_door(database_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, which runs in this process."""
    async with open_application(Settings(database_url=database_url, log_requests=False)) as application:
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://largesse.test") as client:
            yield client


async def hire_staff(database: Database, *, is_admin: bool = True, account_id: int | None = None) -> Staff:
    """Somebody new, in a new account unless one is named."""
    email = f"{uuid4().hex}@example.com"
    now = clock.now()
    async with database.transaction() as db:
        employer = await create_account(db, "Sample Shops", now) if account_id is None else account_id
        user_id = await create_user(db, employer, email, PASSWORD, now, is_admin=is_admin, name="Ada")
        token = await create_token(db, employer, user_id, now)
    return Staff(employer, user_id, email, token)


async def open_shop(client: httpx.AsyncClient, database: Database, **settings: Any) -> Shop:
    """A new account with one Application, whose settings may be given."""
    staff = await hire_staff(database)
    nowhere = Shop(client, staff, 0, "")
    body = {"name": "Shop", "timezone": "Europe/Berlin", "currency": "EUR"} | settings
    application = await nowhere.create("/v1/applications", body)
    path = f"/v1/applications/{application['id']}/apikeys"
    key = await nowhere.create(path, {"title": "Shop", "expires": FAR_FUTURE})
    return Shop(client, staff, application["id"], key["key"])


@contextmanager
def serving(database_url: str) -> Iterator[str]:
    """The URL of the application on a loopback port, run by a real server in a thread."""
    started = threading.Event()
    servers: list[uvicorn.Server] = []

    async def serve() -> None:
        async with open_application(Settings(database_url=database_url, log_requests=False)) as application:
            servers.append(
                uvicorn.Server(
                    uvicorn.Config(application, host="127.0.0.1", port=0, lifespan="off", log_level="warning")
                )
            )
            started.set()
            await servers[0].serve()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        eventually(lambda: started.is_set() and servers[0].started, "the server")
        host, port = servers[0].servers[0].sockets[0].getsockname()
        yield f"http://{host}:{port}"
    finally:
        servers[0].should_exit = True
        thread.join()


@contextmanager
def management_sdk(url: str, authorization: str) -> Iterator[talon_one.ManagementApi]:
    """The official client of the management API, with a whole Authorization header such as "Bearer ..."."""
    scheme, _, secret = authorization.partition(" ")
    name = {"Bearer": "manager_auth", "ManagementKey-v1": "management_key"}[scheme]
    configuration = talon_one.Configuration(host=url, api_key={name: secret}, api_key_prefix={name: scheme})
    with talon_one.ApiClient(configuration) as client:
        yield talon_one.ManagementApi(client)


@contextmanager
def integration_sdk(url: str, key: str) -> Iterator[talon_one.IntegrationApi]:
    """The official client of the integration API, with an Application's key."""
    configuration = talon_one.Configuration(
        host=url, api_key={"api_key_v1": key}, api_key_prefix={"api_key_v1": "ApiKey-v1"}
    )
    with talon_one.ApiClient(configuration) as client:
        yield talon_one.IntegrationApi(client)


def pointers(answer: httpx.Response) -> list[str]:
    """Where the mistakes are that a refusal names."""
    body: dict[str, Any] = answer.json()
    return [error["source"].get("pointer") or error["source"].get("parameter") for error in body["errors"]]
