-- create_collection -- A new, empty collection; gives its row.
INSERT INTO collections (
    account_id, owner_application_id, owner_campaign_id, name, description, subscribed_applications_ids, created, created_by,
    modified
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)
RETURNING *;

-- find_collection -- The collection with this id, of whomever in the account.
SELECT * FROM collections WHERE account_id = $1 AND id = $2;

-- list_collections -- A page of collections: the account's own ($2 null), those of an application's campaigns, or of one.
SELECT c.*, count(*) OVER () AS total
FROM collections c
WHERE c.account_id = $1 AND c.owner_application_id IS NOT DISTINCT FROM $2 AND ($3::bigint IS NULL OR c.owner_campaign_id = $3)
  AND ($4::text IS NULL OR c.name = $4)
ORDER BY
    CASE $5::text WHEN 'name' THEN c.name END,
    CASE $5 WHEN '-name' THEN c.name END DESC,
    CASE $5 WHEN 'created' THEN c.created WHEN 'modified' THEN c.modified END,
    CASE $5 WHEN '-created' THEN c.created WHEN '-modified' THEN c.modified END DESC,
    CASE $5 WHEN '-id' THEN c.id END DESC,
    c.id
LIMIT $6 OFFSET $7;

-- update_collection -- Another description, other applications; gives the row.
UPDATE collections
SET description = $3, subscribed_applications_ids = $4, modified = $5, modified_by = $6
WHERE account_id = $1 AND id = $2
RETURNING *;

-- delete_collection -- A collection goes with all that is in it.
DELETE FROM collections WHERE account_id = $1 AND id = $2;

-- hold_collection -- Whoever replaces what is in a collection waits for whoever is doing so.
SELECT id FROM collections WHERE account_id = $1 AND id = $2 FOR NO KEY UPDATE;

-- empty_collection -- All that is in a collection goes.
DELETE FROM collection_items WHERE account_id = $1 AND collection_id = $2;

-- add_collection_items -- More items, each of them once.
INSERT INTO collection_items (account_id, collection_id, item)
SELECT $1, $2, item FROM unnest($3::text[]) AS item
ON CONFLICT DO NOTHING;

-- stamp_collection -- What is in a collection was replaced.
UPDATE collections SET modified = $3, modified_by = $4 WHERE account_id = $1 AND id = $2;

-- collection_items -- A page of what is in a collection, in order.
SELECT item FROM collection_items WHERE account_id = $1 AND collection_id = $2 ORDER BY item LIMIT $3 OFFSET $4;

-- export_collection_items -- All that is in a collection, in order.
SELECT item FROM collection_items WHERE account_id = $1 AND collection_id = $2 ORDER BY item;

-- collection_definitions -- The collections that rules of an application may name.
SELECT id, name, owner_campaign_id
FROM collections
WHERE account_id = $1
  AND (owner_application_id = $2 OR (owner_application_id IS NULL AND $2 = ANY (subscribed_applications_ids)));

-- collection_memberships -- Which of these texts are in which of these collections.
SELECT collection_id, item
FROM collection_items
WHERE account_id = $1 AND collection_id = ANY ($2::bigint[]) AND item = ANY ($3::text[]);
