"""Effects about coupons and referrals: accepted, rejected, made, put aside."""
