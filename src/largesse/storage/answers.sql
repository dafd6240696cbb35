-- open_session -- What an update of a session starts from: the application's revision, the session, its profile.
SELECT sandbox, revision, session_id, document, effects, consumed,
       profile_id, profile_integration_id, profile_created, profile_attributes, closed_sessions, total_sales,
       last_activity, started_sessions
FROM open_session(of_account_id => $1, of_application_id => $2, with_session => $3, with_profile => $4, places => $5);

-- open_profile -- What an update of a profile starts from: the revision of the application that sends it, the profile.
SELECT sandbox, revision, profile_id, profile_integration_id, profile_created, profile_attributes, closed_sessions,
       total_sales, last_activity, started_sessions
FROM open_profile(of_account_id => $1, of_application_id => $2, with_profile => $3, places => $4);

-- coupons_by_code -- Coupons by their stored spelling, with what the profile $4 ("" for nobody) did with each.
SELECT c.id, c.campaign_id, c.value, c.created, c.usage_limit, c.usage_counter, c.discount_limit, c.discount_counter,
       c.reservation_limit, c.reservation_counter, c.start_date, c.expiry_date, c.limits, c.attributes, c.referral_id,
       c.recipient_integration_id, c.import_id, c.reservation, c.batch_id, c.is_reservation_mandatory,
       c.implicitly_reserved, r.coupon_id IS NOT NULL AS reserved_for_profile, coalesce(u.count, 0) AS profile_redemptions,
       c.lookup
FROM coupons c
LEFT JOIN coupon_reservations r
    ON r.account_id = $1 AND r.application_id = $2 AND r.coupon_id = c.id AND r.profile_integration_id = $4
LEFT JOIN coupon_redemptions u
    ON u.account_id = $1 AND u.application_id = $2 AND u.coupon_id = c.id AND u.profile_integration_id = $4
WHERE c.account_id = $1 AND c.application_id = $2 AND c.lookup = ANY ($3::text[]);

-- budgets_used -- The counters with these (campaign, key) pairs; one that was never touched has no row.
SELECT b.campaign_id, b.key, b.counter
FROM unnest($3::bigint[], $4::text[]) AS wanted (campaign_id, key)
JOIN budget_counters b
    ON b.account_id = $1 AND b.application_id = $2 AND b.campaign_id = wanted.campaign_id AND b.key = wanted.key;
