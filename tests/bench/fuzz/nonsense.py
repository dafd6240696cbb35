"""Random token strings and JSON trees: each parses, is checked and runs, or is refused; nothing else may happen."""

import random
import time
from collections import Counter

from largesse.language import CORE, Diagnostics, Environment, Json, LanguageError, Node, compile_expression, parse
from tests.support.rules import Shop, cart, world

NAMES = (*dict.fromkeys(function.name for function in CORE), ".", ".|", "set", "kv", "!", "#", "setTemplate")
PATHS = ("Session", "CartItems", "Total", "Item", "Price", "Category", "Attributes", "tier", "points", "Coupon", "x")
ATOMS: tuple[Json, ...] = (None, True, False, 0, 1, -3, 10**30, "", "a", "shoes", "2026-01-01T00:00:00Z", "(a)", "é")
TOKENS = (
    *("(", ")") * 40,
    *NAMES,
    *PATHS,
    *(
        "1",
        "-2.5",
        "1e9",
        "true",
        "null",
        '"',
        "'",
        '"a b"',
        "\\",
        "2026-01-01T00:00:00Z",
        "10%",
        "é",
        "\x00",
        "\ud800",
    ),
)
SLOWEST_SECONDS = 5.0
"""Beyond this one expression hangs, whatever else runs on the machine: the median is a thousandth of a second."""


def nonsense(count: int, seed: int) -> Counter[str]:
    """How many were refused, failed and had a value; raises with the culprit for anything else."""
    dice = random.Random(seed)
    known, frame = world(), cart()
    found: Counter[str] = Counter()
    for number in range(count):
        written = (_tree(dice, 5), _tokens(dice), _tree(dice, 3), _text(dice, 4))[number % 4]
        started = time.perf_counter()
        try:
            found[_outcome(written, known, Shop(frame))] += 1
        except Exception as error:
            raise AssertionError(f"{written!r} (seed {seed}) broke the language") from error
        if time.perf_counter() - started > SLOWEST_SECONDS:
            raise AssertionError(f"{written!r} (seed {seed}) hangs")
    return found


def _outcome(written: Json, known: Environment, frame: Shop) -> str:
    node: Node | Json = written
    if isinstance(written, str):
        node, mistakes = parse(written)
        if mistakes:
            return "unreadable"
    compiled = compile_expression(node, known)
    if isinstance(compiled, Diagnostics):
        return "refused"
    try:
        compiled.run(frame)
    except LanguageError:
        return "failed"
    return "had a value"


def _tokens(dice: random.Random) -> str:
    return " ".join(dice.choices(TOKENS, k=dice.randint(1, 25)))


def _text(dice: random.Random, depth: int) -> str:
    """Tokens whose parentheses close."""
    if depth == 0 or dice.random() < 0.3:
        return dice.choice(("1", "-2.5", "true", "a", '"a b"', "2026-01-01T00:00:00Z", f"(. {dice.choice(PATHS)})"))
    return f"({dice.choice(NAMES)} {' '.join(_text(dice, depth - 1) for _ in range(dice.randint(0, 3)))})"


def _tree(dice: random.Random, depth: int) -> Json:
    if depth == 0 or dice.random() < 0.3:
        return dice.choice((*ATOMS, *PATHS))
    if dice.random() < 0.02:
        return {dice.choice(PATHS): _tree(dice, depth - 1)}
    head: list[Json] = [dice.choice(NAMES)] if dice.random() < 0.85 else [[dice.choice(PATHS)]]
    if head == ["."]:
        return [".", *dice.choices(PATHS, k=dice.randint(1, 3))]
    return [*head, *(_tree(dice, depth - 1) for _ in range(dice.randint(0, 3)))]
