"""Folders stay short enough to be tables of contents, and classes flat enough to be read in one place."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.tidy.rule import is_product
from tests.tidy.sizes import FOLDER_ENTRIES_MAX
from tests.tidy.source import ROOT, Source, folders, sources
from tests.tidy.syntax import classes, dotted, imported

# A class of ours may stand on one other class of ours: a family and its members, never a family tree.
ANCESTORS_MAX = 1


def crowded(listing: Iterator[tuple[Path, list[str], list[str]]]) -> list[str]:
    """Folders with more entries than a listing should have; a pair such as coupons.py and coupons.sql reads as one."""
    counts = (
        (folder, len({*subfolders, *(Path(file).stem for file in files)})) for folder, subfolders, files in listing
    )
    return [f"{folder}: {count} entries" for folder, count in counts if count > FOLDER_ENTRIES_MAX]


def parents(product: tuple[Source, ...]) -> Mapping[str, list[str]]:
    """Class name -> names of the classes it is derived from, the last part of each, over all files given."""
    return {
        node.name: [(dotted(parent, imported(source.tree)) or "").rpartition(".")[2] for parent in node.bases]
        for source in product
        for node in classes(source.tree)
    }


def ancestors(name: str, family: Mapping[str, list[str]]) -> int:
    """How many of our own classes stand above this one, along its longest line."""
    return max(
        (1 + ancestors(parent, family) for parent in family[name] if parent in family and parent != name), default=0
    )


def test_a_folder_has_at_most_25_entries() -> None:
    found = crowded(folders())
    assert not found, "\n".join(["Group what belongs together into a folder of its own:", *found])


def test_a_crowded_folder_is_noticed() -> None:
    names = [f"{number}.py" for number in range(25)]
    assert crowded(iter([(ROOT, [], names)])) == []
    assert crowded(iter([(ROOT, [], [*names, "0.sql"])])) == []
    assert crowded(iter([(ROOT, ["one_more"], names)])) == [f"{ROOT}: 26 entries"]


def test_classes_are_flat() -> None:
    family = parents(tuple(source for source in sources() if is_product(source)))
    found = [name for name in family if ancestors(name, family) > ANCESTORS_MAX]
    assert not found, f"Compose functions and structs instead of deriving further: {', '.join(found)}"


def test_a_family_tree_is_noticed() -> None:
    family = {"A": ["Struct"], "B": ["A"], "C": ["B", "Protocol"]}
    assert [ancestors(name, family) for name in family] == [0, 1, 2]
