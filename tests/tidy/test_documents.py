"""Documents keep pace: links lead somewhere, settings and commands are described, the changelog goes on."""

import contextlib
import inspect
import re
import tomllib
from collections.abc import AsyncIterator

import click
import msgspec
import pytest
from starlette.types import ASGIApp

from largesse.cli.command_line import command_line
from largesse.cli.job_worker import Work
from largesse.plumbing import problems
from largesse.plumbing.settings import PREFIX, Settings
from tests.tidy.source import ROOT, Source, sources

LINK = re.compile(r"\]\((?!https?:|mailto:)(?P<target>[^)#\s]*)(?:#(?P<anchor>[^)\s]*))?\)")
DOCUMENTS = tuple(source for source in sources() if source.path.suffix == ".md")
OPERATING = "\n".join(source.text for source in DOCUMENTS if source.under("docs/operating"))
# Words of ours that everyday speech uses for something else as well; each must say which.
CONTESTED_WORDS = ("session", "event", "notification", "change", "account", "application", "problem", "operation")


def broken_links(document: Source) -> list[str]:
    """Links of a document to files or headings that do not exist."""
    folder = (ROOT / document.path).parent
    broken = []
    for link in LINK.finditer(document.text):
        target = folder / link["target"]
        text = document.text if not link["target"] else target.read_text() if target.is_file() else ""
        if not target.exists() or (link["anchor"] and link["anchor"] not in anchors(text)):
            broken.append(link[0])
    return broken


def anchors(text: str) -> set[str]:
    """The anchors that headings of a Markdown text get."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@contextlib.asynccontextmanager
async def _nothing(_settings: Settings) -> AsyncIterator[ASGIApp]:
    raise AssertionError("the commands are listed here, not run")
    yield


@contextlib.asynccontextmanager
async def _idle(_settings: Settings) -> AsyncIterator[Work]:
    raise AssertionError("the commands are listed here, not run")
    yield


COMMANDS = [
    (name, command)
    for name, command in command_line(_nothing, _idle).commands.items()
    if not command.hidden and isinstance(command, click.Command)
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.path))
def test_links_lead_somewhere(document: Source) -> None:
    assert broken_links(document) == []


def test_a_broken_link_is_noticed() -> None:
    here = next(source.path for source in DOCUMENTS if source.path.name == "README.md")
    assert broken_links(Source(here, "[a](nowhere.md) [b](#nothing) [c](https://example.com)")) == [
        "](nowhere.md)",
        "](#nothing)",
    ]
    assert broken_links(Source(here, "# Some title\n[a](#some-title)")) == []


@pytest.mark.parametrize("setting", [field.name for field in msgspec.structs.fields(Settings)])
def test_every_setting_is_described(setting: str) -> None:
    variable = PREFIX + setting.upper()
    assert f"`{variable}`" in OPERATING, f"Describe {variable} in docs/operating/settings.md."
    assert f"`{setting}`" in str(inspect.getdoc(Settings)), f"Describe {setting} in the docstring of Settings."


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_is_described(name: str, command: click.Command) -> None:
    everything = "\n".join(document.text for document in DOCUMENTS)
    assert f"largesse {name}" in everything, f"Show `largesse {name}` in docs/."
    assert command.help, f"`largesse {name} --help` says nothing."
    assert command.short_help, f"`largesse --help` says nothing about {name}."
    silent = [option.name for option in command.params if isinstance(option, click.Option) and not option.help]
    assert not silent, f"`largesse {name} --help` says nothing about {silent}."


def test_every_problem_is_described() -> None:
    kinds = [kind for kind in vars(problems).values() if isinstance(kind, type) and issubclass(kind, problems.Problem)]
    assert len(kinds) > 1
    undescribed = [kind.__name__ for kind in kinds if not kind.__doc__ or not 400 <= kind.status < 600]
    assert not undescribed, f"Give {undescribed} a docstring and a status."
    missing = [kind.__name__ for kind in kinds if kind.__name__ not in str(problems.__doc__)]
    assert not missing, f"Draw {missing} into the family at the top of plumbing/problems.py."


def test_the_changelog_goes_on() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    sections = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert sections, "CHANGELOG.md needs a section for what comes next."
    assert sections[0] == "Unreleased" or sections[0].startswith(version), "The newest section comes first."


@pytest.mark.parametrize("word", CONTESTED_WORDS)
def test_contested_words_have_one_meaning(word: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    assert re.search(rf"^\| \*\*{word}\*\* \|", glossary, re.MULTILINE | re.IGNORECASE), (
        f"Define {word} in docs/glossary.md."
    )


def test_every_decision_is_listed_and_enforced() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    pages = sorted(folder.glob("[0-9]*.md"))
    assert [page.name for page in pages if page.name not in index] == []
    assert [page.name for page in pages if "**Enforced by**" not in page.read_text()] == []
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
