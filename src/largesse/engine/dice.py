"""Chance, as values: random names drawn from a seed that the caller gives.

The brain has no dice of its own. With the same seed the same decision draws the same names, so that a decision can be
made again; a request draws a new seed for each attempt.
"""

import hashlib

SEED_BYTES = 16
# What a digest gives at a time; names are cut from as many digests as they take.
_DIGEST_BITS = 256


class Dice:
    """Draws names, one after the other, from a seed of `SEED_BYTES` random bytes."""

    __slots__ = ("_drawn", "_seed")

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._drawn = 0

    def uuid(self) -> str:
        """A random UUID (version 4), as text."""
        drawn = self._draw() >> (_DIGEST_BITS - 128)
        drawn = drawn & ~(0xF << 76) | (4 << 76)
        drawn = drawn & ~(0x3 << 62) | (2 << 62)
        digits = f"{drawn:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def word(self, length: int, characters: str) -> str:
        """So many characters, each drawn from `characters` (at least one), all equally likely but for one part in
        2^64."""
        chosen: list[str] = []
        # Each digit of a large number in base len(characters) is as good as evenly spread while 64 bits are left over.
        at_once = max(1, (_DIGEST_BITS - 64) // max(1, len(characters).bit_length()))
        while len(chosen) < length:
            number = self._draw()
            for _ in range(min(at_once, length - len(chosen))):
                number, digit = divmod(number, len(characters))
                chosen.append(characters[digit])
        return "".join(chosen)

    def _draw(self) -> int:
        self._drawn += 1
        return int.from_bytes(hashlib.sha256(self._seed + self._drawn.to_bytes(8, "big")).digest(), "big")
