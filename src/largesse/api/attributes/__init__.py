"""Custom attributes: what an account may say about its sessions, profiles, items, campaigns and coupons."""
