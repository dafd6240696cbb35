"""Rows of what leaves the engine for other systems."""
