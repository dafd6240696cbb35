"""Codes that customers enter: coupons and referrals."""
