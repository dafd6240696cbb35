-- find_reply -- What is known under an idempotency key; takes the key for this transaction.
SELECT is_running, fingerprint, status, media_type, body
FROM find_reply(of_account_id => $1, of_application_id => $2, of_place => $3, since => $4);

-- keep_reply -- Keeps a reply, in the place of one that is too old; drops a few others that are.
WITH old AS (
    SELECT place FROM idempotent_replies
    WHERE account_id = $1 AND application_id = $2 AND created <= $9 AND place <> $3
    ORDER BY created LIMIT $10 FOR UPDATE SKIP LOCKED
), dropped AS (
    DELETE FROM idempotent_replies r USING old
    WHERE r.account_id = $1 AND r.application_id = $2 AND r.place = old.place
)
INSERT INTO idempotent_replies AS kept
    (account_id, application_id, place, fingerprint, status, media_type, body, created)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (account_id, application_id, place) DO UPDATE SET
    fingerprint = excluded.fingerprint, status = excluded.status, media_type = excluded.media_type,
    body = excluded.body, created = excluded.created
WHERE kept.created <= $9;

-- next_shop_with_replies -- The first shop behind the key ($1, $2) for which replies are kept.
SELECT account_id, application_id FROM idempotent_replies
WHERE (account_id, application_id) > ($1, $2)
ORDER BY account_id, application_id
LIMIT 1;

-- drop_replies -- At most $4 of a shop's replies that were kept until $3.
DELETE FROM idempotent_replies r
USING (
    SELECT place FROM idempotent_replies
    WHERE account_id = $1 AND application_id = $2 AND created <= $3
    ORDER BY created
    LIMIT $4
    FOR UPDATE SKIP LOCKED
) AS old
WHERE r.account_id = $1 AND r.application_id = $2 AND r.place = old.place;
