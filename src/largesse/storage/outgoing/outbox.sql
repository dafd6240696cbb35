-- put_calls_into_outbox -- Calls of webhooks, due at once.
INSERT INTO outbox (account_id, application_id, created, due, kind, id, source_id, source_name, campaign_id, verb, url,
    headers, body, authentication_id)
SELECT $1, $2, $3, $3, 'webhook', sent.*
FROM unnest($4::uuid[], $5::bigint[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::jsonb[], $11::text[],
    $12::bigint[]) AS sent;

-- take_due_messages -- What has waited longest, locked, each with the headers of its authentication.
SELECT o.account_id, o.application_id, o.id, o.created, o.attempts, o.verb, o.url, o.headers, o.body,
    a.headers AS secret_headers
FROM outbox o
LEFT JOIN webhook_authentications a ON a.account_id = o.account_id AND a.id = o.authentication_id
WHERE o.due <= $1
ORDER BY o.due
LIMIT $2
FOR UPDATE OF o SKIP LOCKED;

-- log_attempt -- One attempt to send a message, with all that tells what it was about.
INSERT INTO message_log (account_id, application_id, message_id, attempt, kind, source_id, source_name, change_type,
    campaign_id, url, requested, request, responded, response, status)
SELECT o.account_id, o.application_id, o.id, o.attempts + 1, o.kind, o.source_id, o.source_name, o.change_type,
    o.campaign_id, o.url, $4, $5, $6, $7, $8
FROM outbox o
WHERE o.account_id = $1 AND o.application_id = $2 AND o.id = $3;

-- postpone_message -- A message is due again later.
UPDATE outbox SET attempts = attempts + 1, due = $4
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- drop_message -- A message is sent, refused or given up.
DELETE FROM outbox WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- forget_message_log -- What was logged before a moment is forgotten.
DELETE FROM message_log WHERE requested < $1;
