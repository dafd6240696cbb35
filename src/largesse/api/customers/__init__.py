"""Operations on who buys."""
