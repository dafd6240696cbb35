-- insert_imported_referrals -- A referral for every code in $4 on the terms beside it; the codes for which there was room.
INSERT INTO referrals (
    account_id, application_id, campaign_id, code, lookup, advocate_profile_integration_id, usage_limit, start_date,
    expiry_date, attributes, batch_id, import_id, created
)
SELECT $1, $2, $3, code, code, advocate, usage_limit, start_date, expiry_date, attributes, $10, $11, $12
FROM unnest($4::text[], $5::text[], $6::integer[], $7::timestamptz[], $8::timestamptz[], $9::jsonb[])
    AS sent (code, advocate, usage_limit, start_date, expiry_date, attributes)
ON CONFLICT ON CONSTRAINT referrals_lookup DO NOTHING
RETURNING lookup;

-- export_referrals -- The referrals that pass every filter that is not null, as of $3, as lines of a file; $10: for spreadsheets.
SELECT r.id, csv_time(r.created, $10::boolean) AS created, r.campaign_id AS campaignid,
       r.advocate_profile_integration_id AS advocateprofileintegrationid,
       r.friend_profile_integration_id AS friendprofileintegrationid, csv_time(r.start_date, $10) AS startdate,
       csv_time(r.expiry_date, $10) AS expirydate, r.code, r.import_id AS importid, r.attributes::text AS attributes,
       r.batch_id AS batchid, r.usage_counter AS counter, r.usage_limit AS limitval
FROM referrals r
WHERE r.account_id = $1 AND r.application_id = $2
    AND ($4::bigint IS NULL OR r.campaign_id = $4)
    AND ($5::timestamptz IS NULL OR r.created <= $5)
    AND ($6::timestamptz IS NULL OR r.created >= $6)
    AND CASE $7::text
        WHEN 'expired' THEN r.expiry_date <= $3::timestamptz
        WHEN 'validNow' THEN
            (r.start_date IS NULL OR r.start_date <= $3) AND (r.expiry_date IS NULL OR r.expiry_date > $3)
        WHEN 'validFuture' THEN r.start_date > $3
        ELSE true
    END
    AND ($8::boolean IS NULL OR $8 = (r.usage_limit = 0 OR r.usage_counter < r.usage_limit))
    AND ($9::text IS NULL OR r.batch_id = $9)
ORDER BY r.id
