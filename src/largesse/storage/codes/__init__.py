"""Rows of codes that customers enter."""
