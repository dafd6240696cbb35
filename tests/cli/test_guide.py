"""The guide's first campaign, followed step by step: every command it shows works, every reply it shows comes."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.support.program import Program, Reply, ask, run_largesse, running, short_folder

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "first-campaign.md"
FENCE = re.compile(r"```(sh|json)\n(.*?)```", re.DOTALL)
PASSWORD = "a long password"


class Step(NamedTuple):
    """One curl command as the guide shows it, and the reply it shows, if it shows one."""

    command: str
    shown: Any | None


@pytest.fixture
def program() -> Iterator[Program]:
    """What the guide's first block starts, on a free port."""
    with short_folder() as place:
        where = ["--data", str(place / "data")]
        who = ["--email", "you@example.com", "--company", "Hazel & Hearth", "--password", PASSWORD]
        assert run_largesse("create-admin", *where, *who).status == 0
        with running("serve", *where, "--port", "0") as serving:
            yield serving


def steps() -> Iterator[Step]:
    """The guide's curl commands in order, the last of a block with the JSON that follows the block."""
    blocks = FENCE.findall(GUIDE.read_text())
    for index, (kind, text) in enumerate(blocks):
        if kind == "sh":
            follows = blocks[index + 1] if index + 1 < len(blocks) else ("", "")
            commands = re.split(r"\n(?=curl )", text.removeprefix("url=http://127.0.0.1:9000\n").strip())
            commands = [command for command in commands if command.startswith("curl ")]
            for command in commands:
                is_last = command is commands[-1]
                yield Step(command, json.loads(follows[1]) if is_last and follows[0] == "json" else None)


def follow(command: str, variables: dict[str, str]) -> Reply:
    """Does what a shell and curl would do with the command."""
    for name, value in variables.items():
        command = command.replace(f"${name}", value)
    words = shlex.split(command.replace("\\\n", " "))
    place = urlsplit(next(word for word in words if word.startswith("http")))
    headers = [words[index + 1] for index, word in enumerate(words) if word == "-H"]
    key = next((header.removeprefix("Authorization: ") for header in headers if "Authorization" in header), "")
    body = words[words.index("-d") + 1]
    method = words[words.index("-X") + 1] if "-X" in words else "POST"
    return ask(f"{place.scheme}://{place.netloc}", place.path, method=method, body=body, key=key)


def test_the_first_campaign_goes_as_the_guide_says(program: Program) -> None:
    variables = {"url": program.url(), "json": "Content-Type: application/json"}
    shown = 0
    for step in steps():
        reply = follow(step.command.replace('"password": "..."', f'"password": "{PASSWORD}"'), variables)
        assert reply.status < 300, f"{step.command}\n{reply.text}"
        told = reply.json if reply.text else {}
        if "token" in told:
            variables["staff"] = f"Authorization: Bearer {told['token']}"
        if "key" in told:
            variables["shop"] = f"Authorization: ApiKey-v1 {told['key']}"
        if step.shown is not None:
            assert told == step.shown, step.command
            shown += 1
    assert shown == 3
