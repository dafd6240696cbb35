-- find_session -- A session as stored, without anything around it and without waiting for anybody.
SELECT id AS session_id, document, effects, consumed
FROM sessions
WHERE account_id = $1 AND application_id = $2 AND integration_id = $3;
