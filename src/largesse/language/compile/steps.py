"""What generated code counts while it runs, so that no rule runs for long: see `limits.STEPS_MAX`."""

from largesse.language.errors import StepLimitError
from largesse.language.frame import Frame
from largesse.language.kinds import Value
from largesse.language.limits import CHARACTERS_PER_STEP, PATTERN_STEPS, STEPS_MAX
from largesse.language.sizes import size


def charge(frame: Frame, steps: int) -> None:
    """Count steps; raises StepLimitError when the frame has done too much."""
    frame.steps += steps
    if frame.steps > STEPS_MAX:
        raise StepLimitError(f"The rule walks more than {STEPS_MAX:,} list elements")


def walked(frame: Frame, items: list[Value]) -> list[Value]:
    """Count a list that is about to be walked."""
    frame.steps += len(items)
    if frame.steps > STEPS_MAX:
        charge(frame, 0)
    return items


def walked_heavily(frame: Frame, items: list[Value], weight: int) -> list[Value]:
    """Count a list that is about to be walked with a block of many nodes."""
    charge(frame, len(items) * weight)
    return items


def walked_through(frame: Frame, items: list[Value]) -> list[Value]:
    """Count a list that is about to be looked through, lists inside it included."""
    charge(frame, size(items))
    return items


def weighed(frame: Frame, text: Value) -> Value:
    """Count a text that is about to be read; short ones are free."""
    if isinstance(text, str) and len(text) >= CHARACTERS_PER_STEP:
        charge(frame, len(text) // CHARACTERS_PER_STEP)
    return text


def tried(frame: Frame, pattern: str) -> str:
    """Count a pattern that has to be compiled: any but the one before."""
    if pattern != frame.pattern:
        frame.pattern = pattern
        charge(frame, PATTERN_STEPS)
    return pattern
