"""What customers win: giveaways and achievements."""
