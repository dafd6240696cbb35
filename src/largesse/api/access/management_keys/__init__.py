"""Management keys: what staff programs sign their requests with."""
