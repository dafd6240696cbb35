"""Running campaigns, and evaluations of them, as shops see them."""
