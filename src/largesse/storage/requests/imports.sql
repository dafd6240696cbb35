-- begin_import -- A file that is being imported: its number, for what comes out of it.
INSERT INTO imports (account_id, user_id, entity, amount, created) VALUES ($1, $2, $3, 0, $4) RETURNING id;

-- finish_import -- How much came out of an imported file.
UPDATE imports SET amount = $3 WHERE account_id = $1 AND id = $2;
