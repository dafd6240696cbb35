"""Coupons: creating, listing, changing and deleting the codes of a campaign."""
