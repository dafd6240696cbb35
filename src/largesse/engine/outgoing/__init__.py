"""What leaves the engine for other systems: custom effects of the shop's own, and webhooks that rules call."""
