-- list_unused -- Lots of an owner of which something is left, with the entry of the log that awarded them, sorted by $9.
SELECT p.*, t.id, t.name, t.session_id
FROM loyalty_points p
JOIN loyalty_transactions t
    ON t.account_id = $1 AND t.program_id = $2 AND t.owner = $3 AND t.transaction_uuid = p.transaction_uuid
   AND t.type = 'addition'
WHERE p.account_id = $1 AND p.program_id = $2 AND p.owner = $3 AND p.remaining > 0
    AND ($5::text[] IS NULL OR p.subledger = ANY ($5))
    AND ($6::text[] IS NULL OR t.session_id = ANY ($6))
    AND ($7::text[] IS NULL OR p.transaction_uuid = ANY ($7))
    AND $4::text = CASE
        WHEN p.expiry_date <= $8 THEN 'expired'
        WHEN p.start_date <= $8 THEN 'active'
        ELSE 'pending' END
ORDER BY
    CASE $9::text
        WHEN 'startDate' THEN coalesce(p.start_date, 'infinity')
        WHEN 'expiryDate' THEN coalesce(p.expiry_date, 'infinity') END,
    CASE $9::text
        WHEN '-startDate' THEN coalesce(p.start_date, 'infinity')
        WHEN '-expiryDate' THEN coalesce(p.expiry_date, 'infinity') END DESC,
    t.id
LIMIT $10 OFFSET $11;
