-- create_attribute -- A new custom attribute; gives its row.
INSERT INTO attributes (
    account_id, created, entity, event_type, name, title, type, description, suggestions, has_allowed_list,
    restricted_by_suggestions, editable, subscribed_applications_ids, subscribed_catalogs_ids, allowed_subscriptions
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
RETURNING *;

-- find_attribute -- The attribute with this id.
SELECT * FROM attributes WHERE account_id = $1 AND id = $2;

-- list_attributes -- A page of the attributes that pass every filter that is not null, sorted by $6.
SELECT a.*, count(*) OVER () AS total
FROM attributes a
WHERE a.account_id = $1
    AND ($2::text IS NULL OR a.entity = $2)
    AND ($3::bigint[] IS NULL OR cardinality(a.subscribed_applications_ids) = 0 OR a.subscribed_applications_ids && $3)
    AND ($4::text IS NULL OR a.type = $4)
    AND ($5::text IS NULL
        OR strpos(lower(a.name), lower($5)) > 0
        OR strpos(lower(a.description), lower($5)) > 0
        OR strpos(lower(a.type), lower($5)) > 0)
ORDER BY
    CASE $6::text WHEN 'name' THEN a.name WHEN 'title' THEN a.title WHEN 'entity' THEN a.entity WHEN 'type' THEN a.type END,
    CASE $6 WHEN '-name' THEN a.name WHEN '-title' THEN a.title WHEN '-entity' THEN a.entity WHEN '-type' THEN a.type END
        DESC,
    CASE $6 WHEN 'created' THEN a.created END,
    CASE $6 WHEN '-created' THEN a.created END DESC,
    CASE $6 WHEN '-id' THEN a.id END DESC,
    a.id
LIMIT $7 OFFSET $8;

-- describe_attribute -- A new description for an attribute; gives its row.
UPDATE attributes SET description = $3 WHERE account_id = $1 AND id = $2 RETURNING *;

-- delete_attribute -- An attribute is no longer defined.
DELETE FROM attributes WHERE account_id = $1 AND id = $2;

-- attribute_definitions -- All attributes of an account as evaluation needs them, or those of one entity.
SELECT id, entity, event_type, name, type, restricted_by_suggestions, has_allowed_list, suggestions,
       subscribed_applications_ids, subscribed_catalogs_ids, allowed_subscriptions
FROM attributes
WHERE account_id = $1 AND ($2::text IS NULL OR entity = $2)
ORDER BY id;

-- known_values -- Which of these values stand in the allowed lists of these attributes.
SELECT v.attribute_id, v.item
FROM unnest($2::bigint[], $3::text[]) AS asked (attribute_id, item)
JOIN allowed_values v ON v.account_id = $1 AND v.attribute_id = asked.attribute_id AND v.item = asked.item;

-- all_values -- The allowed lists of these attributes, whole.
SELECT attribute_id, item FROM allowed_values WHERE account_id = $1 AND attribute_id = ANY ($2::bigint[]);

-- clear_values -- The allowed list of an attribute goes.
DELETE FROM allowed_values WHERE account_id = $1 AND attribute_id = $2;

-- add_values -- More values for an allowed list, those that stand in it passed over.
INSERT INTO allowed_values (account_id, attribute_id, item)
SELECT $1, $2, item FROM unnest($3::text[]) AS sent (item)
ON CONFLICT DO NOTHING;

-- note_list -- From now on an attribute has an allowed list.
UPDATE attributes SET has_allowed_list = true WHERE account_id = $1 AND id = $2 AND NOT has_allowed_list;
