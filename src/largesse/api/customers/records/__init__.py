"""Customers as staff look through them."""
