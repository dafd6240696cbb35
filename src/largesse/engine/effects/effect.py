"""What one kind of effect is: its type on the wire, its props and the functions rules produce it with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from largesse.engine.definitions import Definitions
from largesse.engine.effects.record import Props
from largesse.language import Function, Json, Known

DefinedRefusal: TypeAlias = Callable[[tuple[Known, ...], Definitions], str | None]


@dataclass(frozen=True, slots=True)
class Effect:
    """One entry of the catalogue; `functions` are empty for effects that only the engine itself produces. These have an
    `example`: props as they are in the shop of the examples.

    `refuses` says what is wrong with the arguments of such a function, as far as they are known when a rule is checked
    against what is defined. How an effect is taken back is known to its props (`Props.undone`).
    """

    name: str
    props: type[Props]
    doc: str
    functions: tuple[Function, ...] = ()
    refuses: DefinedRefusal | None = None
    example: Mapping[str, Json] | None = None

    def functions_for(self, definitions: Definitions | None) -> tuple[Function, ...]:
        """Its functions; with definitions they refuse what does not go with what is defined."""
        refuses = self.refuses
        if refuses is None or definitions is None:
            return self.functions
        bound = _bound(refuses, definitions)
        return tuple(replace(function, refuses=bound) for function in self.functions)


def _bound(refuses: DefinedRefusal, definitions: Definitions) -> Callable[[tuple[Known, ...]], str | None]:
    return lambda arguments: refuses(arguments, definitions)
