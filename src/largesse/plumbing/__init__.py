"""Machinery without promotion words: settings, clock, ids, problems, the database, the HTTP door.

Nothing in this ring knows what a coupon is, and nothing in it imports the engine. It offers the outer rings a place to
stand: a `Call` with a caller, a moment and a transaction, and a table of `Operation` rows that becomes an application.
"""
