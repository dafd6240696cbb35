-- find_session -- A session as stored, without anything around it and without waiting for anybody.
SELECT id AS session_id, document, effects, consumed
FROM sessions
WHERE account_id = $1 AND application_id = $2 AND integration_id = $3;

-- session_integration_id -- What the shop calls the session with this id of ours.
SELECT integration_id
FROM sessions
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- append_return -- One more return of a session; its id.
INSERT INTO returns (account_id, application_id, session_id, session_integration_id, profile_integration_id, event_id,
                     items, created)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
RETURNING id;

-- returns_of_session -- The returns of a session, oldest first, with the id of the profile they were made for.
SELECT r.id, r.created, r.session_id, r.session_integration_id, r.profile_integration_id, r.event_id, r.items,
       p.id AS profile_id
FROM returns r
LEFT JOIN profiles p
    ON p.account_id = $1 AND p.sandbox = $3 AND p.integration_id = r.profile_integration_id
WHERE r.account_id = $1 AND r.application_id = $2 AND r.session_id = $4
ORDER BY r.id;

-- make_event_partitions -- The partitions of events for the month of $1 and the next ones, $2 in all.
SELECT ensure_event_partitions($1, $2);
