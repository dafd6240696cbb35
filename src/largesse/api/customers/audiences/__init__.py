"""Audiences: named groups of customers."""
