-- create_ruleset -- A new version of a campaign's rules; gives its row.
INSERT INTO rulesets (
    account_id, application_id, campaign_id, created, user_id, rules, strikethrough_rules, bindings, rb_version, structured,
    activated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING *;

-- find_ruleset -- One version of a campaign's rules.
SELECT * FROM rulesets WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND id = $4;

-- list_rulesets -- A page of the versions of a campaign's rules, sorted by $4.
SELECT r.*, count(*) OVER () AS total
FROM rulesets r
WHERE r.account_id = $1 AND r.application_id = $2 AND r.campaign_id = $3
ORDER BY
    CASE $4::text WHEN 'created' THEN r.created WHEN 'activatedAt' THEN r.activated_at END,
    CASE $4 WHEN '-created' THEN r.created WHEN '-activatedAt' THEN r.activated_at END DESC NULLS LAST,
    CASE WHEN $4 LIKE '-%' THEN r.id END DESC,
    r.id
LIMIT $5 OFFSET $6;

-- update_ruleset -- Other rules in place of these; gives the row.
UPDATE rulesets
SET rules = $5, strikethrough_rules = $6, bindings = $7, rb_version = $8, structured = $9,
    activated_at = coalesce($10, activated_at)
WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND id = $4
RETURNING *;

-- stamp_ruleset -- A ruleset came into force at $5.
UPDATE rulesets SET activated_at = $5 WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND id = $4;

-- delete_ruleset -- A version of a campaign's rules goes.
DELETE FROM rulesets WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND id = $4;
