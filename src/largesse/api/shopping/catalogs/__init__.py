"""Catalogs of cart items: what is known of an item beside what a cart says."""
