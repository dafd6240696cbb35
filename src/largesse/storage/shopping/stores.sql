-- create_store -- A new store; gives its row.
INSERT INTO stores (account_id, application_id, created, updated, integration_id, name, description, attributes)
VALUES ($1, $2, $3, $3, $4, $5, $6, $7)
RETURNING *, '{}'::bigint[] AS campaign_ids;

-- find_store -- The store with this id, and the campaigns linked to it.
SELECT s.*, ARRAY(
    SELECT l.campaign_id FROM campaign_stores l
    WHERE l.account_id = $1 AND l.application_id = $2 AND l.store_id = s.id
    ORDER BY l.campaign_id
) AS campaign_ids
FROM stores s
WHERE s.account_id = $1 AND s.application_id = $2 AND s.id = $3;

-- list_stores -- A page of the stores that pass every filter that is not null, sorted by $7.
SELECT s.*, count(*) OVER () AS total, ARRAY(
    SELECT l.campaign_id FROM campaign_stores l
    WHERE l.account_id = $1 AND l.application_id = $2 AND l.store_id = s.id
    ORDER BY l.campaign_id
) AS campaign_ids
FROM stores s
WHERE s.account_id = $1 AND s.application_id = $2
    AND ($3::bigint IS NULL OR EXISTS (
        SELECT FROM campaign_stores l
        WHERE l.account_id = $1 AND l.application_id = $2 AND l.store_id = s.id AND l.campaign_id = $3
    ))
    AND ($4::text IS NULL OR strpos(lower(s.name), lower($4)) > 0)
    AND ($5::text IS NULL OR s.integration_id = $5)
    AND ($6::text IS NULL OR strpos(lower(s.name), lower($6)) > 0 OR strpos(lower(s.integration_id), lower($6)) > 0)
ORDER BY
    CASE $7::text WHEN 'name' THEN s.name WHEN 'integrationId' THEN s.integration_id END,
    CASE $7 WHEN '-name' THEN s.name WHEN '-integrationId' THEN s.integration_id END DESC,
    CASE $7 WHEN 'created' THEN s.created WHEN 'updated' THEN s.updated END,
    CASE $7 WHEN '-created' THEN s.created WHEN '-updated' THEN s.updated END DESC,
    CASE $7 WHEN '-id' THEN s.id END DESC,
    s.id
LIMIT $8 OFFSET $9;

-- update_store -- Another name, description and attributes for a store; gives its id.
UPDATE stores SET updated = $4, name = $5, description = $6, attributes = $7
WHERE account_id = $1 AND application_id = $2 AND id = $3
RETURNING id;

-- delete_store -- A store goes, and its budgets with it; campaigns stay linked to it.
DELETE FROM stores WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- store_of_session -- The store with the integration id $3, the campaigns linked to it and what these may spend there.
SELECT s.id, s.integration_id, s.name, s.description, s.attributes, ARRAY(
    SELECT l.campaign_id FROM campaign_stores l
    WHERE l.account_id = $1 AND l.application_id = $2 AND l.store_id = s.id
) AS campaign_ids, (
    SELECT jsonb_agg(jsonb_build_object(
        'campaign_id', b.campaign_id, 'action', b.action, 'limit', b.upto, 'period', nullif(b.period, 'overall')))
    FROM store_budgets b
    WHERE b.account_id = $1 AND b.application_id = $2 AND b.store_id = s.id
) AS budgets
FROM stores s
WHERE s.account_id = $1 AND s.application_id = $2 AND s.integration_id = $3;

-- known_stores -- Which of these ids are stores.
SELECT id FROM stores WHERE account_id = $1 AND application_id = $2 AND id = ANY ($3::bigint[]);

-- stores_by_integration_id -- The stores with these integration ids.
SELECT id, integration_id FROM stores
WHERE account_id = $1 AND application_id = $2 AND integration_id = ANY ($3::text[]);

-- linked_stores -- The stores that a campaign is linked to, those that are gone left out.
SELECT s.id, s.integration_id
FROM campaign_stores l
JOIN stores s ON s.account_id = $1 AND s.application_id = $2 AND s.id = l.store_id
WHERE l.account_id = $1 AND l.application_id = $2 AND l.campaign_id = $3
ORDER BY s.id;

-- link_stores -- A campaign is for these stores from now on ($5: they came in a file); budgets of others go.
WITH unlinked AS (
    DELETE FROM campaign_stores
    WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND store_id <> ALL ($4::bigint[])
), linked AS (
    INSERT INTO campaign_stores (account_id, application_id, campaign_id, store_id)
    SELECT $1, $2, $3, store_id FROM unnest($4::bigint[]) AS sent (store_id)
    ON CONFLICT DO NOTHING
), unspent AS (
    DELETE FROM store_budgets
    WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND store_id <> ALL ($4::bigint[])
)
UPDATE campaigns SET stores_imported = $5 WHERE account_id = $1 AND application_id = $2 AND id = $3;
