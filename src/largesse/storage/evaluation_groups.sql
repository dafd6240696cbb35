-- evaluation_groups -- All groups of an application.
SELECT id, parent_id, name, description, evaluation_mode, evaluation_scope, locked, position
FROM evaluation_groups
WHERE account_id = $1 AND application_id = $2
ORDER BY id;

-- evaluation_tree -- The arrangement of an application's groups and campaigns, as a whole.
SELECT id, version, updated_by FROM evaluation_trees WHERE account_id = $1 AND application_id = $2;

-- count_version -- The arrangement is about to change ($3 is who changes it); waits for whoever is changing it.
UPDATE evaluation_trees SET version = version + 1, updated_by = $3 WHERE account_id = $1 AND application_id = $2;

-- campaign_places -- Which group each campaign of an application is in (null: the base group), and where in it.
SELECT id, evaluation_group_id, position FROM campaigns WHERE account_id = $1 AND application_id = $2 ORDER BY id;

-- create_group -- A new group; gives its id.
INSERT INTO evaluation_groups (
    account_id, application_id, parent_id, name, description, evaluation_mode, evaluation_scope, locked, position
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
RETURNING id;

-- update_group -- Other settings and another place for a group.
UPDATE evaluation_groups
SET parent_id = $4, name = $5, description = $6, evaluation_mode = $7, evaluation_scope = $8, locked = $9, position = $10
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- delete_group -- A group goes; there must be nothing in it.
DELETE FROM evaluation_groups WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- place_campaigns -- Campaigns ($3) go to groups ($4) and places in them ($5), those that are not there already.
UPDATE campaigns c
SET evaluation_group_id = wanted.group_id, position = wanted.position
FROM unnest($3::bigint[], $4::bigint[], $5::integer[]) AS wanted (id, group_id, position)
WHERE c.account_id = $1 AND c.application_id = $2 AND c.id = wanted.id
  AND (c.evaluation_group_id, c.position) IS DISTINCT FROM (wanted.group_id, wanted.position);
