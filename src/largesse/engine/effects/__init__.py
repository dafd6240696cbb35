"""What rules can do: one file per effect, action and undo side by side; `catalogue` lists them."""
