"""What customers are about to buy: carts, sessions and what becomes of them."""
