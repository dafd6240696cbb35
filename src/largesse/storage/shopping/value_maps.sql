-- create_value_map -- A campaign's value map, empty; gives its row.
INSERT INTO value_maps (account_id, application_id, campaign_id, created, created_by)
VALUES ($1, $2, $3, $4, $5)
RETURNING *;

-- campaign_value_map -- The value map of a campaign.
SELECT * FROM value_maps WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3;

-- delete_value_map -- A value map goes with all its values.
DELETE FROM value_maps WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3;

-- hold_value_map -- Whoever replaces the values of a map waits for whoever is doing so.
SELECT id FROM value_maps WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 FOR NO KEY UPDATE;

-- empty_value_map -- All values of a map go.
DELETE FROM value_map_items WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3;

-- add_value_map_items -- More values; gives the identifiers that were new.
INSERT INTO value_map_items (account_id, application_id, campaign_id, identifier, value)
SELECT $1, $2, $3, identifier, value FROM unnest($4::text[], $5::numeric[]) AS sent (identifier, value)
ON CONFLICT DO NOTHING
RETURNING identifier;

-- export_value_map -- All values of a map, in the order of their identifiers.
SELECT identifier, value FROM value_map_items
WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3
ORDER BY identifier;

-- value_map_definitions -- Which campaigns of an application have a value map.
SELECT campaign_id, id FROM value_maps WHERE account_id = $1 AND application_id = $2;

-- mapped_values -- The values that the maps of these campaigns have for these SKUs.
SELECT campaign_id, identifier, value
FROM value_map_items
WHERE account_id = $1 AND application_id = $2 AND campaign_id = ANY ($3::bigint[]) AND identifier = ANY ($4::text[]);
