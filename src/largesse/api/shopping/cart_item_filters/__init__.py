"""Cart item filters: named lists of items that all campaigns of an Application may read."""
