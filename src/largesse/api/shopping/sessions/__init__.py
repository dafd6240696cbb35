"""Customer sessions: carts that shops keep up to date, and the effects they get for them."""
