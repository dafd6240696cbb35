-- create_event_type -- A new type of events; gives its row.
INSERT INTO event_types (account_id, created, name, title, description)
VALUES ($1, $2, $3, $4, $5)
RETURNING *;

-- ensure_event_type -- A type of events named and titled $2, unless there is one of this name.
INSERT INTO event_types (account_id, created, name, title)
VALUES ($1, $3, $2, $2)
ON CONFLICT DO NOTHING;

-- list_event_types -- A page of all types of events, or of that named $2, sorted by $3.
SELECT e.*, count(*) OVER () AS total
FROM event_types e
WHERE e.account_id = $1 AND ($2::text IS NULL OR e.name = $2)
ORDER BY
    CASE $3::text WHEN 'name' THEN e.name WHEN 'title' THEN e.title END,
    CASE $3 WHEN '-name' THEN e.name WHEN '-title' THEN e.title END DESC,
    CASE $3 WHEN 'created' THEN e.created END,
    CASE $3 WHEN '-created' THEN e.created END DESC,
    CASE $3 WHEN '-id' THEN e.id END DESC,
    e.id
LIMIT $4 OFFSET $5;

-- event_type_names -- The names of all types of events that shops may send.
SELECT name FROM event_types WHERE account_id = $1;

-- recorded_types -- A page of the types of all events recorded, by name, downwards where $3 says so.
SELECT type, count(*) OVER () AS total
FROM (SELECT DISTINCT type FROM events WHERE account_id = $1 AND application_id = $2) AS recorded
ORDER BY CASE WHEN $3 THEN type END DESC, type
LIMIT $4 OFFSET $5;
