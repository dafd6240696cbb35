-- coupon_to_reserve -- The coupon with a code in its stored spelling, kept from changing until the transaction ends.
SELECT id, recipient_integration_id FROM coupons WHERE account_id = $1 AND application_id = $2 AND lookup = $3 FOR UPDATE;

-- reserve_coupon -- Reserves coupon $3 for the profiles $4 that have not; the coupon, which counts them.
WITH made AS (
    INSERT INTO coupon_reservations (account_id, application_id, coupon_id, profile_integration_id, created)
    SELECT $1, $2, $3, name, $5 FROM unnest($4::text[]) AS name
    ON CONFLICT DO NOTHING
    RETURNING profile_integration_id
)
UPDATE coupons SET reservation_counter = reservation_counter + (SELECT count(*) FROM made)
WHERE account_id = $1 AND application_id = $2 AND id = $3
RETURNING *, false AS reserved_for_profile, 0 AS profile_redemptions;

-- release_coupon -- Takes back the reservations of coupon $3 that the profiles $4 hold.
WITH gone AS (
    DELETE FROM coupon_reservations
    WHERE account_id = $1 AND application_id = $2 AND coupon_id = $3 AND profile_integration_id = ANY ($4::text[])
    RETURNING profile_integration_id
)
UPDATE coupons SET reservation_counter = greatest(reservation_counter - (SELECT count(*) FROM gone), 0)
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- reserve_coupons -- Reserves the coupons $3 for the profiles beside them; whether those that must ($5) keep to the limit.
WITH wanted AS (
    SELECT coupon_id, name, limited FROM unnest($3::bigint[], $4::text[], $5::boolean[]) AS wanted (coupon_id, name, limited)
), made AS (
    INSERT INTO coupon_reservations (account_id, application_id, coupon_id, profile_integration_id, created)
    SELECT $1, $2, coupon_id, name, $6 FROM wanted
    ORDER BY coupon_id, name
    ON CONFLICT DO NOTHING
    RETURNING coupon_id
), counted AS (
    SELECT coupon_id, count(*) AS more, (SELECT bool_and(limited) FROM wanted w WHERE w.coupon_id = made.coupon_id) AS limited
    FROM made
    GROUP BY coupon_id
), updated AS (
    UPDATE coupons c SET reservation_counter = reservation_counter + counted.more FROM counted
    WHERE c.account_id = $1 AND c.application_id = $2 AND c.id = counted.coupon_id
        AND (NOT counted.limited OR c.reservation_limit IS NULL OR c.reservation_counter + counted.more <= c.reservation_limit)
    RETURNING c.id
)
SELECT (SELECT count(*) FROM counted) = (SELECT count(*) FROM updated);

-- is_coupon -- One row where a coupon has this code.
SELECT 1 FROM coupons WHERE account_id = $1 AND application_id = $2 AND lookup = $3;

-- reserved_customers -- The profiles that hold a reservation of the coupon with a code, the first to reserve it first.
SELECT p.id AS profile_id, p.integration_id AS profile_integration_id, p.created AS profile_created,
       p.attributes AS profile_attributes, p.closed_sessions, p.total_sales, p.last_activity, p.sandbox,
       count(*) OVER () AS total
FROM coupons c
JOIN coupon_reservations r ON r.account_id = $1 AND r.application_id = $2 AND r.coupon_id = c.id
JOIN profiles p ON p.account_id = $1 AND p.sandbox = $4 AND p.integration_id = r.profile_integration_id
WHERE c.account_id = $1 AND c.application_id = $2 AND c.lookup = $3
ORDER BY r.created, p.id
LIMIT $5 OFFSET $6;
