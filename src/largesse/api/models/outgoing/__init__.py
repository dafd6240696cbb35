"""Shared structs of what leaves for other systems."""
