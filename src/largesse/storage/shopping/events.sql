-- append_event -- A new event that is not about a session; gives its id.
INSERT INTO events (account_id, application_id, created, type, profile_integration_id, store_integration_id, attributes,
                    effects, integration_id, connected_session_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING id;

-- name_event -- Event $4 is the one to which the shop has given the id $3.
INSERT INTO event_names (account_id, application_id, integration_id, event_id, created) VALUES ($1, $2, $3, $4, $5);

-- find_event -- The event to which the shop has given the id $3.
SELECT e.id, e.created, e.type, e.profile_integration_id, e.store_integration_id, e.attributes, e.integration_id,
       e.connected_session_id
FROM event_names n
JOIN events e ON e.account_id = $1 AND e.application_id = $2 AND e.id = n.event_id AND e.created = n.created
WHERE n.account_id = $1 AND n.application_id = $2 AND n.integration_id = $3;
