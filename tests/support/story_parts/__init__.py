"""What stories are made of."""
