"""Giveaways and achievements over HTTP."""
