"""Effects that newer ones have taken the place of; rules written for them go on giving them."""
