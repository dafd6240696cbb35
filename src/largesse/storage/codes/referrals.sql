-- referral_campaign -- What referrals of a campaign depend on; neither changes until the transaction ends.
SELECT a.case_sensitivity, a.sandbox, c.referral_settings
FROM campaigns c
JOIN applications a ON a.account_id = c.account_id AND a.id = c.application_id
WHERE c.account_id = $1 AND c.application_id = $2 AND c.id = $3
FOR KEY SHARE;

-- codes_taken -- Those of the codes $3 that are referrals of the Application already, in the spelling of their lookup.
SELECT lookup FROM referrals WHERE account_id = $1 AND application_id = $2 AND lookup = ANY ($3::text[]);

-- insert_referrals -- A referral for each advocate in $5, with the code beside it in $4; a code that is taken makes none.
INSERT INTO referrals (
    account_id, application_id, campaign_id, code, lookup, advocate_profile_integration_id, friend_profile_integration_id,
    start_date, expiry_date, usage_limit, attributes, batch_id, created
)
SELECT $1, $2, $3, code, code, advocate, $6, $7, $8, $9, $10, $11, $12
FROM unnest($4::text[], $5::text[]) AS wanted (code, advocate)
ON CONFLICT ON CONSTRAINT referrals_lookup DO NOTHING
RETURNING *;

-- matching_referrals -- The referrals of a campaign that pass every filter that is not null, as of $4; in no order.
SELECT r.*
FROM referrals r
WHERE r.account_id = $1 AND r.application_id = $2 AND r.campaign_id = $3
    AND ($5::text IS NULL OR searchable_code(r.code) = searchable_code($5))
    AND ($6::timestamptz IS NULL OR r.created <= $6)
    AND ($7::timestamptz IS NULL OR r.created >= $7)
    AND CASE $8::text
        WHEN 'expired' THEN r.expiry_date <= $4::timestamptz
        WHEN 'validNow' THEN
            (r.start_date IS NULL OR r.start_date <= $4) AND (r.expiry_date IS NULL OR r.expiry_date > $4)
        WHEN 'validFuture' THEN r.start_date > $4
        ELSE true
    END
    AND ($9::boolean IS NULL OR $9 = (r.usage_limit = 0 OR r.usage_counter < r.usage_limit))
    AND ($10::text IS NULL OR r.advocate_profile_integration_id = $10)

-- find_referral -- One referral of a campaign, kept from changing until the transaction ends.
SELECT * FROM referrals WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND id = $4 FOR UPDATE;

-- update_referral -- New settings of one referral; its code, advocate and counter stay.
UPDATE referrals
SET friend_profile_integration_id = $4, start_date = $5, expiry_date = $6, usage_limit = $7, attributes = $8
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- delete_referral -- One referral of a campaign; whom it has referred is not forgotten.
DELETE FROM referrals WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND id = $4;

-- referral_by_code -- A referral by its stored spelling, its advocate in environment $5, where the profile $4 was referred.
SELECT r.*, f.session_integration_id AS referred_in, p.sandbox,
       p.id AS profile_id, p.integration_id AS profile_integration_id, p.created AS profile_created,
       p.attributes AS profile_attributes, p.closed_sessions, p.total_sales, p.last_activity
FROM referrals r
LEFT JOIN profiles p
    ON p.account_id = $1 AND p.sandbox = $5 AND p.integration_id = r.advocate_profile_integration_id
LEFT JOIN friends f ON f.account_id = $1 AND f.application_id = $2 AND f.friend_integration_id = $4
WHERE r.account_id = $1 AND r.application_id = $2 AND r.lookup = $3;

-- use_referral -- Redeems a referral or gives it back; see the function of this name in the schema.
SELECT use_referral(of_account_id => $1, of_application_id => $2, of_referral => $3, friend => $4, of_session => $5,
                    uses => $6, moment => $7);

-- set_referral_attributes -- Merges attributes into a referral; null clears one.
UPDATE referrals SET attributes = jsonb_strip_nulls(attributes || $4)
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- referred_customers -- The profiles that a referral has referred, the first one first.
SELECT friend_integration_id FROM friends
WHERE account_id = $1 AND application_id = $2 AND referral_id = $3
ORDER BY created, friend_integration_id
LIMIT $4;
