-- create_authentication -- A new authentication; gives its id.
INSERT INTO webhook_authentications (account_id, created, modified, created_by, modified_by, name, type, username, headers)
VALUES ($1, $2, $2, $3, $3, $4, $5, $6, $7)
RETURNING id;

-- find_authentication -- The authentication with this id, with the webhooks that use it.
SELECT a.*,
    array(SELECT w.id FROM webhooks w WHERE w.account_id = a.account_id AND w.authentication_id = a.id ORDER BY w.id)
        AS webhook_ids,
    array(SELECT w.title FROM webhooks w WHERE w.account_id = a.account_id AND w.authentication_id = a.id ORDER BY w.id)
        AS webhook_titles
FROM webhook_authentications a
WHERE a.account_id = $1 AND a.id = $2;

-- list_authentications -- All authentications of an account, with the webhooks that use them.
SELECT a.*,
    array(SELECT w.id FROM webhooks w WHERE w.account_id = a.account_id AND w.authentication_id = a.id ORDER BY w.id)
        AS webhook_ids,
    array(SELECT w.title FROM webhooks w WHERE w.account_id = a.account_id AND w.authentication_id = a.id ORDER BY w.id)
        AS webhook_titles
FROM webhook_authentications a
WHERE a.account_id = $1
ORDER BY a.id;

-- update_authentication -- Everything about an authentication anew.
UPDATE webhook_authentications
SET modified = $3, modified_by = $4, name = $5, type = $6, username = $7, headers = $8
WHERE account_id = $1 AND id = $2;

-- delete_authentication -- An authentication is no longer there.
DELETE FROM webhook_authentications WHERE account_id = $1 AND id = $2;
