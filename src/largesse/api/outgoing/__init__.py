"""What leaves the engine for other systems."""
