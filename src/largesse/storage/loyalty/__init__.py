"""Loyalty as rows: programs, ledgers."""
