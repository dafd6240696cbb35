-- wallet -- The coupons that profile $3 holds or has redeemed, then those that everybody holds, with their campaigns.
WITH of_one AS (
    SELECT coupon_id AS id FROM coupon_reservations
    WHERE account_id = $1 AND application_id = $2 AND profile_integration_id = $3
    UNION
    SELECT coupon_id FROM coupon_redemptions
    WHERE account_id = $1 AND application_id = $2 AND profile_integration_id = $3 AND count > 0
    UNION
    SELECT id FROM coupons WHERE account_id = $1 AND application_id = $2 AND recipient_integration_id = $3
), of_all AS (
    SELECT id FROM coupons
    WHERE account_id = $1 AND application_id = $2 AND implicitly_reserved
        AND (recipient_integration_id IS NULL OR recipient_integration_id = $3)
    ORDER BY id LIMIT $4
), held AS (
    SELECT id, bool_and(shared) AS shared
    FROM (SELECT id, false AS shared FROM of_one UNION ALL SELECT id, true FROM of_all) AS each (id, shared)
    GROUP BY id
    ORDER BY shared, id LIMIT $4
)
SELECT c.*, true AS reserved_for_profile, coalesce(d.count, 0) AS profile_redemptions,
       g.state AS campaign_state, g.start_time AS campaign_start, g.end_time AS campaign_end
FROM held
JOIN coupons c ON c.account_id = $1 AND c.application_id = $2 AND c.id = held.id
JOIN campaigns g ON g.account_id = $1 AND g.application_id = $2 AND g.id = c.campaign_id
LEFT JOIN coupon_redemptions d
    ON d.account_id = $1 AND d.application_id = $2 AND d.coupon_id = c.id AND d.profile_integration_id = $3
ORDER BY held.shared, c.id;

-- referrals_of_advocate -- The referrals that profile $3 has for friends, with the first $5 friends that each has referred.
SELECT r.*, ARRAY(
    SELECT f.friend_integration_id FROM friends f
    WHERE f.account_id = $1 AND f.application_id = $2 AND f.referral_id = r.id
    ORDER BY f.created, f.friend_integration_id LIMIT $5
) AS referred
FROM referrals r
WHERE r.account_id = $1 AND r.application_id = $2 AND r.advocate_profile_integration_id = $3
ORDER BY r.id
LIMIT $4;
