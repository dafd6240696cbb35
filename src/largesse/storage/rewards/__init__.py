"""Rows of giveaways and achievements."""
