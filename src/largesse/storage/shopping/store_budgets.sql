-- store_budgets -- The store budgets of a campaign, for an action ($4) and a period ($5) where these are not null.
SELECT b.store_id, s.integration_id, s.name, b.action, b.period, b.upto
FROM store_budgets b
JOIN stores s ON s.account_id = $1 AND s.application_id = $2 AND s.id = b.store_id
WHERE b.account_id = $1 AND b.application_id = $2 AND b.campaign_id = $3
    AND ($4::text IS NULL OR b.action = $4) AND ($5::text IS NULL OR b.period = $5)
ORDER BY b.action, array_position(ARRAY['overall', 'daily', 'weekly', 'monthly', 'yearly'], b.period), b.store_id;

-- add_store_budgets -- Store budgets of a campaign for one action and period; $8 if they came in a file.
INSERT INTO store_budgets (account_id, application_id, campaign_id, action, period, store_id, upto, imported)
SELECT $1, $2, $3, $4, $5, sent.store_id, sent.upto, $8
FROM unnest($6::bigint[], $7::numeric[]) AS sent (store_id, upto);

-- delete_store_budgets -- The store budgets of a campaign go, for an action ($4) and a period ($5) if not null.
DELETE FROM store_budgets
WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3
    AND ($4::text IS NULL OR action = $4) AND ($5::text IS NULL OR period = $5);

-- summarize_store_budgets -- For how many stores a campaign has budgets, by action and period.
SELECT action, period, count(*) AS store_count, bool_or(imported) AS imported
FROM store_budgets
WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3
GROUP BY action, period
ORDER BY action, array_position(ARRAY['overall', 'daily', 'weekly', 'monthly', 'yearly'], period);
