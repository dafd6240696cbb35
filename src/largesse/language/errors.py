"""What can go wrong in the language, drawn as a family.

    LanguageError
    ├── ExpressionError     a value was missing or unfit: `catch` turns it into its fallback
    ├── StepLimitError      the rule walks too much: nothing in a rule may catch it
    ├── SignatureError      a signature is badly written: a mistake of whoever declared the function
    └── RefusedError        an expression does not parse or check: carries the diagnostics (see diagnostics.py)

Mistakes in a ruleset are data (`Diagnostics`), not exceptions, because people want to see all of them at once.
"""

from decimal import DecimalException, DivisionByZero, InvalidOperation
from typing import Final

from largesse.language.limits import DIGITS_MAX


class LanguageError(Exception):
    """Anything the language itself raises; `message` is made for people who write rules."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ExpressionError(LanguageError):
    """An expression has no value: something is missing, of the wrong kind, out of bounds or divided by zero."""


class StepLimitError(LanguageError):
    """An evaluation walked more list elements than `limits.STEPS_MAX`."""


class SignatureError(LanguageError):
    """A signature text cannot be read."""


FAILURES: Final = (ExpressionError, DecimalException)
"""What `catch` and the runner of effects treat as the failure of an expression. Generated code calls decimal
arithmetic directly, so its exceptions travel as they are until someone needs an ExpressionError: see
`as_expression_error`."""


def as_expression_error(failure: ExpressionError | DecimalException) -> ExpressionError:
    """Put a failure of decimal arithmetic into the words of the language; an ExpressionError stays as it is."""
    if isinstance(failure, ExpressionError):
        return failure
    if isinstance(failure, (DivisionByZero, InvalidOperation)):
        return ExpressionError("Division by zero")
    return ExpressionError(f"The result needs more than {DIGITS_MAX} digits")
