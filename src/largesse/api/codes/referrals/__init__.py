"""Referrals: codes that advocates give to their friends."""
