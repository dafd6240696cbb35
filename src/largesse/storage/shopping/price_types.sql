-- create_price_type -- A new type of prices; gives its row.
INSERT INTO price_types (account_id, created, modified, name, title, description, targeted_audiences_ids,
                         subscribed_catalogs_ids)
VALUES ($1, $2, $2, $3, $4, $5, $6, $7)
RETURNING *;

-- list_price_types -- A page of all types of prices, sorted by $2.
SELECT p.*, count(*) OVER () AS total
FROM price_types p
WHERE p.account_id = $1
ORDER BY
    CASE $2::text WHEN 'name' THEN p.name END,
    CASE $2 WHEN '-name' THEN p.name END DESC,
    CASE $2 WHEN '-id' THEN p.id END DESC,
    p.id
LIMIT $3 OFFSET $4;

-- update_price_type -- Everything about a type of prices but its name, anew; gives its row.
UPDATE price_types
SET modified = $3, title = $4, description = $5, targeted_audiences_ids = $6, subscribed_catalogs_ids = $7
WHERE account_id = $1 AND id = $2
RETURNING *;

-- existing_audiences -- Which of these ids are audiences of the account.
SELECT id FROM audiences WHERE account_id = $1 AND id = ANY ($2::bigint[]);

-- price_types_of_catalog -- The names of the types of prices that items of a catalog may have.
SELECT name FROM price_types
WHERE account_id = $1 AND (cardinality(subscribed_catalogs_ids) = 0 OR $2 = ANY (subscribed_catalogs_ids));
