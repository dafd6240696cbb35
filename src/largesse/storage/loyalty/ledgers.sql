-- ledgers_of -- The ledgers of these owners in these programs, a row for each lot that matters at $4 or is of $5, and one
-- without a lot.
WITH ledgers AS (
    SELECT program_id, owner, subledger FROM loyalty_points
    WHERE account_id = $1 AND program_id = ANY ($2::bigint[]) AND owner = ANY ($3::text[])
    UNION
    SELECT program_id, owner, subledger FROM loyalty_ledgers
    WHERE account_id = $1 AND program_id = ANY ($2::bigint[]) AND owner = ANY ($3::text[])
    UNION
    SELECT program_id, owner, '' FROM loyalty_members
    WHERE account_id = $1 AND program_id = ANY ($2::bigint[]) AND owner = ANY ($3::text[])
)
SELECT s.program_id, s.owner, s.subledger, l.owed, l.tier_id, l.tier_start, l.tier_expiry, m.joined,
       p.transaction_uuid, p.remaining, p.created, p.start_date, p.expiry_date, p.validity
FROM ledgers s
LEFT JOIN loyalty_ledgers l
    ON l.account_id = $1 AND l.program_id = s.program_id AND l.owner = s.owner AND l.subledger = s.subledger
LEFT JOIN loyalty_members m ON m.account_id = $1 AND m.program_id = s.program_id AND m.owner = s.owner
LEFT JOIN loyalty_points p
    ON p.account_id = $1 AND p.program_id = s.program_id AND p.owner = s.owner AND p.subledger = s.subledger
   AND (p.transaction_uuid = ANY ($5::text[])
        OR p.remaining > 0 AND (p.expiry_date IS NULL OR p.expiry_date > least($4, l.tier_expiry)))
ORDER BY s.program_id, s.owner, s.subledger, p.created, p.transaction_uuid;

-- points_sums -- What was added to and spent from each ledger of an owner, and what is lost at $4.
SELECT subledger, sum(amount) AS added, sum(amount - remaining) AS spent,
       coalesce(sum(remaining) FILTER (WHERE expiry_date <= $4), 0) AS expired
FROM loyalty_points
WHERE account_id = $1 AND program_id = $2 AND owner = $3
GROUP BY subledger
ORDER BY subledger;

-- save_points -- Everything one decision changes in ledgers; see the function of this name in the schema.
SELECT save_points(of_account_id => $1, of_application_id => $2, moment => $3, changes => $4);

-- list_transactions -- The log of an owner's ledgers, the latest entry first; null filters nothing.
SELECT t.*
FROM loyalty_transactions t
WHERE t.account_id = $1 AND t.program_id = $2 AND ($3::text IS NULL OR t.owner = $3)
    AND ($4::text[] IS NULL OR t.subledger = ANY ($4))
    AND ($5::text[] IS NULL OR t.session_id = ANY ($5))
    AND ($6::text[] IS NULL OR t.transaction_uuid = ANY ($6))
    AND CASE $7::text WHEN 'session' THEN t.session_id <> '' WHEN 'manual' THEN t.session_id = '' WHEN 'import' THEN false
        ELSE true END
    AND ($8::timestamptz IS NULL OR t.created >= $8)
    AND ($9::timestamptz IS NULL OR t.created <= $9)
    AND (NOT $10 OR EXISTS (
        SELECT FROM loyalty_points p
        WHERE p.account_id = $1 AND p.program_id = $2 AND p.owner = t.owner AND p.transaction_uuid = t.transaction_uuid
          AND t.type = 'addition' AND p.start_date IS NULL AND (p.expiry_date IS NULL OR p.expiry_date > $11)))
ORDER BY t.id DESC
LIMIT $12 OFFSET $13;

-- profile_exists -- Whether there is a profile of this name in the environment $2.
SELECT EXISTS (SELECT FROM profiles WHERE account_id = $1 AND sandbox = $2 AND integration_id = $3);

-- waiting_points -- The lots that await an action, of these transactions or of this session of the Application $5.
SELECT p.owner, p.transaction_uuid, p.expiry_date, p.validity
FROM loyalty_points p
JOIN loyalty_transactions t
    ON t.account_id = $1 AND t.program_id = $2 AND t.owner = p.owner AND t.transaction_uuid = p.transaction_uuid
   AND t.type = 'addition'
WHERE p.account_id = $1 AND p.program_id = $2 AND p.start_date IS NULL AND p.remaining > 0
    AND (p.transaction_uuid = ANY ($3::text[]) OR (t.session_id = $4 AND t.in_application = $5))
ORDER BY p.owner, p.transaction_uuid
FOR UPDATE OF p;

-- activate_points -- Points start at $5 and expire at $6; gives their entry of the log, none where they have started.
WITH started AS (
    UPDATE loyalty_points SET start_date = $5, expiry_date = $6, validity = ''
    WHERE account_id = $1 AND program_id = $2 AND owner = $3 AND transaction_uuid = $4 AND start_date IS NULL
    RETURNING transaction_uuid
)
UPDATE loyalty_transactions t SET start_date = $5, expiry_date = $6, awaits = false, validity = ''
FROM started s
WHERE t.account_id = $1 AND t.program_id = $2 AND t.owner = $3 AND t.transaction_uuid = s.transaction_uuid
    AND t.type = 'addition'
RETURNING t.*;

-- join_program -- The owner becomes a member, unless there is such a member already.
INSERT INTO loyalty_members (account_id, program_id, owner, joined) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;

-- hold_ledgers -- Those who change the ledgers of one owner take turns, as in save_points.
SELECT pg_advisory_xact_lock(hashtextextended(format('points %s %s %s', account_id, program_id, owner), 0))
FROM (VALUES ($1::bigint, $2::bigint, $3::text)) AS held (account_id, program_id, owner);

-- delete_transactions -- Whatever happened in the subledgers $4 of an owner, in all of them where it is null, is forgotten.
DELETE FROM loyalty_transactions
WHERE account_id = $1 AND program_id = $2 AND owner = $3 AND ($4::text[] IS NULL OR subledger = ANY ($4));

-- delete_points -- The lots of the same.
DELETE FROM loyalty_points
WHERE account_id = $1 AND program_id = $2 AND owner = $3 AND ($4::text[] IS NULL OR subledger = ANY ($4));

-- delete_standings -- What is owed in the same, and the tiers held.
DELETE FROM loyalty_ledgers
WHERE account_id = $1 AND program_id = $2 AND owner = $3 AND ($4::text[] IS NULL OR subledger = ANY ($4));
