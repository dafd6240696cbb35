"""Signatures: `name(Kind, A|B, Kind...)Return`, the one line that says how a function is called. [TL
interpreter/signature.go]

Kinds are written in any letter case; a trailing `...` repeats the last kind any number of times, none included.
"""

import re
from dataclasses import dataclass
from typing import Final

from largesse.language.errors import SignatureError
from largesse.language.kinds import Kind, kind_text

_SHAPE: Final = re.compile(r"\s*(?P<name>[^\s()]+)\s*\((?P<parameters>[^()]*)\)\s*(?P<result>[\w|\s]+)")
_KINDS: Final = {name.lower(): kind for name, kind in Kind.__members__.items()}


@dataclass(frozen=True, slots=True)
class Signature:
    """A parsed signature. `repeated`: the last of `parameters` may occur any number of times."""

    name: str
    parameters: tuple[Kind, ...]
    repeated: bool
    result: Kind

    def accepts_count(self, count: int) -> bool:
        """Whether a call with so many arguments fits."""
        if self.repeated:
            return count >= len(self.parameters) - 1
        return count == len(self.parameters)

    def parameter(self, position: int) -> Kind:
        """The kinds accepted at a position of a call that fits."""
        return self.parameters[min(position, len(self.parameters) - 1)]

    def __str__(self) -> str:
        parameters = ", ".join(kind_text(kinds) for kinds in self.parameters) + ("..." if self.repeated else "")
        return f"{self.name}({parameters}){kind_text(self.result)}"


def parse_signature(text: str) -> Signature:
    """Read a signature; raises SignatureError when it is badly written or names an unknown kind."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise SignatureError(f"`{text}` is not a signature: write name(Kind, Kind...)Kind")
    parameters = shape["parameters"].strip()
    repeated = parameters.endswith("...")
    words = parameters.removesuffix("...").split(",") if parameters else []
    return Signature(
        shape["name"], tuple(_kinds(word, text) for word in words), repeated, _kinds(shape["result"], text)
    )


def _kinds(words: str, text: str) -> Kind:
    kinds = Kind(0)
    for word in words.split("|"):
        kind = _KINDS.get(word.strip().lower())
        if kind is None:
            raise SignatureError(f"`{text}`: `{word.strip()}` is not a kind")
        kinds |= kind
    return kinds
