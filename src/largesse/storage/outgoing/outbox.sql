-- put_calls_into_outbox -- Calls of webhooks, due at once.
INSERT INTO outbox (account_id, application_id, created, due, kind, id, source_id, source_name, campaign_id, verb, url,
    headers, body, authentication_id)
SELECT $1, $2, $3, $3, 'webhook', sent.*
FROM unnest($4::uuid[], $5::bigint[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::jsonb[], $11::text[],
    $12::bigint[]) AS sent;
