"""Points of profiles: balances, and what is added and taken by hand."""
