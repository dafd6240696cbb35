-- create_webhook -- A new webhook; gives its row.
INSERT INTO webhooks (account_id, created, modified, title, description, draft, verb, url, headers, payload, params,
    enabled, application_ids, authentication_id)
VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
RETURNING *;

-- find_webhook -- The webhook with this id.
SELECT * FROM webhooks WHERE account_id = $1 AND id = $2;

-- list_webhooks -- A page of the webhooks that pass the filters, sorted by $2.
SELECT w.*, count(*) OVER () AS total
FROM webhooks w
WHERE w.account_id = $1
    AND ($3::bigint[] IS NULL OR w.application_ids = '{}' OR w.application_ids && $3)
    AND ($4::boolean IS NULL OR w.enabled = $4)
    AND ($5::text IS NULL OR strpos(lower(w.title), lower($5)) > 0)
ORDER BY
    CASE $2::text WHEN 'title' THEN w.title END,
    CASE $2 WHEN '-title' THEN w.title END DESC,
    CASE $2 WHEN 'created' THEN w.created WHEN 'modified' THEN w.modified END,
    CASE $2 WHEN '-created' THEN w.created WHEN '-modified' THEN w.modified END DESC,
    CASE $2 WHEN '-id' THEN w.id END DESC,
    w.id
LIMIT $6 OFFSET $7;

-- update_webhook -- Everything about a webhook anew; gives its row.
UPDATE webhooks
SET modified = $3, title = $4, description = $5, draft = $6, verb = $7, url = $8, headers = $9, payload = $10,
    params = $11, enabled = $12, application_ids = $13, authentication_id = $14
WHERE account_id = $1 AND id = $2
RETURNING *;

-- delete_webhook -- A webhook is no longer defined.
DELETE FROM webhooks WHERE account_id = $1 AND id = $2;

-- webhook_definitions -- All webhooks of an account as evaluation needs them.
SELECT id, title, verb, url, headers, payload, params, application_ids, draft, enabled, authentication_id
FROM webhooks WHERE account_id = $1 ORDER BY id;
