"""A moment as callers write it: RFC 3339 with an offset, without which nobody knows which moment is meant."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

Instant = Annotated[datetime, Meta(tz=True)]
