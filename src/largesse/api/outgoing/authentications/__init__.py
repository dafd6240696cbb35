"""Authentications: the secrets that webhooks send along."""
