"""Types of prices: other prices of catalog items, for the members of some audiences."""
