"""Rows of who buys."""
