"""Campaigns of an Application."""
