"""What rules do to customers."""
