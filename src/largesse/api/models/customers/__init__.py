"""Customers and their audiences on the wire."""
