"""Named SQL files: what they look like, and what is refused when they are loaded."""

import pytest

from largesse.plumbing.database.queries import parse_queries

GOOD = """\
-- This file is about things.

-- find_thing -- One thing, if it is there.
SELECT * FROM things -- all columns
WHERE account_id = $1;

-- drop_thing -- Forget it.
DELETE FROM things
WHERE account_id = $1;
"""


def test_blocks_become_queries() -> None:
    queries = parse_queries(GOOD, origin="things.sql")
    assert list(queries) == ["find_thing", "drop_thing"]
    assert queries["find_thing"].name == "find_thing"
    assert queries["find_thing"].text == (
        "/* find_thing */\nSELECT * FROM things -- all columns\nWHERE account_id = $1"
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("SELECT 1;", "SQL before the first"),
        ("-- a -- One.\nSELECT 1;\n-- a -- Two.\nSELECT 2;", "a is defined twice"),
        ("-- a -- One.\n\n-- b -- Two.\nSELECT 2;", "a has no statement"),
        ("-- a -- One.\n-- only words\n", "a has no statement"),
    ],
)
def test_what_does_not_follow_the_form_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_queries(text, origin="things.sql")
