-- create_pool -- A new pool; gives its row.
INSERT INTO giveaways_pools (account_id, created, created_by, sandbox, name, description, subscribed_applications_ids)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING *;

-- find_pool -- The pool with this id.
SELECT * FROM giveaways_pools WHERE account_id = $1 AND id = $2;

-- list_pools -- A page of all pools, sorted by $2.
SELECT p.*, count(*) OVER () AS total
FROM giveaways_pools p
WHERE p.account_id = $1
ORDER BY
    CASE $2::text WHEN 'name' THEN p.name END,
    CASE $2 WHEN '-name' THEN p.name END DESC,
    CASE $2 WHEN 'created' THEN p.created END,
    CASE $2 WHEN '-created' THEN p.created END DESC,
    CASE $2 WHEN '-id' THEN p.id END DESC,
    p.id
LIMIT $3 OFFSET $4;

-- update_pool -- Everything about a pool but its sandbox, anew; gives its row.
UPDATE giveaways_pools
SET modified = $3, modified_by = $4, name = $5, description = $6, subscribed_applications_ids = $7
WHERE account_id = $1 AND id = $2
RETURNING *;

-- delete_pool -- A pool with all its giveaways, awarded or not.
DELETE FROM giveaways_pools WHERE account_id = $1 AND id = $2;

-- pool_definitions -- The pools that an application may award giveaways of.
SELECT p.id, p.name
FROM giveaways_pools p
JOIN applications a ON a.account_id = $1 AND a.id = $2 AND a.sandbox = p.sandbox
WHERE p.account_id = $1
    AND (cardinality(p.subscribed_applications_ids) = 0 OR $2 = ANY (p.subscribed_applications_ids))
ORDER BY p.id;

-- add_giveaways -- New giveaways in a pool, in this order; gives their rows.
INSERT INTO giveaways (account_id, pool_id, created, import_id, code, start_date, end_date, attributes)
SELECT $1, $2, $3, $4, code, start_date, end_date, attributes
FROM unnest($5::text[], $6::timestamptz[], $7::timestamptz[], $8::jsonb[])
    WITH ORDINALITY AS sent (code, start_date, end_date, attributes, position)
ORDER BY position
RETURNING *, NULL::bigint AS profile_id;

-- list_giveaways -- A page of the giveaways of a pool that pass every filter that is not null, sorted by $4.
SELECT g.*, p.id AS profile_id, count(*) OVER () AS total
FROM giveaways g
JOIN giveaways_pools q ON q.account_id = $1 AND q.id = $2
LEFT JOIN profiles p
    ON p.account_id = $1 AND p.sandbox = q.sandbox AND p.integration_id = g.profile_integration_id
WHERE g.account_id = $1 AND g.pool_id = $2 AND ($3::boolean IS NULL OR g.used = $3)
ORDER BY
    CASE $4::text WHEN 'code' THEN g.code END,
    CASE $4 WHEN '-code' THEN g.code END DESC,
    CASE $4 WHEN '-id' THEN g.id END DESC,
    g.id
LIMIT $5 OFFSET $6;

-- free_giveaways -- The giveaways to award from; see the function of this name in the schema.
SELECT id, pool_id, code, created, start_date, end_date, attributes
FROM free_giveaways(of_account_id => $1, of_pools => $2, counts => $3, moment => $4, taking => $5);

-- award_giveaway -- A giveaway is a profile's, unless it is somebody's already.
UPDATE giveaways SET used = true, profile_integration_id = $4
WHERE account_id = $1 AND pool_id = $2 AND id = $3 AND NOT used;

-- awarded_giveaways -- The giveaways $2, and the profiles in environment $3 whose they are.
SELECT g.*, p.id AS profile_id
FROM giveaways g
LEFT JOIN profiles p ON p.account_id = $1 AND p.sandbox = $3 AND p.integration_id = g.profile_integration_id
WHERE g.account_id = $1 AND g.pool_id = ANY ($4::bigint[]) AND g.id = ANY ($2::bigint[])
ORDER BY g.id;

-- giveaways_of_profile -- The giveaways that profile $3 was awarded from pools of environment $2, the first one first.
SELECT g.*, p.id AS profile_id
FROM giveaways g
JOIN giveaways_pools q ON q.account_id = $1 AND q.id = g.pool_id AND q.sandbox = $2
LEFT JOIN profiles p ON p.account_id = $1 AND p.sandbox = $2 AND p.integration_id = $3
WHERE g.account_id = $1 AND g.profile_integration_id = $3
ORDER BY g.id
LIMIT $4;

-- export_giveaways -- The giveaways of a pool that were added from $4 to $3 (null: whenever), as lines of a file.
SELECT g.id, g.pool_id AS poolid, g.code, csv_time(g.start_date, false) AS startdate, csv_time(g.end_date, false) AS enddate,
       g.attributes::text AS attributes, g.used::text AS used, g.import_id AS importid,
       csv_time(g.created, false) AS created, g.profile_integration_id AS profileintegrationid, p.id AS profileid
FROM giveaways g
JOIN giveaways_pools q ON q.account_id = $1 AND q.id = $2
LEFT JOIN profiles p
    ON p.account_id = $1 AND p.sandbox = q.sandbox AND p.integration_id = g.profile_integration_id
WHERE g.account_id = $1 AND g.pool_id = $2
    AND ($3::timestamptz IS NULL OR g.created <= $3) AND ($4::timestamptz IS NULL OR g.created >= $4)
ORDER BY g.id;
