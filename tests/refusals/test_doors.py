"""Requests that are refused at the door: before anybody has read what they ask for."""

import http.client
import json
from urllib.parse import urlsplit

import httpx
import pytest

from largesse.plumbing.http.exchange import REQUEST_BYTES_MAX
from tests.refusals.refused import KEPT, Keys, Refused, session
from tests.support.program import PATIENCE_SECONDS, Reply, ask
from tests.support.server import Server

UNKNOWN_KEY = "Invalid API key or token"
NEEDS_A_KEY = "This path needs an Authorization header with 'ApiKey-v1 <secret>'"
NEEDS_STAFF = "This path needs an Authorization header with 'ManagementKey-v1 <secret>' or 'Bearer <secret>'"
NOTHING_HERE = "There is nothing at this path"
WRONG_METHOD = "This path does not know this method"
PRIOR_PRICES = "/v1/best_prior_price"

KEYS = [
    Refused("no key", session(), 401, NEEDS_A_KEY, key=""),
    Refused("a wrong key", session(), 401, UNKNOWN_KEY, key="ApiKey-v1 0123456789abcdef"),
    Refused("an expired key", session(), 401, UNKNOWN_KEY, key="expired"),
    Refused("a key without a scheme", session(), 401, NEEDS_A_KEY, key="0123456789abcdef"),
    Refused("a scheme without a key", session(), 401, UNKNOWN_KEY, key="ApiKey-v1 "),
    Refused("an endless key", session(), 401, UNKNOWN_KEY, key=f"ApiKey-v1 {'a' * 5000}"),
    Refused("a management key on a shop's path", session(), 401, NEEDS_A_KEY, key="management"),
    Refused("a token on a shop's path", session(), 401, NEEDS_A_KEY, key="token"),
    Refused("a shop's key on a staff path", b"", 401, NEEDS_STAFF, path="/v1/applications", method="GET"),
    Refused(
        "a wrong token", b"", 401, UNKNOWN_KEY, path="/v1/applications", method="GET", key="Bearer 0123456789abcdef"
    ),
    Refused(
        "a shop's key as a token",
        b"",
        401,
        UNKNOWN_KEY,
        path="/v1/applications",
        method="GET",
        key="integration as token",
    ),
    Refused(
        "what only a person may do, with a management key",
        b"",
        403,
        "Only an administrator may do this",
        path="/v1/management_keys",
        method="GET",
        key="management",
    ),
]
PATHS = [
    Refused("an unknown path", session(), 404, NOTHING_HERE, path="/v2/customer_session/kept"),
    Refused("an unknown version", session(), 404, NOTHING_HERE, path="/v3/customer_sessions/kept"),
    Refused("a slash too many", session(), 404, NOTHING_HERE, path=f"{KEPT}/"),
    Refused("the root", b"", 404, NOTHING_HERE, path="/", method="GET"),
    Refused("a wrong method", session(), 405, WRONG_METHOD, method="POST"),
    Refused("a wrong method without a key", session(), 405, WRONG_METHOD, method="DELETE", key=""),
    Refused(
        "a published path that is not built",
        b"{}",
        501,
        "bestPriorPrice is published, but not built here yet",
        path=PRIOR_PRICES,
        method="POST",
    ),
    Refused(
        "a path that is not built, without a key", b"{}", 401, NEEDS_A_KEY, path=PRIOR_PRICES, method="POST", key=""
    ),
    Refused(
        "a query of 9,000 bytes",
        session(),
        path=f"{KEPT}?x={'x' * 9000}",
        message="The query is longer than 8192 bytes",
    ),
    Refused("somebody else's session", b"", 404, "There is no such customer session", path=f"{KEPT}-not", method="GET"),
]
# What no database keeps as an id; each of these would be looked up as one.
BEYOND = 2**63
IDS = [
    Refused(
        f"an id beyond any at {path}",
        json.dumps(body).encode(),
        errors=(("Out of range", pointer),),
        path=path,
        method="POST",
        key=key,
    )
    for path, body, pointer, key in (
        ("/v1/referrals", {"campaignId": BEYOND, "advocateProfileIntegrationId": "a"}, "/campaignId", "integration"),
        ("/v2/customer_audiences", {"data": [{"audienceId": BEYOND}]}, "/data/0/audienceId", "integration"),
        ("/v1/additional_costs", {"subscribedApplicationsIds": [1, -BEYOND]}, "/subscribedApplicationsIds/1", "token"),
    )
]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("row", [*KEYS, *PATHS, *IDS], ids=lambda row: row.what)
def test_a_request_is_turned_away(row: Refused, server: Server, keys: Keys) -> None:
    row.expect(send(row, server, keys))


def send(row: Refused, server: Server, keys: Keys) -> Reply:
    """The reply to a row's request."""
    return ask(server.url, row.path, method=row.method, body=row.body, key=keys.header(row.key))


@pytest.mark.usefixtures("kept")
def test_a_body_is_refused_as_soon_as_it_is_known_to_be_too_large(server: Server, keys: Keys) -> None:
    row = Refused("one byte too many", b"", 413, f"The body is larger than {REQUEST_BYTES_MAX} bytes")
    row.expect(announce(server, keys, REQUEST_BYTES_MAX + 1))
    largest = session(profileId="eve").ljust(REQUEST_BYTES_MAX)
    fits = ask(server.url, f"{KEPT}?dry=true", method="PUT", body=largest, key=keys.integration)
    assert fits.status == 200, fits.text


def announce(server: Server, keys: Keys, size: int) -> Reply:
    """The reply to a request that says how large its body will be, and waits."""
    place = urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE_SECONDS)
    connection.putrequest("PUT", KEPT)
    connection.putheader("Authorization", keys.integration)
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    answer = connection.getresponse()
    reply = Reply(answer.status, answer.read().decode())
    connection.close()
    return reply


def test_the_door_says_which_keys_and_methods_it_knows(server: Server) -> None:
    assert "www-authenticate" in headers_of(server, "GET", KEPT)
    assert headers_of(server, "POST", KEPT)["allow"] == "GET, PUT"


def headers_of(server: Server, method: str, path: str) -> dict[str, str]:
    """The headers of an answer, in lower case."""
    answer = httpx.request(method, server.url + path)
    return {name.lower(): value for name, value in answer.headers.items()}
