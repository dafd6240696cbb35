-- coupon_campaign -- What coupons of a campaign depend on.
SELECT a.case_sensitivity, a.attributes_settings #> '{mandatory,coupons}' AS mandatory_attributes, c.coupon_settings,
       c.coupon_attributes
FROM campaigns c
JOIN applications a ON a.account_id = c.account_id AND a.id = c.application_id
WHERE c.account_id = $1 AND c.application_id = $2 AND c.id = $3;

-- coupon_campaign_kept -- The same, neither deleted nor given another case sensitivity until the transaction ends.
SELECT a.case_sensitivity, a.attributes_settings #> '{mandatory,coupons}' AS mandatory_attributes, c.coupon_settings,
       c.coupon_attributes
FROM campaigns c
JOIN applications a ON a.account_id = c.account_id AND a.id = c.application_id
WHERE c.account_id = $1 AND c.application_id = $2 AND c.id = $3
FOR KEY SHARE;

-- codes_taken -- Those of the codes $3 that are coupons of the Application already, in the spelling they are looked up by.
SELECT lookup FROM coupons WHERE account_id = $1 AND application_id = $2 AND lookup = ANY ($3::text[]);

-- insert_coupons -- Coupons with the codes $4; a code that is taken makes none. Joining here would be planned for few rows.
INSERT INTO coupons (
    account_id, application_id, campaign_id, value, lookup, usage_limit, discount_limit, reservation_limit, start_date,
    expiry_date, limits, attributes, recipient_integration_id, reservation, is_reservation_mandatory, implicitly_reserved,
    batch_id, created
)
SELECT $1, $2, $3, code, code, $5, $6, $7, $8, $9, $10, $11, $12, $12::text IS NULL, $13, $14, $15, $16
FROM unnest($4::text[]) AS code
ON CONFLICT ON CONSTRAINT coupons_lookup DO NOTHING;

-- insert_coupons_for -- A coupon with the code in $4 for the recipient beside it in $13; a code that is taken makes none.
INSERT INTO coupons (
    account_id, application_id, campaign_id, value, lookup, usage_limit, discount_limit, reservation_limit, start_date,
    expiry_date, attributes, recipient_integration_id, reservation, batch_id, created
)
SELECT $1, $2, $3, code, code, $5, $6, $7, $8, $9, $10, recipient, false, $11, $12
FROM unnest($4::text[], $13::text[]) AS wanted (code, recipient)
ON CONFLICT ON CONSTRAINT coupons_lookup DO NOTHING
RETURNING recipient_integration_id;

-- coupons_of_batch -- The coupons that were created together, in the order of creation.
SELECT c.*, false AS reserved_for_profile, 0 AS profile_redemptions
FROM coupons c
WHERE c.account_id = $1 AND c.application_id = $2 AND c.campaign_id = $3 AND c.batch_id = $4
ORDER BY c.id;

-- matching_coupons -- Coupons of an Application that pass every filter that is not null, as of $3; in no order.
SELECT c.*, false AS reserved_for_profile, 0 AS profile_redemptions
FROM coupons c
WHERE c.account_id = $1 AND c.application_id = $2
    AND ($4::bigint IS NULL OR c.campaign_id = $4)
    AND ($5::text IS NULL OR searchable_code(c.value) = searchable_code($5))
    AND ($6::text IS NULL OR (searchable_code(c.value) = searchable_code($6) AND lower(c.value) = lower($6)))
    AND ($7::timestamptz IS NULL OR c.created <= $7)
    AND ($8::timestamptz IS NULL OR c.created >= $8)
    AND ($9::timestamptz IS NULL OR c.start_date <= $9)
    AND ($10::timestamptz IS NULL OR c.start_date >= $10)
    AND ($11::timestamptz IS NULL OR c.expiry_date <= $11)
    AND ($12::timestamptz IS NULL OR c.expiry_date >= $12)
    AND CASE $13::text
        WHEN 'expired' THEN c.expiry_date <= $3::timestamptz
        WHEN 'validNow' THEN
            (c.start_date IS NULL OR c.start_date <= $3) AND (c.expiry_date IS NULL OR c.expiry_date > $3)
        WHEN 'validFuture' THEN c.start_date > $3
        ELSE true
    END
    AND ($14::boolean IS NULL OR $14 = (c.usage_limit = 0 OR c.usage_counter < c.usage_limit))
    AND ($15::boolean IS NULL OR $15 = (c.usage_counter > 0))
    AND ($16::bigint IS NULL OR c.referral_id = $16)
    AND ($17::text IS NULL OR c.recipient_integration_id = $17)
    AND ($18::text IS NULL OR c.batch_id = $18)
    AND ($19::jsonb IS NULL OR NOT EXISTS (
        SELECT FROM jsonb_each($19) AS wanted (name, value)
        WHERE coalesce(c.attributes -> wanted.name, 'null') <> wanted.value
    ))
    AND ($20::text IS NULL OR EXISTS (
        SELECT FROM campaigns g
        WHERE g.account_id = $1 AND g.application_id = $2 AND g.id = c.campaign_id AND CASE $20
            WHEN 'scheduled' THEN
                g.state = 'enabled' AND g.start_time > $3 AND (g.end_time IS NULL OR g.end_time > $3)
            WHEN 'running' THEN
                g.state = 'enabled' AND (g.start_time IS NULL OR g.start_time <= $3)
                AND (g.end_time IS NULL OR g.end_time > $3)
            WHEN 'expired' THEN g.state = 'enabled' AND g.end_time <= $3
            ELSE g.state = $20
        END
    ));

-- delete_some_coupons -- Deletes the next $21 coupons above $22 that pass the conditions of matching_coupons; which they were.
WITH chosen AS (
    SELECT c.id FROM coupons c WHERE c.account_id = $1 AND /* conditions */ AND c.id > $22 ORDER BY c.id LIMIT $21
), gone AS (
    DELETE FROM coupons c USING chosen
    WHERE c.account_id = $1 AND c.application_id = $2 AND c.id = chosen.id
    RETURNING c.*
), kept AS (
    INSERT INTO deleted_coupons (account_id, application_id, id, deleted, coupon)
    SELECT account_id, application_id, id, $23, to_jsonb(gone) FROM gone
)
SELECT count(*) AS chosen, max(id) AS last, (SELECT count(*) FROM gone) AS gone FROM chosen;

-- find_coupon -- One coupon of a campaign, kept from changing until the transaction ends.
SELECT c.*, false AS reserved_for_profile, 0 AS profile_redemptions
FROM coupons c
WHERE c.account_id = $1 AND c.application_id = $2 AND c.campaign_id = $3 AND c.id = $4
FOR UPDATE;

-- update_coupon -- New settings of one coupon; its counters stay.
UPDATE coupons
SET usage_limit = $4, discount_limit = $5, reservation_limit = $6, start_date = $7, expiry_date = $8, limits = $9,
    attributes = $10, recipient_integration_id = $11, reservation = $11::text IS NULL, is_reservation_mandatory = $12,
    implicitly_reserved = $13
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- end_of_chunk -- The last id of the next $6 coupons after $5 of a batch $4, or of all coupons of a campaign.
SELECT max(id)
FROM (
    SELECT id FROM coupons
    WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND ($4::text IS NULL OR batch_id = $4) AND id > $5
    ORDER BY id
    LIMIT $6
) AS chunk;

-- update_coupon_batch -- New settings of those of them with ids from above $5 to $6; what is null stays, dates excepted.
UPDATE coupons
SET usage_limit = coalesce($7, usage_limit), discount_limit = coalesce($8, discount_limit),
    reservation_limit = coalesce($9, reservation_limit), start_date = $10, expiry_date = $11,
    attributes = jsonb_strip_nulls(attributes || $12)
WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND ($4::text IS NULL OR batch_id = $4)
    AND id > $5 AND id <= $6;

-- delete_coupon -- One coupon of a campaign goes, with its reservations and redemptions (foreign keys cascade).
WITH gone AS (
    DELETE FROM coupons WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND id = $4 RETURNING *
)
INSERT INTO deleted_coupons (account_id, application_id, id, deleted, coupon)
SELECT account_id, application_id, id, $5, to_jsonb(gone) FROM gone;
