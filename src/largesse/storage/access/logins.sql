-- create_token -- A token for a user, known by its hash from now on.
INSERT INTO user_tokens (account_id, user_id, token_hash, created, expires) VALUES ($1, $2, $3, $4, $5);

-- delete_token -- A token stops working.
DELETE FROM user_tokens WHERE account_id = $1 AND id = $2;

-- delete_expired_tokens -- What no longer works of a user's tokens goes.
DELETE FROM user_tokens WHERE account_id = $1 AND user_id = $2 AND expires <= $3;
