-- create_user -- A new user; gives the id.
INSERT INTO users (account_id, email, name, password_hash, is_admin, created) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- find_user -- The user with this id.
SELECT account_id, id, email, name, password_hash, is_admin FROM users WHERE account_id = $1 AND id = $2;

-- find_user_by_email -- The user with this address, in whatever account.
SELECT account_id, id, email, name, password_hash, is_admin FROM users WHERE lower(email) = lower($1);
