"""Effects that award giveaways and move achievements."""
