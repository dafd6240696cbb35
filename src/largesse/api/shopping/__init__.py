"""Operations on what customers are about to buy."""
