"""Whose rows are meant: the three values that narrow every query of a shop's data."""

from msgspec import Struct


class Scope(Struct, frozen=True):
    """One Application of one account, and which of the two worlds it belongs to.

    Sessions, coupons, budgets and events belong to the Application; profiles are shared by all Applications of the
    account with the same `sandbox`. Source: semantics, section 1.
    """

    account_id: int
    application_id: int
    sandbox: bool = False
