-- create_additional_cost -- A new additional cost; gives its row.
INSERT INTO additional_costs (account_id, created, name, title, description, subscribed_applications_ids, type)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING *;

-- find_additional_cost -- The additional cost with this id.
SELECT * FROM additional_costs WHERE account_id = $1 AND id = $2;

-- list_additional_costs -- A page of all additional costs, sorted by $2.
SELECT a.*, count(*) OVER () AS total
FROM additional_costs a
WHERE a.account_id = $1
ORDER BY
    CASE $2::text WHEN 'name' THEN a.name WHEN 'title' THEN a.title WHEN 'type' THEN a.type END,
    CASE $2 WHEN '-name' THEN a.name WHEN '-title' THEN a.title WHEN '-type' THEN a.type END DESC,
    CASE $2 WHEN 'created' THEN a.created END,
    CASE $2 WHEN '-created' THEN a.created END DESC,
    CASE $2 WHEN '-id' THEN a.id END DESC,
    a.id
LIMIT $3 OFFSET $4;

-- update_additional_cost -- Everything about an additional cost but its name, anew; gives its row.
UPDATE additional_costs
SET title = $3, description = $4, subscribed_applications_ids = $5, type = $6
WHERE account_id = $1 AND id = $2
RETURNING *;

-- delete_additional_cost -- An additional cost is no longer defined.
DELETE FROM additional_costs WHERE account_id = $1 AND id = $2;

-- additional_cost_definitions -- All additional costs of an account as evaluation needs them.
SELECT id, name, type, subscribed_applications_ids FROM additional_costs WHERE account_id = $1 ORDER BY id;
