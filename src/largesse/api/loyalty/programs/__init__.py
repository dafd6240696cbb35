"""Loyalty programs: what points are worth having."""
