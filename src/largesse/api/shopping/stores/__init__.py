"""Stores, the campaigns linked to them, and what these may spend there."""
