"""What a checked expression reads and calls."""

from largesse.language.check.checked import Bound, Checked, FieldStep, Invoke, Read, everything, parts
from largesse.language.environment import Root
from largesse.language.reads import Reads, together


def height_of(checked: Checked) -> int:
    """How deeply an expression is nested, with the bindings it reads in their places."""
    inside = max(map(height_of, parts(checked)), default=0)
    if isinstance(checked, Read) and isinstance(checked.origin, Bound):
        inside = checked.origin.height
    return 1 + inside


def reads_of(checked: Checked) -> Reads:
    """All roots, fields and functions an expression names, those of the bindings it reads included."""
    roots: set[str] = set()
    fields: set[str] = set()
    functions: set[str] = set()
    bound: list[Reads] = []
    for each in everything(checked):
        match each:
            case Invoke(functions=candidates):
                functions.update(function.name.lower() for function in candidates)
            case Read(origin=origin, steps=steps):
                fields.update(
                    f"{step.record.name}.{step.field.name}"
                    if isinstance(step, FieldStep)
                    else f"{step.owner}.{step.key}"
                    for step in steps
                )
                if isinstance(origin, Root):
                    roots.add(origin.name)
                elif isinstance(origin, Bound):
                    bound.append(origin.reads)
            case _:
                pass
    return together((Reads(frozenset(roots), frozenset(fields), frozenset(functions)), *bound))
