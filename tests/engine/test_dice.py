"""Names drawn by chance: the same seed draws the same names, and all of them are well formed."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from largesse.engine.dice import SEED_BYTES, Dice

SEEDS = st.binary(min_size=SEED_BYTES, max_size=SEED_BYTES)


@given(SEEDS)
def test_uuids_are_version_4_and_differ(seed: bytes) -> None:
    dice = Dice(seed)
    drawn = [dice.uuid() for _ in range(20)]
    assert all(UUID(each).version == 4 and str(UUID(each)) == each for each in drawn)
    assert len(set(drawn)) == len(drawn)


@given(SEEDS, st.integers(0, 100), st.text(min_size=1, max_size=60))
def test_words_have_their_length_and_characters(seed: bytes, length: int, characters: str) -> None:
    word = Dice(seed).word(length, characters)
    assert len(word) == length
    assert set(word) <= set(characters)
    assert Dice(seed).word(length, characters) == word


def test_words_of_different_seeds_differ() -> None:
    assert Dice(bytes(SEED_BYTES)).word(20, "ab") != Dice(b"1" * SEED_BYTES).word(20, "ab")


def test_all_characters_come_up_alike() -> None:
    counts = Counter(Dice(bytes(SEED_BYTES)).word(36_000, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
    assert len(counts) == 36
    assert all(800 < count < 1_200 for count in counts.values())
