"""`largesse eval`: the rule language without a shop around it, for trying things out and for other programs."""
