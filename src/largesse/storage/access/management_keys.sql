-- create_management_key -- A key for staff programs, known by its hash from now on; gives its row.
INSERT INTO management_keys (
    account_id, name, key_hash, expiry_date, endpoints, allowed_application_ids, created_by, created
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
RETURNING *;

-- list_management_keys -- A page of the account's management keys, sorted by $2.
SELECT k.*, count(*) OVER () AS total
FROM management_keys k
WHERE k.account_id = $1
ORDER BY
    CASE $2::text WHEN 'name' THEN k.name END,
    CASE $2 WHEN '-name' THEN k.name END DESC,
    CASE $2 WHEN 'created' THEN k.created WHEN 'expiryDate' THEN k.expiry_date WHEN 'lastUsed' THEN k.last_used END,
    CASE $2 WHEN '-created' THEN k.created WHEN '-expiryDate' THEN k.expiry_date WHEN '-lastUsed' THEN k.last_used
        END DESC NULLS LAST,
    CASE $2 WHEN '-id' THEN k.id END DESC,
    k.id
LIMIT $3 OFFSET $4;

-- find_management_key -- One management key of the account.
SELECT * FROM management_keys WHERE account_id = $1 AND id = $2;

-- delete_management_key -- A management key stops working.
DELETE FROM management_keys WHERE account_id = $1 AND id = $2;
