-- create_notification -- A new notification; gives its row.
INSERT INTO notifications (account_id, application_id, created, modified, type, name, batching_enabled, batch_size,
    enabled, url, headers, webhook_enabled)
VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING *;

-- find_notification -- The notification with this id.
SELECT * FROM notifications WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- list_notifications -- All notifications of an application.
SELECT * FROM notifications WHERE account_id = $1 AND application_id = $2 ORDER BY id;

-- update_notification -- Everything about a notification but its type anew; gives its row.
UPDATE notifications
SET modified = $4, name = $5, batching_enabled = $6, batch_size = $7, enabled = $8, url = $9, headers = $10,
    webhook_enabled = $11
WHERE account_id = $1 AND application_id = $2 AND id = $3
RETURNING *;

-- delete_notification -- Nobody is told any more.
DELETE FROM notifications WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- is_told -- Whether anybody is to be told of changes of a kind.
SELECT EXISTS (
    SELECT FROM notifications
    WHERE account_id = $1 AND application_id = $2 AND type = $3 AND enabled AND webhook_enabled
);

-- told_notifications -- Who is to be told of changes of a kind.
SELECT id, name, url, headers
FROM notifications
WHERE account_id = $1 AND application_id = $2 AND type = $3 AND enabled AND webhook_enabled
ORDER BY id;

-- put_notification_into_outbox -- A message for one notification, due at once.
INSERT INTO outbox (account_id, application_id, id, created, due, kind, source_id, source_name, change_type, verb, url,
    headers, body)
VALUES ($1, $2, $3, $4, $4, 'notification', $5, $6, $7, 'POST', $8, $9, $10);
