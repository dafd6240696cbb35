-- insert_program -- A new loyalty program; gives its id.
INSERT INTO loyalty_programs (
    account_id, created, name, title, description, timezone, sandbox, card_based, allow_subledger, users_per_card_limit,
    card_code_settings, subscribed_applications, default_validity, default_pending, program_join_policy,
    tiers_expiration_policy, tier_cycle_start_date, tiers_expire_in, tiers_downgrade_policy, return_policy
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
RETURNING id;

-- update_program -- All settings of a program but its name.
UPDATE loyalty_programs
SET title = $3, description = $4, timezone = $5, sandbox = $6, card_based = $7, allow_subledger = $8,
    users_per_card_limit = $9, card_code_settings = $10, subscribed_applications = $11, default_validity = $12,
    default_pending = $13, program_join_policy = $14, tiers_expiration_policy = $15, tier_cycle_start_date = $16,
    tiers_expire_in = $17, tiers_downgrade_policy = $18, return_policy = $19
WHERE account_id = $1 AND id = $2;

-- save_tier -- A tier of a program as it is from now on; the id 0 is that of a new one.
INSERT INTO loyalty_tiers (account_id, program_id, id, created, name, min_points)
VALUES ($1, $2, coalesce(nullif($3, 0), nextval(pg_get_serial_sequence('loyalty_tiers', 'id'))), $4, $5, $6)
ON CONFLICT (account_id, program_id, id) DO UPDATE SET name = EXCLUDED.name, min_points = EXCLUDED.min_points;

-- delete_tiers -- Those tiers of a program that are not among $3.
DELETE FROM loyalty_tiers WHERE account_id = $1 AND program_id = $2 AND id <> ALL ($3::bigint[]);

-- find_program -- One program.
SELECT p.*,
       EXISTS (SELECT FROM loyalty_transactions t WHERE t.account_id = $1 AND t.program_id = p.id) AS is_used
FROM loyalty_programs p
WHERE p.account_id = $1 AND p.id = $2;

-- list_programs -- All programs of an account.
SELECT p.*, EXISTS (SELECT FROM loyalty_transactions t WHERE t.account_id = $1 AND t.program_id = p.id) AS is_used
FROM loyalty_programs p
WHERE p.account_id = $1
ORDER BY p.id;

-- list_tiers -- The tiers of all programs of an account, those that take fewer points first.
SELECT program_id, id, created, name, min_points FROM loyalty_tiers WHERE account_id = $1 ORDER BY program_id, min_points;

-- delete_program -- A program and all its ledgers.
DELETE FROM loyalty_programs WHERE account_id = $1 AND id = $2;

-- program_definitions -- The programs that an Application may use.
SELECT id, name, title, timezone, sandbox, card_based, allow_subledger, subscribed_applications, default_validity,
       default_pending, program_join_policy, tiers_expiration_policy, tier_cycle_start_date, tiers_expire_in,
       tiers_downgrade_policy, return_policy
FROM loyalty_programs
WHERE account_id = $1 AND $2 = ANY (subscribed_applications)
ORDER BY id;
