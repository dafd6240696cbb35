"""The request that the demo offers for pasting, and the answer it gets."""

from dataclasses import dataclass

import click
import msgspec

from largesse.cli.demo.client import Client
from largesse.cli.demo.shop import EXAMPLE_CART, EXAMPLE_CART_ID

CARTS_MAX = 100
"""A cart that was closed meanwhile cannot be the example any more; then another one is. So many are tried."""


@dataclass(frozen=True, slots=True)
class Example:
    """A request as a curl command, and the exact answer to it."""

    command: str
    answer: str


def try_example(client: Client, url: str, integration_key: str) -> Example:
    """Sends the example cart and shows how to send it again: as long as the cart stays open, the answer is the same."""
    client.authorization = f"ApiKey-v1 {integration_key}"
    for number in range(1, CARTS_MAX + 1):
        path = f"/v2/customer_sessions/{EXAMPLE_CART_ID}" + (f"-{number}" if number > 1 else "")
        status, answer = client.send("PUT", path, msgspec.Raw(EXAMPLE_CART.encode()))
        if status == 200:
            return Example(_as_curl(f"{url}{path}", client.authorization), answer.decode())
    raise click.ClickException("The example cart was refused; start the demo on an empty folder with --data.")


def _as_curl(url: str, authorization: str) -> str:
    return (
        f"curl -X PUT {url} \\\n"
        f"  -H 'Authorization: {authorization}' -H 'Content-Type: application/json' \\\n"
        f"  -d '{EXAMPLE_CART}'"
    )
