"""Rows of what customers are about to buy."""
