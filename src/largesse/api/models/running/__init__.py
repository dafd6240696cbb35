"""Running campaigns as shops see them."""
