"""What one kind of effect is: its type on the wire, its props and the functions rules produce it with."""

from dataclasses import dataclass

from largesse.engine.effects.record import Props
from largesse.language import Function


@dataclass(frozen=True, slots=True)
class Effect:
    """One entry of the catalogue; `functions` are empty for effects that only the engine itself produces.

    How an effect is taken back is known to its props (`Props.undone`).
    """

    name: str
    props: type[Props]
    doc: str
    functions: tuple[Function, ...] = ()
