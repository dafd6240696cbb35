"""The frame: what a compiled rule sees of the world while it runs.

The engine extends `Frame` with one attribute per root of its environment (`frame.session`, ...). A frame serves one
ruleset at a time: bindings are computed at most once in it, and the lists walked are counted in it. `turn` makes it
ready for the next.
"""

from datetime import datetime
from typing import Final

from largesse.language.errors import ExpressionError
from largesse.language.kinds import Value


class Unset:
    """The class of UNSET: a binding nobody has asked for yet."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()


class Frame:
    """State of one evaluation of one ruleset.

    now: the moment the rule runs at. position: index of the condition or effect at work, kept current for whoever
    catches an error. bindings: one slot per binding (`Ruleset.slots` gives a fresh list). shared: values of
    expressions over constant roots, by canonical text; give all frames of one evaluation the same dict. variables:
    what `set` wrote. steps: list elements walked so far; told_steps: those walked to explain conditions. pattern: the
    one compiled last.
    """

    __slots__ = ("bindings", "now", "pattern", "position", "shared", "steps", "told_steps", "variables")

    def __init__(
        self,
        now: datetime,
        bindings: list[Value] | None = None,
        shared: dict[str, Value] | None = None,
    ) -> None:
        self.now = now
        self.position = 0
        self.bindings: list[Value] = [] if bindings is None else bindings
        self.shared: dict[str, Value] = {} if shared is None else shared
        self.variables: dict[str, Value] = {}
        self.steps = 0
        self.told_steps = 0
        self.pattern = ""

    def turn(self, bindings: list[Value]) -> None:
        """Serve another ruleset, with fresh slots for its bindings: nothing is left of the one before but what is
        shared."""
        self.bindings = bindings
        self.variables = {}
        self.steps = 0
        self.told_steps = 0

    def effect_failed(self, index: int, error: ExpressionError) -> None:
        """Told when the effect at `index` failed. A frame that has no answer to that lets the error out; the engine's
        frame records it."""
        raise error
