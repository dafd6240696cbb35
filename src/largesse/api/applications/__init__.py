"""Applications: the shops of an account."""
