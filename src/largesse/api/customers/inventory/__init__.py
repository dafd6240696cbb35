"""All that one customer has: codes, points, giveaways, achievements."""
