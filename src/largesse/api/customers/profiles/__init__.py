"""Customer profiles: what a shop knows about its customers."""
