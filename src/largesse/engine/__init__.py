"""What promotions mean: sessions, carts, coupons, budgets, rules and their effects, as pure functions over frozen
facts.

Nothing here reads a clock, a file, a socket or a random number. The ring says what it must know (questions), is given
it (facts), and answers with what it decided (effects), what must be stored (changes) and why (failures, traces).
"""
