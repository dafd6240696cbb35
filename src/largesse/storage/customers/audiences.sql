-- create_audience -- A new audience; gives its row.
INSERT INTO audiences (account_id, created, name, description, sandbox, subscribed_applications_ids, integration,
                       integration_id, created_in_3rd_party, last_update)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING *;

-- find_audience -- The audience with this id.
SELECT * FROM audiences WHERE account_id = $1 AND id = $2;

-- rename_audience -- Another name and, unless it is null, other subscriptions for an audience; gives its row.
UPDATE audiences
SET name = $3, subscribed_applications_ids = coalesce($4, subscribed_applications_ids)
WHERE account_id = $1 AND id = $2
RETURNING *;

-- delete_audience -- An audience is no more.
DELETE FROM audiences WHERE account_id = $1 AND id = $2;

-- list_audiences -- Some of all audiences, sorted by $2.
SELECT * FROM audiences
WHERE account_id = $1
ORDER BY
    CASE $2::text WHEN 'name' THEN name END,
    CASE $2 WHEN '-name' THEN name END DESC,
    CASE $2 WHEN 'created' THEN created END,
    CASE $2 WHEN '-created' THEN created END DESC,
    CASE $2 WHEN '-id' THEN id END DESC,
    id
LIMIT $3 OFFSET $4;

-- count_audiences -- How many audiences there are.
SELECT count(*) AS total FROM audiences WHERE account_id = $1;

-- audiences_known -- Those of the ids $3 that are audiences of this world.
SELECT id FROM audiences WHERE account_id = $1 AND sandbox = $2 AND id = ANY ($3::bigint[]);

-- audience_definitions -- The audiences that application $2 may use, as evaluation needs them.
SELECT a.id, a.name, a.integration, a.integration_id
FROM audiences a
JOIN applications o ON o.account_id = $1 AND o.id = $2 AND o.sandbox = a.sandbox
WHERE a.account_id = $1
    AND (cardinality(a.subscribed_applications_ids) = 0 OR $2 = ANY (a.subscribed_applications_ids))
ORDER BY a.id;

-- audiences_of -- The audiences that the profiles $3 are in.
SELECT m.profile_integration_id, a.id, a.name
FROM audience_members m
JOIN audiences a ON a.account_id = $1 AND a.id = m.audience_id
WHERE m.account_id = $1 AND m.sandbox = $2 AND m.profile_integration_id = ANY ($3::text[])
ORDER BY m.profile_integration_id, a.id;

-- members_counted -- How many profiles are in each of the audiences $2.
SELECT a.id, count(m.audience_id) AS members
FROM audiences a
LEFT JOIN audience_members m ON m.account_id = $1 AND m.audience_id = a.id
WHERE a.account_id = $1 AND a.id = ANY ($2::bigint[])
GROUP BY a.id;

-- list_members -- Some of the members of audience $2, whose ids contain $4 unless it is null, sorted by $5.
SELECT p.sandbox, p.id AS profile_id, p.integration_id AS profile_integration_id, p.created AS profile_created,
       p.attributes AS profile_attributes, p.closed_sessions, p.total_sales, p.last_activity
FROM audience_members m
JOIN profiles p ON p.account_id = $1 AND p.sandbox = $3 AND p.integration_id = m.profile_integration_id
WHERE m.account_id = $1 AND m.audience_id = $2 AND m.sandbox = $3
    AND ($4::text IS NULL OR strpos(lower(p.integration_id), lower($4)) > 0)
ORDER BY
    CASE $5::text WHEN 'integrationId' THEN p.integration_id END,
    CASE $5 WHEN '-integrationId' THEN p.integration_id END DESC,
    CASE $5 WHEN 'created' THEN p.created END,
    CASE $5 WHEN '-created' THEN p.created END DESC,
    CASE $5 WHEN '-id' THEN p.id END DESC,
    p.id
LIMIT $6 OFFSET $7;

-- delete_memberships -- Everybody leaves audience $2.
DELETE FROM audience_members WHERE account_id = $1 AND audience_id = $2;

-- set_member_attributes -- The attributes $4, where null clears one, for the profiles of all members of audience $2.
WITH members AS (
    SELECT p.integration_id
    FROM audience_members m
    JOIN profiles p ON p.account_id = $1 AND p.sandbox = $3 AND p.integration_id = m.profile_integration_id
    WHERE m.account_id = $1 AND m.audience_id = $2 AND m.sandbox = $3
    ORDER BY p.integration_id
    FOR NO KEY UPDATE OF p
)
UPDATE profiles p SET attributes = jsonb_strip_nulls(p.attributes || $4), version = p.version + 1
FROM members
WHERE p.account_id = $1 AND p.sandbox = $3 AND p.integration_id = members.integration_id;

-- join_audiences -- Each of the profiles $3 joins the audience beside it in $4, if that exists in this world; those moved.
INSERT INTO audience_members (account_id, sandbox, profile_integration_id, audience_id, joined)
SELECT $1, $2, wanted.profile_id, a.id, $5
FROM unnest($3::text[], $4::bigint[]) AS wanted (profile_id, audience_id)
JOIN audiences a ON a.account_id = $1 AND a.id = wanted.audience_id AND a.sandbox = $2
ORDER BY wanted.profile_id, a.id
ON CONFLICT DO NOTHING
RETURNING audience_id;

-- leave_audiences -- Each of the profiles $3 leaves the audience beside it in $4; those moved.
DELETE FROM audience_members m
USING unnest($3::text[], $4::bigint[]) AS wanted (profile_id, audience_id)
WHERE m.account_id = $1 AND m.sandbox = $2 AND m.profile_integration_id = wanted.profile_id
    AND m.audience_id = wanted.audience_id
RETURNING m.audience_id;

-- note_updates -- The memberships of the audiences $2 have changed. Once a minute is enough, and keeps customers who join
-- one audience at once from waiting for each other.
UPDATE audiences SET last_update = $3::timestamptz
WHERE account_id = $1 AND id = ANY ($2::bigint[]) AND (last_update IS NULL OR last_update < $3::timestamptz - interval '1 minute');

-- export_members -- The ids of the members of audience $2, as lines of a file.
SELECT profile_integration_id AS profileintegrationid
FROM audience_members
WHERE account_id = $1 AND audience_id = $2
ORDER BY profile_integration_id;
