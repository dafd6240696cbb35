-- api_key_by_hash -- The key of an Application with this hash.
SELECT account_id, application_id, id, created_by, expires, time_offset FROM api_keys WHERE key_hash = $1;

-- management_key_by_hash -- The management key with this hash.
SELECT account_id, id, created_by, expiry_date, endpoints, allowed_application_ids, disabled, last_used
FROM management_keys WHERE key_hash = $1;

-- touch_management_key -- When a management key was used last.
UPDATE management_keys SET last_used = $3 WHERE account_id = $1 AND id = $2;

-- token_by_hash -- The token with this hash and its user.
SELECT t.account_id, t.id, t.user_id, t.expires, u.is_admin
FROM user_tokens t
JOIN users u ON u.account_id = t.account_id AND u.id = t.user_id
WHERE t.token_hash = $1;
