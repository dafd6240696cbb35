-- create_profiles -- Empty profiles with the ids $3 where there are none; what each of them is about comes later.
INSERT INTO profiles (account_id, sandbox, integration_id, created)
SELECT $1, $2, name, $4 FROM unnest($3::text[]) AS name
ORDER BY name
ON CONFLICT DO NOTHING;

-- find_profiles -- The profiles with the ids $3.
SELECT sandbox, id AS profile_id, integration_id AS profile_integration_id, created AS profile_created,
       attributes AS profile_attributes, closed_sessions, total_sales, last_activity
FROM profiles
WHERE account_id = $1 AND sandbox = $2 AND integration_id = ANY ($3::text[]);
