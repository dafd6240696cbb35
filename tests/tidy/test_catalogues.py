"""Catalogues list everything there is: what a file defines and no list names would never run."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType
from typing import TypeVar

import msgspec
import pytest

import largesse.engine.effects
import largesse.engine.functions
import largesse.jobs
import largesse.language.functions
from largesse.engine.effects.catalogue import CATALOGUE
from largesse.engine.effects.effect import Effect
from largesse.jobs import JOBS
from largesse.language import Function
from largesse.plumbing.queue.job import Job
from tests.tidy.source import sources

Made = TypeVar("Made")


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """Every module of a package, imported."""
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        yield importlib.import_module(found.name)


def made_in(module: ModuleType, kind: type[Made]) -> Iterator[Made]:
    """What a module defines of one kind, by itself or in a tuple."""
    for value in vars(module).values():
        members = value if isinstance(value, tuple) else (value,)
        yield from (member for member in members if isinstance(member, kind))


def said_in_tests(word: str) -> bool:
    """Whether any test outside this folder says the word."""
    pattern = re.compile(rf"\b{re.escape(word)}\b")
    return any(
        pattern.search(source.text) for source in sources() if source.under("tests") and not source.under("tests/tidy")
    )


def test_every_effect_is_in_the_catalogue() -> None:
    defined = {effect.name for module in modules(largesse.engine.effects) for effect in made_in(module, Effect)}
    assert defined == {effect.name for effect in CATALOGUE}, "Add its line to CATALOGUE in engine/effects/catalogue.py."


def test_no_effect_is_listed_twice() -> None:
    assert len({effect.name for effect in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("effect", CATALOGUE, ids=lambda effect: effect.name)
def test_an_effect_is_documented_and_tried(effect: Effect) -> None:
    assert effect.doc.strip().endswith("."), "Say in a sentence what the shop is to do."
    assert issubclass(effect.props, msgspec.Struct)
    assert inspect.getdoc(effect.props), "Say in the props' docstring what each of them means."
    assert said_in_tests(effect.name), f"Write a scenario in which {effect.name} is given."


def test_every_job_is_in_the_catalogue_by_the_name_of_its_module() -> None:
    defined = {module.__name__.rpartition(".")[2]: list(made_in(module, Job)) for module in modules(largesse.jobs)}
    assert all([name] == [job.name for job in jobs] for name, jobs in defined.items()), "A job is called as its module."
    assert defined.keys() == {job.name for job in JOBS}, "Add its line to JOBS in jobs/__init__.py."


@pytest.mark.parametrize("package", [largesse.language.functions, largesse.engine.functions], ids=lambda p: p.__name__)
def test_every_function_is_in_the_catalogue(package: ModuleType) -> None:
    defined = {function.signature for module in modules(package) for function in made_in(module, Function)}
    listed = {function.signature for function in made_in(package, Function)}
    assert defined, f"{package.__name__} defines functions, or this test no longer finds them."
    assert defined == listed, f"Add it to the catalogue in {package.__name__}."
