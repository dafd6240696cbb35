"""The comparison as lines for a person."""

import msgspec

from largesse.api.nouns import OPERATIONS
from largesse.plumbing.http.codec import encode
from largesse.plumbing.http.contract import Difference, compare
from largesse.plumbing.http.openapi import write_document
from largesse.plumbing.http.outline import Outline, mapping, outline
from tests.contract.published import APIS, Api, read_digest


def differences_of(api: Api, digest: dict[Api, Outline]) -> tuple[list[Difference], int, int]:
    """The differences of one API, how many published operations are built, and how many there are."""
    # Through JSON, so that both sides have the number types a parser gives.
    ours = outline(msgspec.json.decode(encode(write_document(OPERATIONS, api))))
    published = mapping(digest[api]["operations"])
    built = published.keys() & mapping(ours["operations"]).keys()
    return compare(digest[api], ours), len(built), len(published)


def report() -> tuple[list[str], bool]:
    """Lines per API, and whether anything differs."""
    digest = read_digest()
    lines: list[str] = []
    has_drift = False
    for api in APIS:
        differences, built, published = differences_of(api, digest)
        has_drift = has_drift or bool(differences)
        lines.append(f"{api}: {built} of {published} operations built, {len(differences)} differing fields")
        lines += [f"  {difference}" for difference in differences]
    return lines, has_drift
