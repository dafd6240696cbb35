-- profile_attributes -- The attributes of a profile, which nobody changes before this transaction ends.
SELECT attributes FROM profiles
WHERE account_id = $1 AND sandbox = $2 AND integration_id = $3
FOR NO KEY UPDATE;

-- coupon_attributes -- The attributes of a coupon, likewise.
SELECT attributes FROM coupons
WHERE account_id = $1 AND application_id = $2 AND id = $3
FOR NO KEY UPDATE;

-- referral_attributes -- The attributes of a referral, likewise.
SELECT attributes FROM referrals
WHERE account_id = $1 AND application_id = $2 AND id = $3
FOR NO KEY UPDATE;
