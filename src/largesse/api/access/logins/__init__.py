"""Logins: how a person gets a token, and gives it back."""
