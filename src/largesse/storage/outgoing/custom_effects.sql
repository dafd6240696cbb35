-- create_custom_effect -- A new custom effect; gives its row.
INSERT INTO custom_effects (account_id, created, modified, created_by, name, title, payload, description, enabled,
    is_per_item, params, application_ids)
VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING *;

-- find_custom_effect -- The custom effect with this id.
SELECT * FROM custom_effects WHERE account_id = $1 AND id = $2;

-- list_custom_effects -- A page of all custom effects, sorted by $2.
SELECT e.*, count(*) OVER () AS total
FROM custom_effects e
WHERE e.account_id = $1
ORDER BY
    CASE $2::text WHEN 'name' THEN e.name WHEN 'title' THEN e.title END,
    CASE $2 WHEN '-name' THEN e.name WHEN '-title' THEN e.title END DESC,
    CASE $2 WHEN 'created' THEN e.created WHEN 'modified' THEN e.modified END,
    CASE $2 WHEN '-created' THEN e.created WHEN '-modified' THEN e.modified END DESC,
    CASE $2 WHEN '-id' THEN e.id END DESC,
    e.id
LIMIT $3 OFFSET $4;

-- update_custom_effect -- Everything about a custom effect anew; gives its row.
UPDATE custom_effects
SET modified = $3, modified_by = $4, name = $5, title = $6, payload = $7, description = $8, enabled = $9,
    is_per_item = $10, params = $11, application_ids = $12
WHERE account_id = $1 AND id = $2
RETURNING *;

-- delete_custom_effect -- A custom effect is no longer defined.
DELETE FROM custom_effects WHERE account_id = $1 AND id = $2;

-- custom_effect_definitions -- All custom effects of an account as evaluation needs them.
SELECT id, name, title, payload, application_ids, is_per_item, enabled, params
FROM custom_effects WHERE account_id = $1 ORDER BY id;
