"""API keys: what the shop of an Application signs its requests with."""
