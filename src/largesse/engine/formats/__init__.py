"""How the brain's data are written down: as documents for storage, as the plain data callers have, as codes of a
pattern."""
