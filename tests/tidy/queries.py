"""Named SQL: every statement stays inside one tenant, and says what it is for."""

import re
from collections.abc import Iterator

from largesse.plumbing.database.queries import HEADER
from tests.tidy.rule import Finding, Rule
from tests.tidy.source import Source

# Statements that cannot name the tenant, each with its reason.
BEFORE_THE_TENANT: dict[str, str] = {
    "analyze_coupons": "the planner's statistics are of the whole table",
    "forget_message_log": "what is old is forgotten, whosever it is",
    "make_event_partitions": "a month's partition holds the events of all tenants",
}


def blocks(source: Source) -> Iterator[tuple[int, str, str]]:
    """(line, name, statement) of every named query in the file; the description's line is not part of the statement."""
    line, name, statement = 0, "", list[str]()
    for number, text in enumerate(source.lines, start=1):
        header = HEADER.match(text)
        if header:
            if name:
                yield line, name, "\n".join(statement)
            line, name, statement = number, header["name"], []
        else:
            statement.append(text)
    if name:
        yield line, name, "\n".join(statement)


def without_tenant(source: Source) -> Iterator[Finding]:
    """Statements that never name account_id and are not listed as unable to."""
    for line, name, statement in blocks(source):
        code = re.sub(r"--[^\n]*", "", statement)
        if "account_id" not in code and name not in BEFORE_THE_TENANT:
            yield Finding(line, f"{name} does not name account_id")


def is_named_sql(source: Source) -> bool:
    """Whether the file holds named queries; the schema and the migrations do not."""
    is_stored = source.path.suffix == ".sql" and source.under("src/largesse/storage")
    return is_stored and source.path.stem != "schema" and "migrations" not in source.path.parts


TENANT = Rule(
    name="every query names the tenant",
    instead="lead its conditions with account_id = $1, or list it with the reason why it cannot",
    covers=is_named_sql,
    find=without_tenant,
    refused=(
        ("src/largesse/storage/a.sql", "-- coupon_by_id -- One coupon.\nSELECT * FROM coupons WHERE id = $1;\n"),
        (
            "src/largesse/storage/a.sql",
            "-- coupon_by_id -- One coupon.\n-- without account_id\nSELECT 1 FROM coupons;\n",
        ),
    ),
    allowed=(
        (
            "src/largesse/storage/a.sql",
            "-- coupon_by_id -- One coupon.\nSELECT * FROM coupons WHERE account_id = $1 AND id = $2;\n",
        ),
        ("src/largesse/storage/schema.sql", "CREATE TABLE a (id bigint);\n"),
    ),
)
