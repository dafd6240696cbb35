"""Webhooks: requests to other systems that rules can ask for."""
