"""Words that an effect understands: refused when the rule is saved where they are written out, else when it runs."""

from collections.abc import Iterable

from largesse.language import UNSET, Known, RefusalRule


def only(position: int, words: Iterable[str], what: str) -> RefusalRule:
    """Refuse an argument (counted from 0) that is written out and is none of `words`; the empty word is left to run."""
    allowed = frozenset(words)

    def refuse(arguments: tuple[Known, ...]) -> str | None:
        value = arguments[position].value if position < len(arguments) else UNSET
        if value is UNSET or value in allowed or value == "":
            return None
        return f'"{value}" is not {what}; use one of {", ".join(sorted(allowed))}'

    return refuse
