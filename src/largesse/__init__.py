"""Largesse: a promotion and loyalty engine."""
