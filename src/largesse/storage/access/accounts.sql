-- create_account -- A new account; gives its id.
INSERT INTO accounts (company_name, created, modified) VALUES ($1, $2, $2) RETURNING id AS account_id;

-- find_account -- The account with this id, and how much it has.
SELECT a.*, coalesce((SELECT s.attributes FROM account_settings s WHERE s.account_id = a.id), '{}') AS attributes,
       (SELECT u.email FROM users u WHERE u.account_id = a.id ORDER BY u.is_admin DESC, u.id LIMIT 1) AS billing_email,
       (SELECT count(*) FROM users u WHERE u.account_id = a.id) AS user_count,
       (SELECT count(*) FROM applications s WHERE s.account_id = a.id) AS application_count,
       (SELECT count(*) FROM campaigns c WHERE c.account_id = a.id AND c.state = 'enabled') AS campaigns_active_count,
       (SELECT count(*) FROM campaigns c WHERE c.account_id = a.id AND c.state <> 'enabled') AS campaigns_inactive_count
FROM accounts a
WHERE a.id = $1;

-- change_account -- Another name and other attributes; what is null stays as it is.
WITH named AS (
    UPDATE accounts SET company_name = coalesce($2, company_name), modified = $4 WHERE id = $1
)
INSERT INTO account_settings (account_id, attributes) VALUES ($1, coalesce($3::jsonb, '{}'))
ON CONFLICT (account_id) DO UPDATE SET attributes = coalesce($3::jsonb, account_settings.attributes);

-- account_attributes -- What rules may read of the account.
SELECT attributes FROM account_settings WHERE account_id = $1;

-- hides_code_reasons -- Whether shops are told of unusable codes only that they are not found.
SELECT coalesce((SELECT hide_code_reasons FROM account_settings WHERE account_id = $1), false);

-- hide_code_reasons -- What shops are told of unusable codes from now on.
INSERT INTO account_settings (account_id, hide_code_reasons) VALUES ($1, $2)
ON CONFLICT (account_id) DO UPDATE SET hide_code_reasons = excluded.hide_code_reasons;
