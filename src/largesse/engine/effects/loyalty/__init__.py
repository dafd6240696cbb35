"""What rules can do with points, a file per effect, and what takes it back."""
