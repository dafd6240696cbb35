-- insert_imported_coupons -- A coupon for every code in $4 on the terms beside it; the codes for which there was room.
INSERT INTO coupons (
    account_id, application_id, campaign_id, value, lookup, usage_limit, discount_limit, start_date, expiry_date,
    attributes, recipient_integration_id, reservation, batch_id, import_id, created
)
SELECT $1, $2, $3, code, code, usage_limit, discount_limit, start_date, expiry_date, attributes, recipient,
       recipient IS NULL, $11, $12, $13
FROM unnest($4::text[], $5::integer[], $6::numeric[], $7::timestamptz[], $8::timestamptz[], $9::jsonb[], $10::text[])
    AS sent (code, usage_limit, discount_limit, start_date, expiry_date, attributes, recipient)
ON CONFLICT ON CONSTRAINT coupons_lookup DO NOTHING
RETURNING lookup;

-- analyze_coupons -- Tells the planner what a large import or creation has made of the table.
ANALYZE coupons;

-- export_coupons -- Coupons of a source that pass the conditions of matching_coupons, as lines of a file. $21: for spreadsheets.
SELECT c.id, csv_time(c.created, $21::boolean) AS created, c.campaign_id AS campaignid, c.value,
       csv_time(c.expiry_date, $21) AS expirydate, csv_time(c.start_date, $21) AS startdate,
       c.attributes::text AS attributes, c.application_id AS applicationid, $22::text AS deleted,
       0 AS deleted_changelogid, c.account_id AS accountid, c.referral_id AS referralid,
       c.recipient_integration_id AS recipientintegrationid, c.import_id AS importid, c.batch_id AS batchid,
       c.reservation::text AS reservation, c.limits::text AS limits, c.usage_limit AS limitval,
       c.usage_counter AS counter, trim_scale(c.discount_counter) AS discount_counter,
       trim_scale(c.discount_limit) AS discount_limitval, c.is_reservation_mandatory::text AS is_reservation_mandatory,
       c.reservation_counter, c.reservation_limit AS reservation_limitval
FROM /* source */ AS c
WHERE c.account_id = $1 AND /* conditions */

-- export_coupon_values -- The codes alone of an export, which takes the place of the comment.
SELECT value FROM (/* export by account_id */) AS export;

-- deleted_coupons_between -- A source: coupons deleted from $23 to $24, as they were; either may be null.
SELECT (jsonb_populate_record(NULL::coupons, d.coupon)).*
FROM deleted_coupons d
WHERE d.account_id = $1 AND d.application_id = $2
    AND d.deleted >= coalesce($23::timestamptz, '-infinity') AND d.deleted <= coalesce($24::timestamptz, 'infinity')
