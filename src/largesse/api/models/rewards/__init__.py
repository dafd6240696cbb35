"""What callers send and see of giveaways and achievements."""
