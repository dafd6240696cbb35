"""A request that cannot be carried out, said as data: what is wrong and where in the request's body.

The brain never raises for bad input; the door that received the request turns refusals into its own error shape.
"""

from msgspec import Struct

UNKNOWN = "Unknown"
INVALID_TYPE = "Invalid type"
INVALID_VALUE = "Invalid value"
INVALID_TRANSITION = "Invalid state transition"
OUT_OF_RANGE = "Out of range"
REQUIRED = "Required"
TOO_LONG = "Too long"
TOO_MANY = "Too many"
LOCKED = "Locked"


class Refusal(Struct, frozen=True):
    """One reason why a request is refused.

    `title` is the kind of mistake, one of the names above; `details` a sentence for a person; `pointer` the JSON
    pointer of the offending value, relative to the noun's own object (the door prefixes where that object sits in its
    body).
    """

    title: str
    details: str
    pointer: str
