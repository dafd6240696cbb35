-- code_sources -- What the campaigns of an Application say about their new codes; archived ones get none.
SELECT id, coupon_settings, referral_settings, coupon_attributes
FROM campaigns
WHERE account_id = $1 AND application_id = $2 AND state <> 'archived';

-- code_rules -- What the Application says about all its codes.
SELECT case_sensitivity, attributes_settings #> '{mandatory,coupons}' AS mandatory_attributes
FROM applications
WHERE account_id = $1 AND id = $2;

-- create_coupon -- A coupon with the code $4; none where it is taken, or where the campaign is gone.
INSERT INTO coupons (
    account_id, application_id, campaign_id, value, lookup, recipient_integration_id, reservation, usage_limit,
    discount_limit, start_date, expiry_date, attributes, created
)
SELECT $1, $2, id, $4, $4, nullif($5::text, ''), $5 = '', $6, $7, $8, $9, $10, $11
FROM campaigns
WHERE account_id = $1 AND application_id = $2 AND id = $3
FOR KEY SHARE
ON CONFLICT ON CONSTRAINT coupons_lookup DO NOTHING
RETURNING *, false AS reserved_for_profile, 0 AS profile_redemptions;

-- create_referral -- A referral with the code $4; none where it is taken, or where the campaign is gone.
INSERT INTO referrals (
    account_id, application_id, campaign_id, code, lookup, advocate_profile_integration_id, friend_profile_integration_id,
    usage_limit, start_date, expiry_date, attributes, created
)
SELECT $1, $2, id, $4, $4, $5, nullif($6::text, ''), $7, $8, $9, $10, $11
FROM campaigns
WHERE account_id = $1 AND application_id = $2 AND id = $3
FOR KEY SHARE
ON CONFLICT ON CONSTRAINT referrals_lookup DO NOTHING
RETURNING *;
