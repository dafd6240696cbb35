"""Giveaways: pools of codes that rules award."""
