"""Whole numbers that the contract describes as numbers: positions in a cart and the like."""

from typing import Annotated

from msgspec import Meta

Whole = Annotated[int, Meta(extra_json_schema={"type": "number"})]
