"""Custom effects: what rules can tell a shop to do that only this shop knows."""
