"""Largesse: a promotion and loyalty engine.

The engine as a library:

    import largesse

    shop = largesse.load({"campaigns": [{"ruleset": {"rules": [...]}}]})
    shop.evaluate({"cartItems": [...]}, now=...).effects
"""

from largesse.engine.formats.library import Evaluation, SessionRefusedError, Shop, load

__all__ = ["Evaluation", "SessionRefusedError", "Shop", "load"]
