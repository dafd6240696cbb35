"""Generated expressions and blocks."""
