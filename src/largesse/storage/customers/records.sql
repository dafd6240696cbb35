-- matching_customers -- Profiles of environment $2 that pass every filter that is not null, and who referred them in Application $3.
SELECT p.sandbox, p.id AS profile_id, p.integration_id AS profile_integration_id, p.created AS profile_created,
       p.attributes AS profile_attributes, p.closed_sessions, p.total_sales, p.last_activity,
       f.advocate_integration_id
FROM profiles p
LEFT JOIN friends f
    ON f.account_id = $1 AND f.application_id = $3::bigint AND f.friend_integration_id = p.integration_id
WHERE p.account_id = $1 AND p.sandbox = $2 AND p.id > 0
    AND ($4::bigint[] IS NULL OR p.id = ANY ($4))
    AND ($5::text[] IS NULL OR p.integration_id = ANY ($5))
    AND ($6::jsonb IS NULL OR NOT EXISTS (
        SELECT FROM jsonb_each($6) AS wanted (name, value)
        WHERE coalesce(p.attributes -> wanted.name, 'null') <> wanted.value
    ))

-- customer_by_id -- One profile of the account, of either environment.
SELECT sandbox, id AS profile_id, integration_id AS profile_integration_id, created AS profile_created,
       attributes AS profile_attributes, closed_sessions, total_sales, last_activity
FROM profiles
WHERE account_id = $1 AND id = $2;

-- list_friends -- A page of those whom advocate $3 has referred, sorted by $4.
SELECT session_integration_id, advocate_integration_id, friend_integration_id, code, created, count(*) OVER () AS total
FROM friends
WHERE account_id = $1 AND application_id = $2 AND advocate_integration_id = $3
ORDER BY
    CASE $4::text WHEN 'friendIntegrationId' THEN friend_integration_id END,
    CASE $4 WHEN '-friendIntegrationId' THEN friend_integration_id END DESC,
    CASE $4 WHEN '-created' THEN created END DESC,
    created, friend_integration_id
LIMIT $5 OFFSET $6;
