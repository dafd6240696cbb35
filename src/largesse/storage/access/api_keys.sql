-- create_api_key -- A key for an Application, known by its hash from now on; gives its row.
INSERT INTO api_keys (
    account_id, application_id, title, key_hash, expires, platform, type, time_offset, created_by, created
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING *;

-- list_api_keys -- A page of an Application's keys, sorted by $3.
SELECT k.*, count(*) OVER () AS total
FROM api_keys k
WHERE k.account_id = $1 AND k.application_id = $2
ORDER BY
    CASE $3::text WHEN 'title' THEN k.title END,
    CASE $3 WHEN '-title' THEN k.title END DESC,
    CASE $3 WHEN 'created' THEN k.created WHEN 'expires' THEN k.expires END,
    CASE $3 WHEN '-created' THEN k.created WHEN '-expires' THEN k.expires END DESC,
    CASE $3 WHEN '-id' THEN k.id END DESC,
    k.id
LIMIT $4 OFFSET $5;

-- find_api_key -- One key of an Application.
SELECT * FROM api_keys WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- delete_api_key -- A key of an Application stops working.
DELETE FROM api_keys WHERE account_id = $1 AND application_id = $2 AND id = $3;
