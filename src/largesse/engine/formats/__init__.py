"""How the brain's data are written down: as documents for storage, and as the plain data callers have."""
