"""The files of this repository as the rules see them: a path from the root, the text, and Python's syntax tree."""

import ast
import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]

# Folders that hold nothing a person wrote.
UNREAD_FOLDERS = frozenset(
    {".git", ".venv", "__pycache__", "build", "dist", "largesse-data", "largesse-demo", "node_modules"}
)
READ_HIDDEN = frozenset({".ci", ".editorconfig", ".gitignore"})
TEXT_SUFFIXES = frozenset(
    {
        "",
        ".cfg",
        ".css",
        ".csv",
        ".html",
        ".ini",
        ".js",
        ".json",
        ".lock",
        ".md",
        ".py",
        ".rules",
        ".sql",
        ".story",
        ".toml",
        ".txt",
        ".yaml",
        ".yml",
    }
)


@dataclass(frozen=True, slots=True)
class Source:
    """One file: `path` from the repository's root, with forward slashes, and its `text`."""

    path: PurePosixPath
    text: str

    @property
    def lines(self) -> list[str]:
        """The text's lines, without their ends."""
        return self.text.splitlines()

    @property
    def tree(self) -> ast.Module:
        """The syntax tree of a Python file."""
        return _parsed(self.text)

    def under(self, *folders: str) -> bool:
        """Whether the file lies in one of these folders, or is one of these files."""
        return any(self.path.is_relative_to(folder) for folder in folders)


@functools.cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@functools.cache
def sources() -> tuple[Source, ...]:
    """Every text file of the repository, in the order of their paths."""
    return tuple(
        Source(PurePosixPath(file.relative_to(ROOT).as_posix()), file.read_text(encoding="utf-8"))
        for folder, _, _ in folders()
        for file in sorted(folder.iterdir())
        if file.is_file() and is_read(file.name) and file.suffix in TEXT_SUFFIXES
    )


def folders() -> Iterator[tuple[Path, list[str], list[str]]]:
    """Every folder people write in, with the names of its subfolders and files."""
    for name, subfolders, files in os.walk(ROOT):
        subfolders[:] = sorted(folder for folder in subfolders if is_read(folder) and not folder.endswith(".egg-info"))
        yield Path(name), subfolders, [file for file in files if is_read(file)]


def is_read(name: str) -> bool:
    """Whether a file or folder of this name is ours to judge."""
    return name in READ_HIDDEN or not (name.startswith(".") or name in UNREAD_FOLDERS)
