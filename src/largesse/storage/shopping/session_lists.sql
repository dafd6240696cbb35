-- matching_sessions -- Sessions that pass every filter that is not null: fields equal ($8 to $12) or hold ($13 to $17) a text.
SELECT s.id AS session_id, s.document, s.effects, s.consumed, p.id AS profile_id
FROM sessions s
LEFT JOIN profiles p ON p.account_id = $1 AND p.sandbox = $3 AND p.integration_id = s.profile_integration_id
WHERE s.account_id = $1 AND s.application_id = $2 AND s.id > 0
    AND ($4::bigint IS NULL OR s.id = $4)
    AND ($5::text IS NULL OR s.state = $5)
    AND ($6::timestamptz IS NULL OR s.created < $6)
    AND ($7::timestamptz IS NULL OR s.created > $7)
    AND ($8::text IS NULL OR s.integration_id = $8)
    AND ($9::text IS NULL OR s.profile_integration_id = $9)
    AND ($13::text IS NULL OR strpos(lower(s.integration_id), lower($13)) > 0)
    AND ($14::text IS NULL OR strpos(lower(s.profile_integration_id), lower($14)) > 0)
    -- Only the documents know the rest; they are opened only where somebody asks, and last.
    AND CASE WHEN coalesce($10::text, $11::text, $12::text, $15::text, $16::text, $17::text) IS NULL THEN true ELSE (
        SELECT ($10 IS NULL OR $10 IN (SELECT json_array_elements_text(d.document -> 'coupon_codes')))
            AND ($11 IS NULL OR d.document ->> 'referral_code' = $11)
            AND ($12 IS NULL OR d.document ->> 'store_integration_id' = $12)
            AND ($15 IS NULL OR EXISTS (
                SELECT FROM json_array_elements_text(d.document -> 'coupon_codes') AS code
                WHERE strpos(lower(code), lower($15)) > 0
            ))
            AND ($16 IS NULL OR strpos(lower(d.document ->> 'referral_code'), lower($16)) > 0)
            AND ($17 IS NULL OR strpos(lower(d.document ->> 'store_integration_id'), lower($17)) > 0)
        FROM (SELECT convert_from(s.document, 'UTF8')::json AS document) AS d
    ) END
