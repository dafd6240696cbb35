"""Loyalty: programs and the points in them."""
