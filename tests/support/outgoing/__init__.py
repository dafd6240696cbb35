"""Other systems, and what is told to them."""
