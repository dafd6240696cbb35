-- create_profiles -- Empty profiles with the ids $3 where there are none; what each of them is about comes later.
INSERT INTO profiles (account_id, sandbox, integration_id, created)
SELECT $1, $2, name, $4 FROM unnest($3::text[]) AS name
ORDER BY name
ON CONFLICT DO NOTHING;
