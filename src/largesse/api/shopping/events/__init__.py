"""Events that shops send of their customers."""
