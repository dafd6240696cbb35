"""Operations on codes that customers enter."""
